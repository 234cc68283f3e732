import type { CloudField } from "../../../catalog/cloud-fields.ts";
import { asList, isJsonObject } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { ResourceValue } from "../graph/resource-graph.ts";
import { readBack } from "./conversions.ts";

type Index = number | string;

interface Found {
  readonly indexes: readonly Index[];
  readonly values: readonly unknown[];
}

/** Result while it grows: plain objects and arrays. */
interface Growing {
  [name: string]: unknown;
}

/** Fields of Azure Resource Manager that the arguments and blocks of a body say. */
export function decodeFields(
  body: JsonObject,
  fields: readonly CloudField[],
  resolve: (value: unknown) => ResourceValue,
): { readonly [name: string]: ResourceValue } {
  const result: Growing = {};
  for (const [arm, path, conversion] of fields) {
    if (conversion?.startsWith("association") === true) continue;
    if (conversion === "present") {
      if (asList(body[path]).length > 0) grow(result, arm, [], true);
      continue;
    }
    for (const { indexes, values } of find(body, path)) {
      const resolved = values.map((value) => (value === undefined ? undefined : resolve(value)));
      const value = readBack(conversion === "onlyItem" ? undefined : conversion, resolved);
      if (value !== undefined) grow(result, arm, conversion === "onlyItem" ? [0] : indexes, value);
    }
  }
  return result as { readonly [name: string]: ResourceValue };
}

/** Arguments at a path; for several that make one field, those of the first decide how often there is one. */
function find(body: JsonObject, path: string): readonly Found[] {
  const [first = "", ...others] = path.split("+");
  return descend(body, first.split("."), []).map(({ indexes, value }) => ({
    indexes,
    values: [
      value,
      ...others.map(
        (other) => descend(body, other.split("."), []).find((entry) => same(entry.indexes, indexes))?.value,
      ),
    ],
  }));
}

function same(one: readonly Index[], other: readonly Index[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

interface Reached {
  readonly indexes: readonly Index[];
  readonly value: unknown;
}

function descend(body: unknown, segments: readonly string[], indexes: readonly Index[]): readonly Reached[] {
  const [segment, ...rest] = segments;
  if (segment === undefined) return [{ indexes, value: body }];
  if (!isJsonObject(body)) return [];
  const name = segment.replace(/[[{][\]}]$/, "");
  const value = body[name];
  if (value === undefined || value === null) return [];
  if (segment.endsWith("[]")) {
    return asList(value).flatMap((item, index) => descend(item, rest, [...indexes, index]));
  }
  if (segment.endsWith("{}")) {
    return asList(value).flatMap((item) =>
      descend(item, rest, [...indexes, String(isJsonObject(item) ? item["name"] : "")]),
    );
  }
  // A block that stands once is a list of one.
  const below = rest.length > 0 && Array.isArray(value) ? (value as readonly unknown[])[0] : value;
  return descend(below, rest, indexes);
}

/** Puts a value at an ARM path, making what is above it. */
function grow(root: Growing, path: string, indexes: readonly Index[], value: unknown): void {
  const steps = stepsOf(path, indexes);
  let current: Growing | unknown[] = root;
  for (const [position, step] of steps.entries()) {
    const next = steps[position + 1];
    const target: Growing = current as Growing;
    if (next === undefined) {
      target[step] = value;
      return;
    }
    target[step] ??= typeof next === "number" ? [] : {};
    current = target[step] as Growing;
  }
}

function stepsOf(path: string, indexes: readonly Index[]): readonly (string | number)[] {
  const keys = [...indexes];
  return path.split(".").flatMap((segment): readonly (string | number)[] => {
    const name = segment.replace(/[[{][\]}]$/, "");
    if (name === segment) return [name];
    return [name, keys.shift() ?? 0];
  });
}
