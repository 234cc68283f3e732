import { isJsonObject, valueAt } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { fieldSchema, type MergeSchema, mergeSchemaOf } from "../../estate/kustomize/merge-schema.ts";
import { resourceType } from "../../estate/kustomize/resource-type.ts";
import type { DocumentEdit } from "./document-edit.ts";
import { withEdit } from "./document-edit.ts";

/** The resource that a patch is for, as the kustomization that applies it sees it. */
export interface PatchedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
  /** As rendered, before the patch. */
  readonly value: JsonObject;
}

/** A patch of Kustomize: the fields by name where Kustomize merges lists by name, else operations on positions. */
export type KustomizePatch =
  | { readonly form: "strategicMerge"; readonly value: JsonObject }
  | { readonly form: "json"; readonly value: readonly JsonOperation[] };

interface JsonOperation {
  readonly op: "add" | "replace" | "remove";
  readonly path: string;
  readonly value?: unknown;
}

/** A patch that makes the edits. */
export function kustomizePatch(object: PatchedObject, edits: readonly DocumentEdit[]): KustomizePatch {
  const merge = strategicMerge(object, edits);
  return merge === undefined
    ? { form: "json", value: jsonOperations(object, edits) }
    : { form: "strategicMerge", value: merge };
}

function strategicMerge(object: PatchedObject, edits: readonly DocumentEdit[]): JsonObject | undefined {
  const { apiVersion, kind, namespace, name } = object;
  const schema = mergeSchemaOf(resourceType(apiVersion, kind));
  const body: JsonObject = {};
  for (const edit of edits) if (!merged(body, object.value, schema, edit)) return undefined;
  const { metadata, ...rest } = body;
  const identity = { name, ...(namespace === undefined ? {} : { namespace }) };
  return { apiVersion, kind, metadata: { ...identity, ...(isJsonObject(metadata) ? metadata : {}) }, ...rest };
}

/** Adds an edit to the body of a patch; false where merging would give something else. */
function merged(body: JsonObject, value: JsonObject, root: MergeSchema | undefined, edit: DocumentEdit): boolean {
  let target = body as { [key: string]: unknown };
  let current: unknown = value;
  let schema = root;
  for (const [depth, step] of edit.path.entries()) {
    if (typeof step === "number") return false;
    const next = isJsonObject(current) ? current[step] : undefined;
    const below = fieldSchema(schema, step);
    if (depth === edit.path.length - 1) {
      // Mappings and lists that are there would be merged with the new ones instead of replaced.
      if (typeof next === "object" && next !== null && edit.value !== undefined) return false;
      target[step] = edit.value === undefined ? null : edit.value;
      return true;
    }
    const position = edit.path[depth + 1];
    if (typeof position === "number") return mergedInItem(target, { step, list: next, below, depth, position }, edit);
    const inner = target[step];
    if (!isJsonObject(inner)) target[step] = {};
    target = target[step] as { [key: string]: unknown };
    current = next;
    schema = below;
  }
  return false;
}

interface ItemStep {
  readonly step: string;
  readonly list: unknown;
  readonly below: MergeSchema | undefined;
  readonly depth: number;
  readonly position: number;
}

function mergedInItem(target: { [key: string]: unknown }, item: ItemStep, edit: DocumentEdit): boolean {
  const { step, list, below, depth, position } = item;
  const current = Array.isArray(list) ? (list[position] as unknown) : undefined;
  const rest = edit.path.slice(depth + 2);
  if (below?.kind !== "list" || below.keys.length === 0 || !isJsonObject(current) || rest.length === 0) return false;
  const known = below.keys.filter((key) => current[key] !== undefined);
  if (known.length === 0) return false;
  const identity = Object.fromEntries(known.map((key) => [key, current[key]]));
  const items = (target[step] ?? []) as JsonObject[];
  target[step] = items;
  let own = items.find((each) => known.every((key) => each[key] === identity[key]));
  if (own === undefined) {
    own = identity;
    items.push(own);
  }
  return merged(own, current, below.item, { path: rest, value: edit.value });
}

function jsonOperations(object: PatchedObject, edits: readonly DocumentEdit[]): readonly JsonOperation[] {
  let state: unknown = object.value;
  return edits.map(({ path, value }): JsonOperation => {
    const before = state;
    state = withEdit(before, path, value);
    if (value === undefined) return { op: "remove", path: pointer(path) };
    const missing = path.findIndex((_, depth) => valueAt(before, path.slice(0, depth + 1)) === undefined);
    if (missing === -1) return { op: "replace", path: pointer(path), value };
    const at = path.slice(0, missing + 1);
    const added = valueAt(state, at);
    return {
      op: "add",
      path: typeof at.at(-1) === "number" ? `${pointer(at.slice(0, -1))}/-` : pointer(at),
      value: added,
    };
  });
}

function pointer(path: readonly (string | number)[]): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** Everything that tells the object from others, so that the patch reaches no further. */
export function targetOf({ apiVersion, kind, namespace, name }: PatchedObject) {
  const { group, version } = resourceType(apiVersion, kind);
  return { ...(group === "" ? {} : { group }), version, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}
