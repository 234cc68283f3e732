import type { JsonObject } from "./kubernetes-object.ts";

/** Values by name; what is read loosely from a manifest where Kubernetes has a map of strings. */
export interface StringMap {
  readonly [key: string]: string;
}

const emptyObject: JsonObject = {};

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value as an object; an empty one when it is anything else. */
export function asObject(value: unknown): JsonObject {
  return isJsonObject(value) ? value : emptyObject;
}

/** The value as a list; an empty one when it is anything else. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A non-empty text; undefined otherwise. */
export function asText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/**
 * The text that a scalar was most probably meant to be. Kubernetes refuses a number or boolean where a string is wanted;
 * that is reported where types are checked, and joins still work on what was meant.
 */
export function asLooseText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

export function asInteger(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) ? value : undefined;
}

/** A map of strings; entries that are no scalar are left out, null counts as empty (as the API server decodes it). */
export function asStringMap(value: unknown): StringMap {
  if (!isJsonObject(value)) return {};
  const entries: [string, string][] = [];
  for (const [key, entry] of Object.entries(value)) {
    const text = entry === null ? "" : asLooseText(entry);
    if (text !== undefined) entries.push([key, text]);
  }
  return Object.fromEntries(entries);
}

/** Descends by object keys and list indices; undefined as soon as something is missing. */
export function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  let current: unknown = value;
  for (const step of path) {
    if (typeof step === "number") current = Array.isArray(current) ? current[step] : undefined;
    else current = isJsonObject(current) && Object.hasOwn(current, step) ? current[step] : undefined;
    if (current === undefined) return undefined;
  }
  return current;
}
