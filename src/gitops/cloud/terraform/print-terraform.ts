import { armApiVersion } from "../../../catalog/arm-api-versions.ts";
import { azurermOutputs } from "../../../catalog/azurerm-attributes.ts";
import { cloudType } from "../../../catalog/cloud-fields.ts";
import type { RepositoryFile } from "../../repository/repository-file.ts";
import { deploymentPlan, type SubscriptionPlan } from "../graph/deployment-plan.ts";
import type { CloudResource, ResourceGraph, ResourceKey, ResourceReference } from "../graph/resource-graph.ts";
import {
  ancestry,
  bodyOf,
  byKey,
  groupOf,
  isChildType,
  referencesIn,
  resourceGroupType,
} from "../graph/resource-value.ts";
import { folderOf, subscriptionParameter } from "../graph/subscriptions.ts";
import { symbolNames } from "../graph/symbols.ts";
import type { Association, UnsaidField } from "./encode-fields.ts";
import { type EncodingContext, encodeAzapi, encodeOwn, ownerOf } from "./encode-resource.ts";
import { HclBody } from "./hcl-body.ts";
import { blockLines, type HclNames, hclText, snake } from "./print-hcl.ts";
import { type ResourceForm, resourceForms } from "./resource-form.ts";

/** Files of Terraform, with what they do not say. */
export interface PrintedTerraform {
  readonly files: readonly RepositoryFile[];
  readonly unsaid: readonly (UnsaidField & { readonly resource: CloudResource })[];
}

const versions = `terraform {
  required_version = ">= 1.9"

  required_providers {
    azapi = {
      source  = "Azure/azapi"
      version = "~> 2.4"
    }
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.73"
    }
  }

  # Where the state is kept is said by -backend-config.
  backend "azurerm" {}
}
`;

/** A root module for each subscription, with a file for each part. */
export function printTerraform(graph: ResourceGraph): PrintedTerraform {
  const known = byKey(graph.resources);
  const forms = resourceForms(graph);
  const unsaid: (UnsaidField & { readonly resource: CloudResource })[] = [];
  const labels = symbolNames(graph.resources, known, { word: label, reserved: new Set() });
  const base = {
    known,
    forms,
    children: Map.groupBy(
      graph.resources.filter(({ parent }) => parent !== undefined),
      ({ parent }) => parent ?? "",
    ),
    readOutputs: outputsRead(graph),
    ties: (key: ResourceKey) => associationAddresses(known.get(key), labels.get(key)),
  };
  const files = deploymentPlan(graph).flatMap((plan) => {
    const root = new RootModule(plan, { ...base, address: (key) => addressOf(key, forms, labels) }, labels);
    const written = root.files();
    unsaid.push(...root.unsaid);
    return written;
  });
  return { files, unsaid };
}

/** Addresses of the associations of a subnet with its way out. */
function associationAddresses(resource: CloudResource | undefined, symbol: string | undefined): readonly string[] {
  const rows = resource === undefined ? [] : (cloudType(resource.type)?.fields ?? []);
  return rows.flatMap(([path, , conversion]) => {
    const [kind, type = ""] = conversion?.split(":") ?? [];
    const field = path.split(".")[1] ?? "";
    return kind === "association" && resource?.properties[field] !== undefined ? [`${type}.${symbol ?? ""}`] : [];
  });
}

function outputsRead({ resources }: ResourceGraph): ReadonlyMap<ResourceKey, readonly string[]> {
  const found = new Map<ResourceKey, Set<string>>();
  for (const { $ref, output } of resources.flatMap((resource) => referencesIn(bodyOf(resource)))) {
    if (output !== undefined && output !== "name") found.set($ref, (found.get($ref) ?? new Set()).add(output));
  }
  return new Map([...found].map(([key, outputs]) => [key, [...outputs].toSorted()]));
}

function addressOf(
  key: ResourceKey,
  forms: ReadonlyMap<ResourceKey, ResourceForm>,
  labels: ReadonlyMap<ResourceKey, string>,
): string | undefined {
  const form = forms.get(key);
  if (form?.kind === "own") return `${form.type}.${labels.get(key) ?? ""}`;
  return form?.kind === "azapi" ? `azapi_resource.${labels.get(key) ?? ""}` : undefined;
}

/** Everything that one subscription deploys. */
class RootModule {
  readonly unsaid: (UnsaidField & { readonly resource: CloudResource })[] = [];
  readonly #plan: SubscriptionPlan;
  readonly #context: EncodingContext;
  readonly #labels: ReadonlyMap<ResourceKey, string>;
  readonly #names: HclNames;
  readonly #foreign = new Set<string>();
  /** What other root modules write, with the outputs that are read of it. */
  readonly #read = new Map<ResourceKey, Set<string>>();

  constructor(plan: SubscriptionPlan, context: EncodingContext, labels: ReadonlyMap<ResourceKey, string>) {
    this.#plan = plan;
    this.#context = context;
    this.#labels = labels;
    this.#names = { reference: (reference) => this.#reference(reference) };
  }

  files(): readonly RepositoryFile[] {
    const { subscription, groups, parts } = this.#plan;
    const folder = `infra/terraform/${folderOf(subscription)}`;
    const written = [
      { path: `${folder}/resource-groups.tf`, text: this.#text(groups), tells: "Estate" },
      ...parts.map(({ name, resources }) => ({
        path: `${folder}/${name}.tf`,
        text: this.#text(resources),
        tells: resources[0]?.tells ?? "Estate",
      })),
    ].filter(({ text }) => text !== "");
    const data = this.#dataSources();
    return [
      ...(data === "" ? [] : [{ path: `${folder}/data.tf`, text: data, tells: "Estate" }]),
      { path: `${folder}/versions.tf`, text: versions, tells: "Estate" },
      { path: `${folder}/providers.tf`, text: this.#providers(), tells: "Estate" },
      { path: `${folder}/variables.tf`, text: this.#variables(), tells: "Estate" },
      { path: `${folder}/outputs.tf`, text: this.#outputs(), tells: "Estate" },
      ...written,
    ];
  }

  #text(resources: readonly CloudResource[]): string {
    return resources
      .flatMap((resource) => this.#blocks(resource))
      .map((lines) => `${lines.join("\n")}\n`)
      .join("\n");
  }

  #blocks(resource: CloudResource): readonly (readonly string[])[] {
    const form = this.#context.forms.get(resource.key);
    const symbol = this.#labels.get(resource.key) ?? "";
    if (form?.kind === "azapi") {
      const body = encodeAzapi(resource, this.#context);
      return [blockLines(`resource "azapi_resource" "${symbol}"`, body, "", this.#names)];
    }
    if (form?.kind !== "own") return [];
    const { body, associations, unsaid } = encodeOwn(resource, form, this.#context);
    this.unsaid.push(...unsaid.map((field) => ({ ...field, resource })));
    return [
      blockLines(`resource "${form.type}" "${symbol}"`, body, "", this.#names),
      ...Map.groupBy(associations, (association) => association.resource)
        .values()
        .toArray()
        .flatMap((list) => list.map((association, index) => this.#association(association, resource, symbol, index))),
    ];
  }

  #association(
    { resource: type, self, argument, value }: Association,
    resource: CloudResource,
    symbol: string,
    index: number,
  ) {
    const body = new HclBody();
    body.attributes.set(self, { $ref: resource.key });
    body.attributes.set(argument, value);
    return blockLines(`resource "${type}" "${symbol}${index === 0 ? "" : `_${index + 1}`}"`, body, "", this.#names);
  }

  #reference({ $ref, output }: ResourceReference): string {
    const { known, forms, address } = this.#context;
    const target = known.get($ref);
    if (target === undefined) return hclText($ref);
    if (target.subscription !== this.#plan.subscription) return this.#foreignId(target, output);
    const form = forms.get($ref);
    if (form?.kind === "azapi") return `${address($ref) ?? ""}.${azapiOutput(output)}`;
    if (form?.kind === "own") return `${address($ref) ?? ""}.${this.#ownOutput(target, form, output)}`;
    const owner = ownerOf($ref, this.#context);
    return owner === undefined ? hclText($ref) : hclInsertion(`${address(owner) ?? ""}.id`, $ref.slice(owner.length));
  }

  #ownOutput(
    target: CloudResource,
    { fields }: Extract<ResourceForm, { kind: "own" }>,
    output: string | undefined,
  ): string {
    if (output === undefined) return "id";
    if (output === "name") return "name";
    const name = fields.outputs?.[output];
    if (name !== undefined) return name;
    this.unsaid.push({ resource: target, path: output, reason: "the provider does not tell it", isKnown: false });
    return "id";
  }

  /** What another root module writes is known by its id, and its outputs are read from Azure. */
  #foreignId(target: CloudResource, output: string | undefined): string {
    if (output === "name") return hclText(target.name);
    const { known } = this.#context;
    if (output !== undefined) {
      this.#read.set(target.key, (this.#read.get(target.key) ?? new Set()).add(output));
      return `data.azapi_resource.${this.#labels.get(target.key) ?? ""}.${azapiOutput(output)}`;
    }
    const group = known.get(groupOf(target, known) ?? "");
    const parameter = snake(subscriptionParameter(group?.subscription ?? target.subscription));
    this.#foreign.add(parameter);
    return hclInsertion(`var.${parameter}`, idBelow(target, known), "/subscriptions/");
  }

  #dataSources(): string {
    return [...this.#read]
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, outputs]) => {
        const type = this.#context.known.get(key)?.type ?? "";
        const body = new HclBody();
        body.attributes.set("type", `${type}@${armApiVersion(type)}`);
        body.attributes.set("resource_id", { $ref: key });
        body.attributes.set("response_export_values", [...outputs].toSorted());
        const header = `data "azapi_resource" "${this.#labels.get(key) ?? ""}"`;
        return `${blockLines(header, body, "", this.#names).join("\n")}\n`;
      })
      .join("\n");
  }

  #providers(): string {
    const own = snake(subscriptionParameter(this.#plan.subscription));
    this.#foreign.add(own);
    return [
      'provider "azurerm" {',
      `  subscription_id     = var.${own}`,
      "  storage_use_azuread = true",
      "",
      "  features {}",
      "}",
      "",
      'provider "azapi" {',
      `  subscription_id = var.${own}`,
      "}",
      "",
    ].join("\n");
  }

  #variables(): string {
    const all = new Map<string, boolean>([...this.#foreign].map((name) => [name, false]));
    for (const { $parameter, secure } of this.#plan.parameters) all.set(snake($parameter), secure);
    return [...all]
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, secure]) =>
        [
          `variable "${name}" {`,
          ...(secure ? ["  type      = string", "  sensitive = true"] : ["  type = string"]),
          "}\n",
        ].join("\n"),
      )
      .join("\n");
  }

  /** What the facts of the clusters are written from, and the name that says whose module this is. */
  #outputs(): string {
    const blocks = [`output "subscription" {\n  value = ${hclText(this.#plan.subscription)}\n}\n`];
    const { forms } = this.#context;
    for (const resource of this.#plan.parts.flatMap(({ resources }) => resources)) {
      const form = forms.get(resource.key);
      if (form?.kind !== "own") continue;
      const told =
        form.type === "azurerm_kubernetes_cluster"
          ? "oidc_issuer_url"
          : form.type === "azurerm_user_assigned_identity"
            ? "client_id"
            : "";
      if (!azurermOutputs(form.type).includes(told)) continue;
      const symbol = this.#labels.get(resource.key) ?? "";
      blocks.push(`output "${symbol}_${told}" {\n  value = ${form.type}.${symbol}.${told}\n}\n`);
    }
    return blocks.join("\n");
  }
}

function azapiOutput(output: string | undefined): string {
  if (output === undefined) return "id";
  return output === "name" ? "name" : `output.${output}`;
}

/** A text with one insertion in front. */
function hclInsertion(expression: string, rest: string, before = ""): string {
  return `${hclText(before).slice(0, -1)}\${${expression}}${hclText(rest).slice(1)}`;
}

/** The part of an id after that of the subscription. */
function idBelow(resource: CloudResource, known: ReadonlyMap<ResourceKey, CloudResource>): string {
  const chain = ancestry(resource, known).toReversed();
  const group = known.get(groupOf(resource, known) ?? "");
  let id = `/resourceGroups/${group?.name ?? ""}`;
  let above: CloudResource | undefined;
  for (const entry of chain) {
    if (entry.type === resourceGroupType) continue;
    const isChild = above !== undefined && isChildType(entry.type, above.type);
    const type = isChild ? entry.type.slice((above?.type.length ?? 0) + 1) : `providers/${entry.type}`;
    id += `/${type}/${entry.name}`;
    above = entry;
  }
  return id;
}

function label(words: readonly string[]): string {
  const text = words
    .map((word) => word.toLowerCase().replaceAll(/[^a-z0-9_]+/g, "_"))
    .filter((word) => word !== "")
    .join("_");
  return /^[a-z_]/.test(text) ? text : `r_${text}`;
}
