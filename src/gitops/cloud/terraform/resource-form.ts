import { type CloudType, cloudType } from "../../../catalog/cloud-fields.ts";
import { inlineKeys } from "../graph/inline-children.ts";
import type { CloudResource, ResourceGraph, ResourceKey } from "../graph/resource-graph.ts";
import { byKey } from "../graph/resource-value.ts";

/** How a resource stands in Terraform. */
export type ResourceForm =
  /** A resource of azurerm by itself. */
  | { readonly kind: "own"; readonly type: string; readonly fields: CloudType }
  /** A block in the resource of its parent. */
  | { readonly kind: "block"; readonly owner: ResourceKey; readonly fields: CloudType; readonly isInline: boolean }
  /** Made by azurerm without a word. */
  | { readonly kind: "silent"; readonly owner: ResourceKey }
  /** A resource of azapi: the body as Azure Resource Manager has it. */
  | { readonly kind: "azapi" };

/** The form of every resource of a graph. */
export function resourceForms(graph: ResourceGraph): ReadonlyMap<ResourceKey, ResourceForm> {
  const inline = inlineKeys(graph);
  const known = byKey(graph.resources);
  return new Map(graph.resources.map((resource) => [resource.key, formOf(resource, inline, known)]));
}

function formOf(
  resource: CloudResource,
  inline: ReadonlySet<ResourceKey>,
  known: ReadonlyMap<ResourceKey, CloudResource>,
): ResourceForm {
  const fields = cloudType(resource.type);
  if (fields === undefined) return { kind: "azapi" };
  const owner = resource.parent ?? "";
  if (fields.terraform === null) {
    const saysNothing = Object.keys(resource.properties).length === 0 && resource.name === "default";
    return saysNothing ? { kind: "silent", owner } : { kind: "azapi" };
  }
  if (fields.inline !== undefined && inline.has(resource.key)) return { kind: "block", owner, fields, isInline: true };
  if (fields.fold !== undefined && known.has(owner)) {
    const hasBlock = fields.fold.blocks === undefined || Object.hasOwn(fields.fold.blocks, resource.name);
    return hasBlock ? { kind: "block", owner, fields, isInline: false } : { kind: "azapi" };
  }
  return { kind: "own", type: fields.terraform, fields };
}
