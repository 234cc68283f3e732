import { type FieldNode, isMissingOrNull, isNull, type ListNode, textOf } from "./field-node.ts";
import { KustomizeFault } from "./kustomize-fault.ts";
import { plainScalarNode } from "./plain-scalar.ts";

/** Merges two items that belong together; undefined removes the item. */
export type MergeItems = (base: FieldNode | undefined, patch: FieldNode | undefined) => FieldNode | undefined;

/** Values of the merge keys of one item; empty where the item has none. */
type KeyValues = readonly string[];

/**
 * Merges the items of a patch into a list by merge keys, the patch's items first. Follows what Kustomize does also where
 * items lack a key (which API servers refuse): such an item takes the place of the others.
 * @throws KustomizeFault when an item has the wrong type
 */
export function mergeListByKeys(
  base: ListNode,
  patch: FieldNode | undefined,
  keys: readonly string[],
  mergeItems: MergeItems,
): FieldNode {
  const sources = [base, patch?.kind === "list" ? patch : undefined];
  const primitive = keys.length === 0;
  const allKeys = primitive ? [""] : keys;
  let tuples = primitive ? distinctTexts(sources) : distinctKeyValues(sources, keys);
  if (allKeys.length > 1) tuples = completedTuples(tuples);
  let merged: FieldNode[] = [];
  let usedKeys: readonly string[] = allKeys;
  for (const tuple of tuples) {
    const used = usedKeyValues(tuples, tuple, allKeys);
    usedKeys = used.keys;
    const exact = usedKeyValues([used.values], used.values, used.keys);
    const [baseItem, patchItem] = sources.map((source) => findItem(source, exact.keys, exact.values));
    const item = mergeItems(baseItem, patchItem);
    if (item === undefined || isNull(item) || isEmptyMap(item)) {
      base.items = withItem(base.items, undefined, used.keys, used.values);
      continue;
    }
    ensureKeys(item, used.keys, used.values);
    merged = withItem(merged, item, used.keys, used.values);
  }
  if (tuples.length === 0) return base;
  return { kind: "list", items: withRest(merged, base.items, usedKeys), origin: base.origin };
}

/** Patch first, then base, as their items come out. */
function inOutputOrder(sources: readonly (ListNode | undefined)[]): readonly FieldNode[] {
  return sources.toReversed().flatMap((source) => source?.items ?? []);
}

function distinctTexts(sources: readonly (ListNode | undefined)[]): readonly KeyValues[] {
  return [...new Set(inOutputOrder(sources).map((item) => textOf(item)))].map((text) => [text]);
}

function distinctKeyValues(sources: readonly (ListNode | undefined)[], keys: readonly string[]): readonly KeyValues[] {
  const tuples = new Map<string, KeyValues>();
  for (const item of inOutputOrder(sources)) {
    const values = keys.map((key) => keyValue(item, key));
    const identity = values.join("\u0000");
    if (!tuples.has(identity)) tuples.set(identity, values);
  }
  return [...tuples.values()];
}

function keyValue(item: FieldNode, key: string): string {
  const field = item.kind === "map" ? item.fields.get(key) : undefined;
  if (field === undefined || isNull(field) || isEmptyMap(field)) return "";
  return textOf(field);
}

/** Items that agree in a key and of which one leaves the other key out count as the same. */
function completedTuples(tuples: readonly KeyValues[]): readonly KeyValues[] {
  const completed = [...tuples];
  for (let one = 0; one < completed.length; one += 1) {
    const values = completed[one] ?? [];
    for (let other = 0; other < completed.length; other += 1) {
      const union = unionOf(values, completed[other] ?? []);
      if (union === undefined) continue;
      completed[one] = union;
      completed[other] = union;
    }
  }
  return completed;
}

function unionOf(one: KeyValues, other: KeyValues): KeyValues | undefined {
  if (!one.some((value, index) => value === other[index])) return undefined;
  const conflicting = one.some((value, index) => value !== "" && other[index] !== "" && value !== other[index]);
  return conflicting ? undefined : one.map((value, index) => (value === "" ? (other[index] ?? "") : value));
}

/** The keys that any of the tuples has, with this tuple's values for them; all keys when none has any. */
function usedKeyValues(
  tuples: readonly KeyValues[],
  tuple: KeyValues,
  keys: readonly string[],
): { readonly keys: readonly string[]; readonly values: KeyValues } {
  const used = keys.map((_, index) => tuples.some((values) => (values[index] ?? "") !== ""));
  if (!used.includes(true)) return { keys, values: tuple };
  return { keys: keys.filter((_, index) => used[index]), values: tuple.filter((_, index) => used[index]) };
}

function findItem(source: ListNode | undefined, keys: readonly string[], values: KeyValues): FieldNode | undefined {
  if (keys[0] === "") return source?.items.find((item) => textOf(item) === values[0]);
  return source?.items.find(
    (item) =>
      item.kind === "map" &&
      keys.every((key, index) => {
        const field = item.fields.get(key);
        return field !== undefined && textOf(field) === values[index];
      }),
  );
}

function ensureKeys(item: FieldNode, keys: readonly string[], values: KeyValues): void {
  if (item.kind !== "map") return;
  for (const [index, key] of keys.entries()) {
    const value = values[index] ?? "";
    if (value !== "" && !item.fields.has(key)) item.fields.set(key, plainScalarNode(value, item.origin));
  }
}

/**
 * The list with `item` in place of those that match, or at the end; without `item`, those that match are removed. Empty
 * items fall away. An empty value matches any; a key without a value matches what the key before it matched.
 */
function withItem(
  items: readonly FieldNode[],
  item: FieldNode | undefined,
  keys: readonly string[],
  values: KeyValues,
): FieldNode[] {
  const result: FieldNode[] = [];
  const findsMaps = keys[0] !== "" && (values[0] ?? "") !== "";
  let placed = false;
  for (const existing of items) {
    if (isNull(existing) || isEmptyMap(existing)) continue;
    if (existing.kind !== "map" && findsMaps) {
      result.push(existing);
      continue;
    }
    if (!matchesItem(existing, keys, values)) {
      if (values.length > 0) result.push(existing);
      continue;
    }
    placed = true;
    if (item !== undefined) result.push(item);
  }
  if (item !== undefined && !isNull(item) && !placed) result.push(item);
  return result;
}

function matchesItem(item: FieldNode, keys: readonly string[], values: KeyValues): boolean {
  let matched = false;
  for (const [index, key] of keys.entries()) {
    const value = values[index];
    if (value !== undefined) matched = matchesKey(item, key, value);
    if (!matched) return false;
  }
  return true;
}

function matchesKey(item: FieldNode, key: string, value: string): boolean {
  if (key === "") {
    if (item.kind !== "scalar") throw new KustomizeFault("a list of values holds something that is no value");
    return textOf(item) === value;
  }
  if (item.kind !== "map") throw new KustomizeFault(`an item of a list that is merged by "${key}" is no mapping`);
  const field = item.fields.get(key);
  return field !== undefined && (value === "" || textOf(field) === value);
}

/** The merged items, then what only the base has. */
function withRest(merged: readonly FieldNode[], rest: readonly FieldNode[], keys: readonly string[]): FieldNode[] {
  let result = [...merged];
  for (const item of rest) {
    if (keys[0] === "") {
      result = withItem(result, item, [""], [textOf(item)]);
      continue;
    }
    const values: string[] = [];
    for (const key of keys) {
      const field = fieldOfItem(item, key);
      if (field === undefined) result.push(item);
      else values.push(textOf(field));
    }
    if (keys.length > 1) result = withItem(result, undefined, keys, values);
    result = withItem(result, item, keys, values);
  }
  return result;
}

function fieldOfItem(item: FieldNode, key: string): FieldNode | undefined {
  if (isMissingOrNull(item)) return undefined;
  if (item.kind !== "map") throw new KustomizeFault(`an item of a list that is merged by "${key}" is no mapping`);
  return item.fields.get(key);
}

function isEmptyMap(node: FieldNode): boolean {
  return node.kind === "map" && node.fields.size === 0;
}
