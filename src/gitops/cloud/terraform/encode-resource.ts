import { armApiVersion } from "../../../catalog/arm-api-versions.ts";
import { azurermArguments, hasAzurermArgument } from "../../../catalog/azurerm-attributes.ts";
import type { CloudType } from "../../../catalog/cloud-fields.ts";
import { sha256 } from "../../../estate/kustomize/sha256.ts";
import { holdsData } from "../graph/lasting-resources.ts";
import type { CloudResource, ResourceKey, ResourceReference, ResourceValue } from "../graph/resource-graph.ts";
import { bodyOf, groupOf, nameValue, referencesIn, resourceGroupType } from "../graph/resource-value.ts";
import { type Association, encodeFields, type FieldTable, type UnsaidField } from "./encode-fields.ts";
import { HclBody, type HclExpression } from "./hcl-body.ts";
import type { ResourceForm } from "./resource-form.ts";

export interface EncodingContext {
  readonly known: ReadonlyMap<ResourceKey, CloudResource>;
  readonly forms: ReadonlyMap<ResourceKey, ResourceForm>;
  readonly children: ReadonlyMap<ResourceKey, readonly CloudResource[]>;
  /** Outputs that others read of each resource. */
  readonly readOutputs: ReadonlyMap<ResourceKey, readonly string[]>;
  /** Addresses of what ties a resource to others, which is not there before they are. */
  readonly ties: (key: ResourceKey) => readonly string[];
  /** Address of a resource in the file, such as `azurerm_subnet.nodes`; undefined where it has none of its own. */
  readonly address: (key: ResourceKey) => string | undefined;
}

export interface EncodedResource {
  readonly body: HclBody;
  readonly associations: readonly Association[];
  readonly unsaid: readonly UnsaidField[];
}

const poolType = "Microsoft.ContainerService/managedClusters/agentPools";
const clusterType = "Microsoft.ContainerService/managedClusters";

/** A resource of azurerm with its blocks, what is folded into it, and what Terraform has to be told besides. */
export function encodeOwn(
  resource: CloudResource,
  form: Extract<ResourceForm, { kind: "own" }>,
  context: EncodingContext,
): EncodedResource {
  const body = new HclBody();
  putPlace(resource, form, body, context);
  const unsaid: UnsaidField[] = [];
  const encoded = encodeFields(withoutHints(resource), tableOf(form.fields), body);
  unsaid.push(...encoded.unsaid);
  putConstants(form.fields, body);
  for (const child of context.children.get(resource.key) ?? []) unsaid.push(...putChild(child, body, context));
  if (resource.tags !== undefined) {
    if (hasAzurermArgument(form.type, "tags")) body.attributes.set("tags", resource.tags);
    else unsaid.push({ path: "tags", reason: "the resource has no tags", isKnown: false });
  }
  putRotation(resource, body);
  putGuard(resource, body);
  putOrder(resource, body, form.fields, context);
  return { body, associations: encoded.associations, unsaid };
}

function tableOf(fields: CloudType, isInline = false): FieldTable {
  const inline = isInline ? fields.inline : undefined;
  return {
    fields: inline?.fields ?? fields.fields,
    defaults: inline?.defaults ?? fields.defaults ?? {},
    implied: fields.implied ?? {},
    lossy: fields.lossy ?? {},
  };
}

/** Under an autoscaler the count of nodes is the autoscaler's. */
function withoutHints(resource: CloudResource): ReturnType<typeof bodyOf> {
  const body = bodyOf(resource);
  if (resource.type !== poolType || resource.properties["enableAutoScaling"] !== true) return body;
  const { count: _, ...properties } = resource.properties;
  return { ...body, properties };
}

function putPlace(
  resource: CloudResource,
  { type, fields }: Extract<ResourceForm, { kind: "own" }>,
  body: HclBody,
  context: EncodingContext,
): void {
  body.attributes.set(fields.name ?? "name", nameValue(resource.name));
  const group = groupOf(resource, context.known);
  if (
    resource.type !== resourceGroupType &&
    group !== undefined &&
    azurermArguments(type)?.["resource_group_name"] === "string!"
  ) {
    body.attributes.set("resource_group_name", { $ref: group, output: "name" });
  }
  if (resource.location !== undefined && hasAzurermArgument(type, "location")) {
    body.attributes.set("location", resource.location);
  }
  const [argument, by] = fields.parent ?? [];
  const parent = ownerOf(resource.parent ?? resource.resourceGroup, context);
  if (argument === undefined || parent === undefined) return;
  body.attributes.set(argument, by === "name" ? { $ref: parent, output: "name" } : { $ref: parent });
}

/** The resource that stands for a key: what is silent or a block stands for by its owner. */
export function ownerOf(
  key: ResourceKey | undefined,
  { forms }: Pick<EncodingContext, "forms">,
): ResourceKey | undefined {
  let current = key;
  for (let depth = 0; current !== undefined && depth < 8; depth += 1) {
    const form = forms.get(current);
    if (form?.kind !== "block" && form?.kind !== "silent") return current;
    current = form.owner;
  }
  return current;
}

function putChild(child: CloudResource, body: HclBody, context: EncodingContext): readonly UnsaidField[] {
  const form = context.forms.get(child.key);
  if (form?.kind !== "block") return [];
  const { fold, inline } = form.fields;
  const name = form.isInline ? (inline?.block ?? "") : (fold?.blocks?.[child.name] ?? fold?.block ?? "");
  const block = body.block(name, body.blocks.get(name)?.length ?? 0);
  const nameArgument = form.isInline ? inline?.name : fold?.name;
  if (nameArgument !== undefined) block.attributes.set(nameArgument, child.name);
  for (const [argument, value] of Object.entries(fold?.constants?.[child.name] ?? {}))
    block.attributes.set(argument, value);
  const { unsaid } = encodeFields(withoutHints(child), tableOf(form.fields, form.isInline), block);
  if (form.isInline) putRotationName(child, block);
  const table = form.isInline ? name : fold?.blocks === undefined ? `${name}[]` : name;
  return unsaid.map((field) => ({ ...field, path: `${table} ${field.path}` }));
}

function putConstants({ constants }: CloudType, body: HclBody): void {
  for (const [path, value] of Object.entries(constants ?? {})) {
    const [block = "", argument] = path.split(".");
    if (argument === undefined) body.attributes.set(block, value);
    else for (const entry of body.blocks.get(block.replace("[]", "")) ?? []) entry.attributes.set(argument, value);
  }
}

/** Without a name for the pool that stands in meanwhile, a plan that has to rotate a pool fails. */
function putRotationName({ name }: CloudResource, body: HclBody): void {
  const short = name.length <= 9 ? name : `${name.slice(0, 6)}${sha256(name).slice(0, 3)}`;
  body.attributes.set("temporary_name_for_rotation", `${short}tmp`);
}

function putRotation(resource: CloudResource, body: HclBody): void {
  const ignored: string[] = [];
  if (resource.type === poolType) {
    putRotationName(resource, body);
    if (resource.properties["enableAutoScaling"] === true) ignored.push("node_count");
  }
  const [first] = resource.type === clusterType ? (body.blocks.get("default_node_pool") ?? []) : [];
  if (first?.attributes.get("auto_scaling_enabled") === true) ignored.push("default_node_pool[0].node_count");
  if (ignored.length > 0) {
    body.block("lifecycle").attributes.set(
      "ignore_changes",
      ignored.map((name) => ({ $hcl: name })),
    );
  }
}

/** A plan that would delete data fails: who means it takes the line away first. */
function putGuard(resource: CloudResource, body: HclBody): void {
  if (holdsData(resource)) body.block("lifecycle").attributes.set("prevent_destroy", true);
}

function putOrder(resource: CloudResource, body: HclBody, fields: CloudType, context: EncodingContext): void {
  const keys = (resource.dependsOn ?? []).flatMap((key) => ownerOf(key, context) ?? []);
  const ties = tiesOf(resource, context);
  if (keys.length === 0 && ties.length === 0) return;
  if (fields.after !== undefined) {
    const references: readonly ResourceReference[] = keys.map(($ref) => ({ $ref }));
    body.attributes.set(fields.after, references);
    return;
  }
  body.attributes.set("depends_on", [...orderList(keys, context), ...ties.map(($hcl) => ({ $hcl }))]);
}

/** The way out of its subnets has to stand before a cluster is created in them. */
function tiesOf(resource: CloudResource, context: EncodingContext): readonly string[] {
  if (resource.type !== clusterType) return [];
  const pools = context.children.get(resource.key) ?? [];
  const subnets = pools.flatMap(({ properties }) => referencesIn(properties["vnetSubnetID"]).map(({ $ref }) => $ref));
  return [...new Set(subnets)].toSorted().flatMap((key) => context.ties(key));
}

function orderList(keys: readonly ResourceKey[], { address }: EncodingContext): readonly HclExpression[] {
  return keys.flatMap((key) => {
    const $hcl = address(key);
    return $hcl === undefined ? [] : [{ $hcl }];
  });
}

/** A resource as it is, through azapi: for what azurerm has no resource, or none that says all of it. */
export function encodeAzapi(resource: CloudResource, context: EncodingContext): HclBody {
  const body = new HclBody();
  const { type, name, location, identity, tags } = resource;
  body.attributes.set("type", `${type}@${armApiVersion(type)}`);
  body.attributes.set("name", nameValue(name));
  const parent = resource.parent ?? groupOf(resource, context.known);
  if (parent !== undefined) body.attributes.set("parent_id", parentId(parent, context));
  if (location !== undefined) body.attributes.set("location", location);
  if (tags !== undefined) body.attributes.set("tags", tags);
  const { identity: _, ...content } = bodyOf(resource);
  body.attributes.set("body", content);
  const outputs = context.readOutputs.get(resource.key) ?? [];
  if (outputs.length > 0) body.attributes.set("response_export_values", outputs);
  const keys = (resource.dependsOn ?? []).flatMap((key) => ownerOf(key, context) ?? []);
  if (keys.length > 0) body.attributes.set("depends_on", orderList(keys, context));
  putGuard(resource, body);
  if (identity !== undefined) {
    const block = body.block("identity");
    block.attributes.set("type", identity.type);
    if (identity.userAssignedIdentities !== undefined) {
      block.attributes.set("identity_ids", identity.userAssignedIdentities);
    }
  }
  return body;
}

/** Id of a parent; that of one that azurerm makes silently is its owner's with what is below. */
function parentId(parent: ResourceKey, context: EncodingContext): ResourceValue {
  const owner = ownerOf(parent, context);
  if (owner === undefined || owner === parent) return { $ref: parent };
  return { $text: [{ $ref: owner }, parent.slice(owner.length)] };
}
