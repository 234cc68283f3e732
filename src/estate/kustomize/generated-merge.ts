import { type FieldNode, fieldOf, type MapNode, mapNode, stringNode, textOf } from "./field-node.ts";
import { KustomizeFault } from "./kustomize-fault.ts";
import { currentId, metadataOf, nameOf, namespaceOf, type Resource } from "./resource.ts";
import { formatId } from "./resource-id.ts";
import type { ResourceSet } from "./resource-set.ts";

/**
 * Adds a generated resource or, as its behavior says, puts it in place of the one that has or had its id.
 * @throws KustomizeFault when the behavior does not fit what is there
 */
export function absorbGenerated(resources: ResourceSet, generated: Resource): void {
  const id = currentId(generated);
  if (nameOf(generated) === "") throw new KustomizeFault("it has no name");
  const matches = resources.findByAnyId(id);
  const [old] = matches;
  if (matches.length > 1) throw new KustomizeFault(`${matches.length} resources could be what it changes`);
  if (old === undefined) {
    if (generated.behavior !== "create") {
      throw new KustomizeFault(`there is no ${formatId(id)} to ${generated.behavior}`);
    }
    resources.append([generated]);
    return;
  }
  if (generated.behavior === "create") {
    throw new KustomizeFault(`${formatId(id)} exists already; its behavior must be merge or replace`);
  }
  resources.replace(old, successor(old, generated));
}

/** The generated resource under the name, the history and the metadata of the old one. */
function successor(old: Resource, generated: Resource): Resource {
  const { root } = generated;
  const metadata = metadataOf(root);
  for (const field of ["labels", "annotations"]) {
    mergeTexts(fieldOf(old.root.fields.get("metadata"), field), metadata, field);
  }
  const name = fieldOf(old.root.fields.get("metadata"), "name");
  if (name !== undefined) metadata.fields.set("name", name);
  const namespace = fieldOf(old.root.fields.get("metadata"), "namespace");
  if (namespaceOf(old) === "" || namespace === undefined) metadata.fields.delete("namespace");
  else metadata.fields.set("namespace", namespace);
  if (generated.behavior === "merge") {
    for (const field of ["data", "binaryData"]) mergeTexts(old.root.fields.get(field), root, field);
  }
  return {
    root,
    previousIds: old.previousIds,
    prefixes: old.prefixes,
    suffixes: old.suffixes,
    needsHash: old.needsHash && generated.needsHash,
    behavior: old.behavior,
    variables: old.variables,
  };
}

/** Puts the texts of an old mapping below those of the new one; an empty result is left out. */
function mergeTexts(old: FieldNode | undefined, parent: MapNode, field: string): void {
  const added = parent.fields.get(field);
  const merged = mapNode(added?.origin ?? old?.origin ?? parent.origin);
  for (const source of [old, added]) {
    if (source?.kind !== "map") continue;
    for (const [key, value] of source.fields) merged.fields.set(key, stringNode(textOf(value), value.origin));
  }
  parent.fields.delete(field);
  if (merged.fields.size > 0) parent.fields.set(field, merged);
}
