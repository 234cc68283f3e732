import { equalValues } from "../kubernetes/equal-values.ts";
import { copyNode, type FieldNode, type ListNode, type MapNode, scalarNode } from "./field-node.ts";
import { KustomizeFault } from "./kustomize-fault.ts";
import type { PatchOperation } from "./patch-text.ts";
import { renderedValue } from "./rendered-value.ts";

/**
 * Applies a JSON patch (RFC 6902) to `root`, which it may change, and returns the result. As in the library that
 * Kustomize uses, `replace` also adds a field that is missing, and lists accept negative indices, counted from their end.
 * @throws KustomizeFault when an operation does not apply
 */
export function applyJsonPatch(root: MapNode, operations: readonly PatchOperation[]): MapNode {
  let result = root;
  for (const operation of operations) {
    if (operation.op === "replace" && operation.path === "") result = wholeResource(operation);
    else applyOperation(result, operation);
  }
  return result;
}

function wholeResource(operation: PatchOperation): MapNode {
  const value = givenValue(operation);
  if (value.kind !== "map") throw new KustomizeFault("a resource can only be replaced by a mapping");
  return value;
}

function applyOperation(root: MapNode, operation: PatchOperation): void {
  const { op, path } = operation;
  switch (op) {
    case "add":
      addAt(root, path, givenValue(operation));
      return;
    case "remove":
      removeAt(root, path);
      return;
    case "replace":
      replaceAt(root, path, givenValue(operation));
      return;
    case "move": {
      const from = sourceOf(operation);
      const moved = requireAt(root, from);
      removeAt(root, from);
      addAt(root, path, moved);
      return;
    }
    case "copy":
      addAt(root, path, copiedNode(root, operation));
      return;
    case "test":
      testAt(root, operation);
      return;
    default:
      throw new KustomizeFault(`"${op}" is no JSON patch operation`);
  }
}

/** A missing field is copied as null, a missing item is an error. */
function copiedNode(root: MapNode, operation: PatchOperation): FieldNode {
  const from = sourceOf(operation);
  const { parent, key } = parentOf(root, from);
  if (parent.kind === "list") return copyNode(requireAt(root, from));
  const found = parent.fields.get(key);
  return found === undefined ? scalarNode(null, operation.origin) : copyNode(found);
}

/** The value of an operation as a node of its own; null when it has none. */
function givenValue({ value, origin }: PatchOperation): FieldNode {
  return value === undefined ? scalarNode(null, origin) : copyNode(value);
}

function sourceOf({ op, from }: PatchOperation): string {
  if (from === undefined) throw new KustomizeFault(`"${op}" needs "from"`);
  return from;
}

function testAt(root: MapNode, operation: PatchOperation): void {
  const found = nodeAt(root, operation.path);
  const actual = found === undefined ? null : renderedValue(found);
  if (equalValues(actual, renderedValue(givenValue(operation)))) return;
  throw new KustomizeFault(`the test of ${operation.path} fails`);
}

function addAt(root: MapNode, path: string, value: FieldNode): void {
  const { parent, key } = parentOf(root, path);
  if (parent.kind === "map") {
    parent.fields.set(key, value);
    return;
  }
  const length = parent.items.length + 1;
  const index = key === "-" ? parent.items.length : indexIn(key, length, path);
  if (index >= length) throw new KustomizeFault(`${path} is beyond the end of the list`);
  parent.items.splice(index, 0, value);
}

function removeAt(root: MapNode, path: string): void {
  const { parent, key } = parentOf(root, path);
  if (parent.kind === "map") {
    if (!parent.fields.delete(key)) throw new KustomizeFault(`${path} does not exist`);
    return;
  }
  parent.items.splice(existingIndex(parent, key, path), 1);
}

function replaceAt(root: MapNode, path: string, value: FieldNode): void {
  const { parent, key } = parentOf(root, path);
  if (parent.kind === "list") {
    parent.items[existingIndex(parent, key, path)] = value;
    return;
  }
  parent.fields.set(key, value);
}

function requireAt(root: MapNode, path: string): FieldNode {
  const found = nodeAt(root, path);
  if (found === undefined) throw new KustomizeFault(`${path} does not exist`);
  return found;
}

function nodeAt(root: MapNode, path: string): FieldNode | undefined {
  const { parent, key } = parentOf(root, path);
  return childOf(parent, key, path);
}

function parentOf(root: MapNode, path: string): { readonly parent: MapNode | ListNode; readonly key: string } {
  const steps = path.split("/").slice(1).map(unescapeStep);
  const key = steps.pop();
  if (key === undefined) throw new KustomizeFault(`"${path}" is no path; paths start with "/"`);
  let parent: FieldNode = root;
  for (const step of steps) {
    const next: FieldNode | undefined = parent.kind === "scalar" ? undefined : childOf(parent, step, path);
    if (next === undefined) throw new KustomizeFault(`the parent of ${path} does not exist`);
    parent = next;
  }
  if (parent.kind === "scalar") throw new KustomizeFault(`the parent of ${path} is no mapping or list`);
  return { parent, key };
}

function childOf(parent: MapNode | ListNode, key: string, path: string): FieldNode | undefined {
  if (parent.kind === "map") return parent.fields.get(key);
  return parent.items[indexIn(key, parent.items.length, path)];
}

function existingIndex(list: ListNode, key: string, path: string): number {
  const index = indexIn(key, list.items.length, path);
  if (index >= list.items.length) throw new KustomizeFault(`${path} is beyond the end of the list`);
  return index;
}

function indexIn(key: string, length: number, path: string): number {
  if (!/^[+-]?[0-9]+$/.test(key)) throw new KustomizeFault(`"${key}" in ${path} is no index of a list`);
  const index = Number(key);
  if (index < -length) throw new KustomizeFault(`${path} is before the start of the list`);
  return index < 0 ? index + length : index;
}

function unescapeStep(step: string): string {
  return step.replaceAll("~1", "/").replaceAll("~0", "~");
}
