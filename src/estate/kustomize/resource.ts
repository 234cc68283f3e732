import {
  copyNode,
  type FieldNode,
  fieldOf,
  isMissingOrNull,
  type MapNode,
  mapNode,
  stringNode,
  textOf,
} from "./field-node.ts";
import type { FieldOrigin } from "./field-origin.ts";
import { effectiveNamespace, type PreviousId, type ResourceId, resourceId } from "./resource-id.ts";
import { type ResourceType, resourceType } from "./resource-type.ts";

export type GeneratorBehavior = "create" | "merge" | "replace";

/** One resource under evaluation, with the memory that name references need. Transformers change it in place. */
export interface Resource {
  root: MapNode;
  /** Names, namespaces and kinds it had before, oldest first. */
  readonly previousIds: PreviousId[];
  /** Prefixes and suffixes it was given, innermost first. */
  readonly prefixes: string[];
  readonly suffixes: string[];
  /** A hash of its content still has to be appended to its name. */
  needsHash: boolean;
  readonly behavior: GeneratorBehavior;
  /** Names of the variables that take their value from it. */
  readonly variables: string[];
}

export function newResource(root: MapNode, generated?: { needsHash: boolean; behavior: GeneratorBehavior }): Resource {
  return {
    root,
    previousIds: [],
    prefixes: [],
    suffixes: [],
    needsHash: generated?.needsHash ?? false,
    behavior: generated?.behavior ?? "create",
    variables: [],
  };
}

export function copyResource(resource: Resource): Resource {
  return {
    ...resource,
    root: copyNode(resource.root),
    previousIds: [...resource.previousIds],
    prefixes: [...resource.prefixes],
    suffixes: [...resource.suffixes],
    variables: [...resource.variables],
  };
}

export function typeOf(resource: Resource): ResourceType {
  return resourceType(textOf(resource.root.fields.get("apiVersion")), textOf(resource.root.fields.get("kind")));
}

export function nameOf(resource: Resource): string {
  return metadataText(resource.root, "name");
}

export function namespaceOf(resource: Resource): string {
  return metadataText(resource.root, "namespace");
}

function metadataText(root: MapNode, field: string): string {
  const node = fieldOf(root.fields.get("metadata"), field);
  return isMissingOrNull(node) ? "" : textOf(node);
}

export function currentId(resource: Resource): ResourceId {
  return resourceId(typeOf(resource), nameOf(resource), namespaceOf(resource));
}

/** Every id it had before, oldest first; group and version are always the current ones. */
export function previousIdsOf(resource: Resource): readonly ResourceId[] {
  if (resource.previousIds.length === 0) return [];
  const { group, version } = typeOf(resource);
  return resource.previousIds.map((previous) => ({ group, version, ...previous }));
}

/** The id that the resource was read with. */
export function originalId(resource: Resource): ResourceId {
  return previousIdsOf(resource)[0] ?? currentId(resource);
}

/** Remembers the current name, namespace and kind before a transformer changes them. */
export function rememberId(resource: Resource): void {
  const type = typeOf(resource);
  resource.previousIds.push({
    name: nameOf(resource),
    effectiveNamespace: effectiveNamespace(type, namespaceOf(resource)),
    kind: type.kind,
  });
}

/** `metadata`, created when it is missing. */
export function metadataOf(root: MapNode): MapNode {
  const metadata = root.fields.get("metadata");
  if (metadata?.kind === "map") return metadata;
  const created = mapNode(root.origin);
  root.fields.set("metadata", created);
  return created;
}

/** Sets a text of `metadata`, keeping the node (and so its origin) when the text is already that. */
export function setMetadataText(root: MapNode, field: "name" | "namespace", text: string, origin?: FieldOrigin): void {
  const metadata = metadataOf(root);
  const existing = metadata.fields.get(field);
  if (existing !== undefined && textOf(existing) === text) return;
  metadata.fields.set(field, stringNode(text, origin ?? existing?.origin ?? metadata.origin));
}

/** `metadata.labels` or `metadata.annotations` as texts; empty when there is no such mapping. */
export function metadataTexts(root: MapNode, field: "labels" | "annotations"): ReadonlyMap<string, string> {
  const node: FieldNode | undefined = fieldOf(root.fields.get("metadata"), field);
  const texts = new Map<string, string>();
  if (node?.kind === "map") for (const [key, value] of node.fields) texts.set(key, textOf(value));
  return texts;
}

/**
 * Rewrites labels or annotations the way Kustomize writes them back: every value a text, an empty mapping gone.
 */
export function normalizeMetadataTexts(root: MapNode, field: "labels" | "annotations"): void {
  const metadata = root.fields.get("metadata");
  if (metadata?.kind !== "map") return;
  const node = metadata.fields.get(field);
  if (node === undefined) return;
  if (node.kind !== "map" || node.fields.size === 0) {
    metadata.fields.delete(field);
    return;
  }
  for (const [key, value] of node.fields) {
    if (value.kind === "scalar" && value.value === value.text) continue;
    node.fields.set(key, stringNode(textOf(value), value.origin));
  }
}
