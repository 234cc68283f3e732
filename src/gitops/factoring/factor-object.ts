import { equalValues } from "../../estate/kubernetes/equal-values.ts";
import { isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { AxisGroup } from "./axis-groups.ts";
import { chooseValues } from "./choose-values.ts";
import type { PatchOperation } from "./factored-unit.ts";
import { OPERATION_SIZE, writtenSize } from "./written-size.ts";

/** One object in all its forms: what it starts as, and what each group of leaves changes of it. */
export interface FactoredObject {
  readonly base: JsonObject;
  readonly operations: readonly GroupOperation[];
}

interface GroupOperation {
  readonly group: AxisGroup;
  readonly operation: PatchOperation;
}

interface FactoredValue {
  /** `absent` where the base does not have it. */
  readonly base: unknown;
  readonly operations: readonly GroupOperation[];
  readonly size: number;
}

type Path = readonly (string | number)[];

const absent = Symbol("absent");

/**
 * Factors the forms that an object has at some leaves. `groups` are those whose leaves all have the object when they
 * apply; the last of each leaf must be a group of its own. Leaves that lose the object later have no form.
 */
export function factorObject(
  forms: readonly (JsonObject | undefined)[],
  groups: readonly AxisGroup[],
): FactoredObject | undefined {
  const { base, operations } = factorValue(forms, groups, []);
  return isJsonObject(base) ? { base, operations } : undefined;
}

function factorValue(values: readonly unknown[], groups: readonly AxisGroup[], path: Path): FactoredValue {
  const known = values.filter((value) => value !== undefined);
  const [first] = known;
  if (known.every((value) => equalValues(value, first))) {
    return { base: first, operations: [], size: first === absent ? 0 : writtenSize(first) };
  }
  if (known.every(isJsonObject) && keepsItsMap(known, path)) return factorMap(values, known, groups, path);
  const whole = factorWhole(values, groups, path);
  if (!known.every(isList) || new Set(known.map(({ length }) => length)).size > 1) return whole;
  const byItem = factorList(values, groups, path);
  return byItem.size < whole.size ? byItem : whole;
}

/** Kustomize drops labels and annotations that are empty, and nothing could be added to them any more. */
function keepsItsMap(maps: readonly JsonObject[], path: Path): boolean {
  if (path.length === 0) return true;
  const isMetadata = path.at(-1) === "labels" || path.at(-1) === "annotations";
  const [first = {}, ...rest] = maps;
  return (
    !isMetadata ||
    Object.keys(first).some((key) => rest.every((map) => Object.hasOwn(map, key) && equalValues(map[key], first[key])))
  );
}

function factorMap(
  values: readonly unknown[],
  maps: readonly JsonObject[],
  groups: readonly AxisGroup[],
  path: Path,
): FactoredValue {
  const keys = [...new Set(maps.flatMap((map) => Object.keys(map)))].sort();
  const base: { [key: string]: unknown } = {};
  const operations: GroupOperation[] = [];
  let size = 2;
  for (const key of keys) {
    const entries = values.map((value) => {
      if (!isJsonObject(value)) return undefined;
      return Object.hasOwn(value, key) ? value[key] : absent;
    });
    const entry = factorValue(entries, groups, [...path, key]);
    // Plain assignment would set the prototype for a key of that name.
    if (entry.base !== absent) Object.defineProperty(base, key, { value: entry.base, ...ownProperty });
    operations.push(...entry.operations);
    size += entry.size + (entry.base === absent ? 0 : key.length + 4);
  }
  return { base, operations, size };
}

const ownProperty = { enumerable: true, configurable: true, writable: true } as const;

function factorList(values: readonly unknown[], groups: readonly AxisGroup[], path: Path): FactoredValue {
  const length = values.find(isList)?.length ?? 0;
  const items = Array.from({ length }, (_, index) =>
    factorValue(
      values.map((value) => (isList(value) ? value[index] : undefined)),
      groups,
      [...path, index],
    ),
  );
  return {
    base: items.map(({ base }) => base),
    operations: items.flatMap(({ operations }) => operations),
    size: items.reduce((sum, { size }) => sum + size + 2, 2),
  };
}

/** The value is written whole wherever it changes. */
function factorWhole(values: readonly unknown[], groups: readonly AxisGroup[], path: Path): FactoredValue {
  const forms: unknown[] = [];
  const wanted = values.map((value) => {
    if (value === undefined) return undefined;
    const known = forms.findIndex((form) => equalValues(form, value));
    return known >= 0 ? known : forms.push(value) - 1;
  });
  const sizes = forms.map((form) => (form === absent ? 0 : writtenSize(form)));
  const isItem = typeof path.at(-1) === "number";
  const operationSize = OPERATION_SIZE + writtenSize(path);
  const chosen = chooseValues(
    {
      wanted,
      baseCost: sizes,
      changeCost: sizes.map((size) => size + operationSize),
      // A removal must find something on every leaf that it hits.
      allows: ({ leaves }, form, current) =>
        forms[form] !== absent || leaves.every((leaf) => forms[current[leaf] ?? form] !== absent),
    },
    groups,
  );
  const operations = chosen.changes.map(({ group, form, before }): GroupOperation => {
    if (forms[form] === absent) return { group, operation: { op: "remove", path } };
    const isThere = isItem || before.every((each) => forms[each] !== absent);
    return { group, operation: { op: isThere ? "replace" : "add", path, value: forms[form] } };
  });
  return { base: forms[chosen.base], operations, size: chosen.cost };
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
