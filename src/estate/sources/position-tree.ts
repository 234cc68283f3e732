import type { FieldPath } from "./yaml-document.ts";

/** A node of a document's text, expanded only as far as it is asked for. */
export interface PositionNode {
  /** Offset of its first character. */
  readonly offset: number;
  /** The value under a key, or the item at an index, with the offset that stands for the field: its key, or the item. */
  child(key: string | number): PositionField | undefined;
  /** The scalar as written, or its content when quoted; undefined for mappings and lists. */
  scalarText(): string | undefined;
}

export interface PositionField {
  readonly offset: number;
  readonly node: PositionNode;
}

/** Offset of the field at `path`, or of its nearest existing ancestor. */
export function fieldOffset(root: PositionNode, path: FieldPath): number {
  let { offset } = root;
  let node = root;
  for (const key of path) {
    const field = node.child(key);
    if (field === undefined) break;
    offset = field.offset;
    node = field.node;
  }
  return offset;
}

/** Text of the scalar at `path`; undefined when the path leads nowhere or to a collection. */
export function fieldScalarText(root: PositionNode, path: FieldPath): string | undefined {
  let node = root;
  for (const key of path) {
    const field = node.child(key);
    if (field === undefined) return undefined;
    node = field.node;
  }
  return node.scalarText();
}
