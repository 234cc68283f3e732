import { type FieldNode, isNull, type ListNode, type MapNode, textOf } from "./field-node.ts";
import { KustomizeFault } from "./kustomize-fault.ts";

export type MergeDirective = "merge" | "replace" | "delete";

const DIRECTIVE = "$patch";

/** Reads and removes the `$patch` of a mapping. */
export function takeMapDirective(patch: MapNode, unknown: "refuseUnknown" | "ignoreUnknown"): MergeDirective {
  const node = patch.fields.get(DIRECTIVE);
  if (node === undefined || isNull(node)) return "merge";
  const directive = asDirective(node);
  if (directive === undefined) {
    if (unknown === "ignoreUnknown") return "merge";
    throw new KustomizeFault(`"${textOf(node)}" is no patch strategy; there are merge, replace and delete`);
  }
  patch.fields.delete(DIRECTIVE);
  return directive;
}

/** Reads and removes an item of a list that holds nothing but `$patch`. */
export function takeListDirective(patch: ListNode): MergeDirective {
  const item = patch.items.find((candidate) => candidate.kind === "map" && candidate.fields.has(DIRECTIVE));
  if (item?.kind !== "map" || item.fields.size > 1) return "merge";
  const node = item.fields.get(DIRECTIVE);
  if (node === undefined || isNull(node)) return "merge";
  const directive = asDirective(node);
  if (directive === undefined) {
    throw new KustomizeFault(`"${textOf(node)}" is no patch strategy; there are merge, replace and delete`);
  }
  patch.items = patch.items.filter((candidate) => !isEmpty(candidate) && !hasDirective(candidate, directive));
  return directive;
}

function hasDirective(item: FieldNode, directive: MergeDirective): boolean {
  return item.kind === "map" && textOf(item.fields.get(DIRECTIVE)) === directive;
}

function isEmpty(item: FieldNode): boolean {
  return isNull(item) || (item.kind === "map" && item.fields.size === 0);
}

function asDirective(node: FieldNode): MergeDirective | undefined {
  const text = textOf(node);
  return text === "merge" || text === "replace" || text === "delete" ? text : undefined;
}
