import { equalValues } from "../../../src/estate/kubernetes/equal-values.ts";
import { isJsonObject } from "../../../src/estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../src/estate/kubernetes/kubernetes-object.ts";
import { objectKeyOf, objectKeyText } from "../../../src/gitops/delivery/object-key.ts";

/** What lands in one place, against the place that it is promoted from. */
export interface LeafDifferences {
  readonly folder: string;
  /** `environment on cluster`; undefined where it lands first, so that all is new. */
  readonly from: string | undefined;
  readonly objects: readonly ObjectDifference[];
  /** Objects that are the same in both. */
  readonly same: number;
}

/** One object that comes, goes or changes. */
export interface ObjectDifference {
  readonly kind: "added" | "removed" | "changed";
  /** `Deployment web`, with the namespace before the name where it has one. */
  readonly object: string;
  /** Of a changed one. */
  readonly fields: readonly FieldDifference[];
}

/** A field whose values differ; a side without it is undefined. */
export interface FieldDifference {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Differences between the objects of two places: by object, then by field. */
export function objectDifferences(
  before: readonly JsonObject[],
  after: readonly JsonObject[],
): { readonly objects: readonly ObjectDifference[]; readonly same: number } {
  const [one, other] = [byKey(before), byKey(after)];
  const keys = [...new Set([...one.keys(), ...other.keys()])].sort();
  const objects = keys.flatMap((key): readonly ObjectDifference[] => {
    const [left, right] = [one.get(key), other.get(key)];
    if (left === undefined) return right === undefined ? [] : [{ kind: "added", object: nameOf(right), fields: [] }];
    if (right === undefined) return [{ kind: "removed", object: nameOf(left), fields: [] }];
    const fields = fieldDifferences(left, right, "");
    return fields.length === 0 ? [] : [{ kind: "changed", object: nameOf(right), fields }];
  });
  return { objects, same: keys.length - objects.length };
}

/** Fields that change, and objects that come or go. */
export function countDifferences(objects: readonly ObjectDifference[]): number {
  return objects.reduce((sum, { kind, fields }) => sum + (kind === "changed" ? fields.length : 1), 0);
}

function byKey(objects: readonly JsonObject[]): ReadonlyMap<string, JsonObject> {
  return new Map(objects.map((object) => [objectKeyText(objectKeyOf(object)), object]));
}

function nameOf(object: JsonObject): string {
  const { kind, namespace, name } = objectKeyOf(object);
  return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}

function fieldDifferences(before: unknown, after: unknown, path: string): readonly FieldDifference[] {
  if (equalValues(before, after)) return [];
  if (isJsonObject(before) && isJsonObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => fieldDifferences(before[key], after[key], pathTo(path, key)));
  }
  const [left, right] = [namedItems(before), namedItems(after)];
  if (left !== undefined && right !== undefined) {
    const names = [...new Set([...left.keys(), ...right.keys()])];
    return names.flatMap((name) => fieldDifferences(left.get(name), right.get(name), `${path}[${name}]`));
  }
  if (isObjectList(before) && isObjectList(after) && before.length === after.length) {
    return before.flatMap((item, index) => fieldDifferences(item, after[index], `${path}[${index}]`));
  }
  return [{ path, before: textOf(before), after: textOf(after) }];
}

/** A list of objects; one without names changes item by item, where none comes or goes. */
function isObjectList(value: unknown): value is readonly JsonObject[] {
  return Array.isArray(value) && value.every(isJsonObject);
}

/** Items of a list by their names, where all have one: containers, ports, variables. */
function namedItems(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (!Array.isArray(value)) return undefined;
  const named = value.flatMap((item): readonly (readonly [string, unknown])[] =>
    isJsonObject(item) && typeof item["name"] === "string" ? [[item["name"], item]] : [],
  );
  const items = new Map(named);
  return items.size === value.length ? items : undefined;
}

function pathTo(path: string, key: string): string {
  if (!/^[\w-]+$/.test(key)) return `${path}["${key}"]`;
  return path === "" ? key : `${path}.${key}`;
}

const shownLength = 400;

function textOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length <= shownLength ? text : `${text.slice(0, shownLength - 1)}…`;
}
