import { azurermArguments } from "../../../catalog/azurerm-attributes.ts";
import { cloudTypes } from "../../../catalog/cloud-fields.ts";
import { type CrossplaneKind, crossplaneKind, crossplaneKindOf } from "../../../catalog/crossplane-kinds.ts";
import { asList, asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import { objectKeyOf } from "../../delivery/object-key.ts";
import type { ResourceGraph } from "../graph/resource-graph.ts";
import { subscriptionParameter } from "../graph/subscriptions.ts";
import { snake } from "../terraform/print-hcl.ts";
import { type HclFile, readTerraform } from "../terraform/read-terraform.ts";
import { EXTERNAL_NAME, FACTS, factKey, PARAMETERS, SUBSCRIPTION } from "./managed-resource.ts";
import { type ArgumentReading, argumentsOf, escapedTemplate, type KnownObject } from "./read-provider-fields.ts";
import { withReplacement } from "./replaced-values.ts";

export interface ReadCrossplaneObjects {
  readonly graph: ResourceGraph;
  readonly problems: readonly string[];
}

/**
 * The resource graph of managed resources, with the kustomizations whose replacements hold what is not in them. Each is a
 * resource of azurerm, and is read as one. Parts and their order are not known from objects.
 */
export function readCrossplane(documents: readonly JsonObject[]): ReadCrossplaneObjects {
  const reader = new CrossplaneReader(documents);
  const { graph, problems } = readTerraform(reader.files());
  reader.checkPools();
  return {
    graph: { resources: graph.resources.map((resource) => ({ ...resource, part: "" })) },
    problems: [...reader.problems, ...problems.map(({ problem }) => problem)],
  };
}

class CrossplaneReader {
  readonly problems: string[] = [];
  readonly #objects = new Map<string, KnownObject>();
  readonly #subscriptions = new Map<string, string>();
  readonly #secrets = new Set<string>();

  constructor(documents: readonly JsonObject[]) {
    for (const document of documents) this.#take(document);
    for (const document of documents) if (document["kind"] === "Kustomization") this.#replace(document);
  }

  /** A root module for each namespace, as Terraform would have it. */
  files(): readonly HclFile[] {
    return [...Map.groupBy(this.#objects.values(), ({ namespace }) => namespace)].map(([namespace, objects]) => {
      const resource: Record<string, Record<string, unknown>> = {};
      for (const object of objects) {
        const { terraform } = object.kind;
        resource[terraform] = { ...resource[terraform], [object.label]: [this.#body(object)] };
      }
      const subscription = this.#subscriptions.get(namespace) ?? namespace;
      const variables = [...this.#secrets].map((name) => [snake(name), [{ sensitive: true }]] as const);
      const parameters = objects.flatMap(({ parameters: given }) => given.map((name) => [snake(name), [{}]] as const));
      return {
        path: `${namespace}/objects.tf`,
        json: {
          resource,
          variable: Object.fromEntries([...parameters, ...variables]),
          output: { subscription: [{ value: escapedTemplate(subscription) }] },
        },
      };
    });
  }

  /** A pool within its cluster and beside it is owned twice: each would undo the other. */
  checkPools(): void {
    for (const { kind, namespace, name, azureName, forProvider } of this.#objects.values()) {
      if (kind.terraform !== "azurerm_kubernetes_cluster_node_pool") continue;
      const clusterName = asText(asObject(forProvider["kubernetesClusterIdRef"])["name"]) ?? "";
      const { group, kind: clusterKind } = crossplaneKind("azurerm_kubernetes_cluster") ?? kind;
      const cluster = this.#objects.get(`${namespace}/${group}/${clusterKind}/${clusterName}`);
      if (asObject(cluster?.forProvider["defaultNodePool"])["name"] !== azureName) continue;
      this.problems.push(`${kind.kind}/${name} is written within ${clusterKind}/${clusterName} too`);
    }
  }

  #take(document: JsonObject): void {
    const { group, kind, namespace = "default", name } = objectKeyOf(document);
    const annotations = asObject(asObject(document["metadata"])["annotations"]);
    if (group === "" && kind === "Namespace") {
      this.#subscriptions.set(name, asText(annotations[SUBSCRIPTION]) ?? name);
      return;
    }
    const known = crossplaneKindOf(group, kind);
    if (known === undefined) return;
    const spec = asObject(document["spec"]);
    const id = `${namespace}/${group}/${kind}/${name}`;
    this.#objects.set(id, {
      kind: known,
      namespace,
      name,
      label: `object_${this.#objects.size}`,
      azureName: asText(annotations[EXTERNAL_NAME]) ?? name,
      forProvider: merged(asObject(spec["forProvider"]), asObject(spec["initProvider"])),
      parameters: [],
    });
  }

  #replace(kustomization: JsonObject): void {
    for (const replacement of asList(kustomization["replacements"]).map(asObject)) {
      const source = asObject(replacement["source"]);
      const from = source["name"];
      if (from !== PARAMETERS && from !== FACTS) continue;
      const key = String(source["fieldPath"]).replace(/^data\./, "");
      for (const target of asList(replacement["targets"]).map(asObject)) this.#replaceIn(target, from, key);
    }
  }

  /** A part of an id names its parameter already; a whole field becomes what it stands for. */
  #replaceIn(target: JsonObject, from: typeof PARAMETERS | typeof FACTS, key: string): void {
    const { group, kind, name, namespace } = asObject(target["select"]);
    if (crossplaneKindOf(String(group), String(kind)) === undefined) return;
    const id = `${String(namespace)}/${String(group)}/${String(kind)}/${String(name)}`;
    const object = this.#objects.get(id);
    if (object === undefined) {
      this.problems.push(`${key} is for ${String(kind)}/${String(name)}, which is not there`);
      return;
    }
    if (asObject(target["options"])["delimiter"] !== undefined) return;
    const expression = from === PARAMETERS ? `var.${snake(key)}` : this.#fact(object.namespace, key);
    if (expression === undefined) {
      this.problems.push(`nothing tells ${key}`);
      return;
    }
    const forProvider = asList(target["fieldPaths"]).reduce<JsonObject>(
      (fields, path) => withReplacement(fields, String(path), expression),
      object.forProvider,
    );
    const parameters = from === PARAMETERS ? [...object.parameters, key] : object.parameters;
    this.#objects.set(id, { ...object, forProvider, parameters });
  }

  /** Output of the object that tells a fact. */
  #fact(namespace: string, key: string): string | undefined {
    for (const { kind, name, label, namespace: where } of this.#objects.values()) {
      if (where !== namespace) continue;
      for (const [output, status] of Object.entries(kind.outputs)) {
        if (factKey(kind.kind, name, status) === key) return `${kind.terraform}.${label}.${output}`;
      }
    }
    return undefined;
  }

  #body(object: KnownObject): JsonObject {
    const { kind, forProvider, azureName } = object;
    const schema = azurermArguments(kind.terraform) ?? referencesAlone(kind.references);
    const body = argumentsOf(forProvider, schema, [], this.#reading(object));
    return { ...(kind.isNamed ? {} : { name: escapedTemplate(azureName) }), ...withOwnParent(body, kind) };
  }

  #reading(object: KnownObject): ArgumentReading {
    const subscriptions = new Map(
      [...this.#subscriptions.values()].map((name) => [
        subscriptionParameter(name),
        `\${var.${snake(subscriptionParameter(name))}}`,
      ]),
    );
    return {
      object,
      subscriptions,
      secret: (key) => {
        this.#secrets.add(key);
        return `\${var.${snake(key)}}`;
      },
      reference: (argument, name) => this.#reference(object, argument, name),
    };
  }

  #reference({ kind, namespace, name: from }: KnownObject, argument: string, name: string): string | undefined {
    for (const { argument: known, target, takes } of kind.references) {
      if (known !== argument) continue;
      const { group, kind: targetKind } = crossplaneKind(target) ?? kind;
      const object = this.#objects.get(`${namespace}/${group}/${targetKind}/${name}`);
      if (object !== undefined) return `\${${target}.${object.label}.${outputName(target, takes)}}`;
    }
    this.problems.push(`${kind.kind}/${from} refers to ${name} by ${argument}, which is not there`);
    return undefined;
  }
}

/** The parent by the argument that Terraform is told. */
function withOwnParent(body: JsonObject, { terraform, parent }: CrossplaneKind): JsonObject {
  const [argument, by] = cloudTypes().find(([, fields]) => fields.terraform === terraform)?.[1].parent ?? [];
  if (parent === undefined || argument === undefined) return body;
  const { [parent[0]]: value, ...rest } = body;
  return { ...rest, [argument]: asText(value)?.replace(/\.(?:id|name)\}$/, `.${by ?? "id"}}`) };
}

function outputName(terraform: string, takes: string): string {
  const types = cloudTypes().filter(([, fields]) => fields.terraform === terraform);
  return types.map(([, { outputs }]) => outputs?.[takes]).find((name) => name !== undefined) ?? takes;
}

function referencesAlone(references: readonly { readonly argument: string }[]): { readonly [name: string]: string } {
  return Object.fromEntries(references.map(({ argument }) => [argument, "string"]));
}

/** Fields of both; objects are merged. */
function merged(one: JsonObject, other: JsonObject): JsonObject {
  const fields: Record<string, unknown> = { ...one };
  for (const [name, value] of Object.entries(other)) {
    const before = fields[name];
    const areObjects = typeof before === "object" && before !== null && !Array.isArray(before);
    fields[name] = areObjects ? merged(asObject(before), asObject(value)) : value;
  }
  return fields;
}
