import { childOrigin, type FieldOrigin, isWrittenQuoted, writtenText } from "./field-origin.ts";

export type Scalar = string | number | boolean | null;

/**
 * A scalar of a resource. `text` is what it was written as; undefined means that the origin still knows (asked only
 * where the difference between `1.30` and 1.3 matters).
 */
export interface ScalarNode {
  readonly kind: "scalar";
  readonly value: Scalar;
  readonly text: string | undefined;
  /** It is in quotes or a block, so what replaces it becomes a text; undefined means that the origin still knows. */
  readonly quoted: boolean | undefined;
  /** Set in a field that was created for it, so that only its text says what type it has. */
  readonly untagged?: true;
  readonly origin: FieldOrigin;
}

export interface MapNode {
  readonly kind: "map";
  readonly fields: Map<string, FieldNode>;
  readonly origin: FieldOrigin;
}

export interface ListNode {
  readonly kind: "list";
  items: FieldNode[];
  readonly origin: FieldOrigin;
}

/** A part of a resource under evaluation: changeable data, each part of which knows the text that set it. */
export type FieldNode = ScalarNode | MapNode | ListNode;

/** A copy of JSON data as nodes, located below `origin`. */
export function readNode(value: unknown, origin: FieldOrigin): FieldNode {
  if (Array.isArray(value)) {
    return { kind: "list", items: value.map((item, index) => readNode(item, childOrigin(origin, index))), origin };
  }
  if (typeof value === "object" && value !== null) {
    const fields = new Map<string, FieldNode>();
    for (const [key, field] of Object.entries(value)) fields.set(key, readNode(field, childOrigin(origin, key)));
    return { kind: "map", fields, origin };
  }
  if (typeof value === "string") return { kind: "scalar", value, text: value, quoted: undefined, origin };
  const scalar = typeof value === "number" || typeof value === "boolean" ? value : null;
  return { kind: "scalar", value: scalar, text: undefined, quoted: false, origin };
}

export function stringNode(value: string, origin: FieldOrigin): ScalarNode {
  return { kind: "scalar", value, text: value, quoted: false, origin };
}

export function scalarNode(value: Scalar, origin: FieldOrigin): ScalarNode {
  return { kind: "scalar", value, text: value === null ? "null" : String(value), quoted: false, origin };
}

export function mapNode(origin: FieldOrigin): MapNode {
  return { kind: "map", fields: new Map(), origin };
}

export function copyNode<Node extends FieldNode>(node: Node): Node;
export function copyNode(node: FieldNode): FieldNode {
  switch (node.kind) {
    case "scalar":
      return node;
    case "list":
      return { kind: "list", items: node.items.map((item) => copyNode(item)), origin: node.origin };
    case "map": {
      const fields = new Map<string, FieldNode>();
      for (const [key, field] of node.fields) fields.set(key, copyNode(field));
      return { kind: "map", fields, origin: node.origin };
    }
  }
}

export function isMissingOrNull(node: FieldNode | undefined): boolean {
  return node === undefined || isNull(node);
}

export function isNull(node: FieldNode): boolean {
  return node.kind === "scalar" && node.value === null;
}

/** The scalar as text, exactly as written; empty for anything that is no scalar. */
export function textOf(node: FieldNode | undefined): string {
  if (node === undefined || node.kind !== "scalar") return "";
  if (node.text !== undefined) return node.text;
  return writtenText(node.origin) ?? (node.value === null ? "" : String(node.value));
}

/** True when the scalar is in quotes or a block. */
export function isQuoted(node: ScalarNode): boolean {
  return node.quoted ?? isWrittenQuoted(node.origin);
}

/** What stands where `old` stood: a text in quotes stays a text, whatever replaces it. */
export function inStyleOf(old: FieldNode | undefined, next: ScalarNode): ScalarNode {
  if (old?.kind !== "scalar" || typeof old.value !== "string" || !isQuoted(old)) return next;
  const text = textOf(next);
  return { kind: "scalar", value: text, text, quoted: true, origin: next.origin };
}

/** A merge writes every field anew, and so puts quotes around an untagged text that looks like anything else. */
export function withTag(node: FieldNode): FieldNode {
  if (node.kind !== "scalar" || node.untagged !== true || typeof node.value === "string") return node;
  return { ...stringNode(textOf(node), node.origin), quoted: true };
}

/** The field of a mapping; undefined for anything else. */
export function fieldOf(node: FieldNode | undefined, name: string): FieldNode | undefined {
  return node?.kind === "map" ? node.fields.get(name) : undefined;
}

/** The nearest node on the way to `path`: the field itself, or its closest existing ancestor. */
export function nearestNode(root: FieldNode, path: readonly (string | number)[]): FieldNode {
  let node = root;
  for (const step of path) {
    const next: FieldNode | undefined =
      node.kind === "map" ? node.fields.get(String(step)) : node.kind === "list" ? node.items[Number(step)] : undefined;
    if (next === undefined) return node;
    node = next;
  }
  return node;
}
