import { isJsonObject } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { ManagedResource } from "./managed-resource.ts";

/** Fields of `forProvider` that all objects have with one value; references and what is filled in are of each alone. */
export function commonFields(objects: readonly ManagedResource[]): JsonObject {
  const own = objects.map(({ forProvider, replacements }) =>
    ownFields(forProvider, "spec.forProvider", new Set(replacements.map(({ fieldPath }) => fieldPath))),
  );
  const [first = {}, ...others] = own;
  return others.reduce(inBoth, first);
}

function ownFields(fields: JsonObject, at: string, replaced: ReadonlySet<string>): JsonObject {
  const entries = Object.entries(fields).flatMap(([name, value]): readonly (readonly [string, unknown])[] => {
    const path = `${at}.${name}`;
    const isFilledIn = [...replaced].some((field) => field === path || isItemOf(field, path));
    if (/Refs?$/.test(name) || isFilledIn) return [];
    if (!isJsonObject(value)) return [[name, value]];
    const below = ownFields(value, path, replaced);
    return Object.keys(below).length === 0 && Object.keys(value).length > 0 ? [] : [[name, below]];
  });
  return Object.fromEntries(entries);
}

function isItemOf(field: string, path: string): boolean {
  return field.startsWith(`${path}.`) && /^\d+(?:\.|$)/.test(field.slice(path.length + 1));
}

function inBoth(one: JsonObject, other: JsonObject): JsonObject {
  const entries = Object.entries(one).flatMap(([name, value]): readonly (readonly [string, unknown])[] => {
    const its = other[name];
    if (JSON.stringify(value) === JSON.stringify(its)) return [[name, value]];
    if (!isJsonObject(value) || !isJsonObject(its)) return [];
    const below = inBoth(value, its);
    return Object.keys(below).length === 0 ? [] : [[name, below]];
  });
  return Object.fromEntries(entries);
}
