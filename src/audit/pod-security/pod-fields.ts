import { isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";

/** A value that is stated and cannot be read: of the wrong type, or with a variable that nothing resolved. */
export const unreadable: unique symbol = Symbol("unreadable");
export type Unreadable = typeof unreadable;

/** A variable that rendering was to replace, such as `${LEVEL}` of a Flux post-build substitution. */
const variable = /\$\{[^}]*\}/;

/** Null counts as absent, as the API server decodes it. */
export function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

/** The value at a path below an object. It is unreadable where something on the way is no mapping. */
export function fieldAt(value: unknown, path: FieldPath): unknown {
  let current = value;
  for (const step of path) {
    if (isAbsent(current)) return undefined;
    if (!isJsonObject(current)) return unreadable;
    current = Object.hasOwn(current, step) ? current[step] : undefined;
  }
  return current;
}

export function booleanAt(value: unknown, path: FieldPath): boolean | undefined | Unreadable {
  const found = fieldAt(value, path);
  if (isAbsent(found)) return undefined;
  return typeof found === "boolean" ? found : unreadable;
}

export function integerAt(value: unknown, path: FieldPath): number | undefined | Unreadable {
  const found = fieldAt(value, path);
  if (isAbsent(found)) return undefined;
  return typeof found === "number" && Number.isInteger(found) ? found : unreadable;
}

export function textAt(value: unknown, path: FieldPath): string | undefined | Unreadable {
  const found = fieldAt(value, path);
  if (isAbsent(found)) return undefined;
  return readableText(found) ?? unreadable;
}

/** The text, where it is one that holds no variable. */
export function readableText(value: unknown): string | undefined {
  return typeof value === "string" && !variable.test(value) ? value : undefined;
}

/** A list; empty when it is absent. */
export function listAt(value: unknown, path: FieldPath): readonly unknown[] | Unreadable {
  const found = fieldAt(value, path);
  if (isAbsent(found)) return [];
  return Array.isArray(found) ? found : unreadable;
}

/** A mapping; undefined when it is absent. */
export function objectAt(value: unknown, path: FieldPath): JsonObject | undefined | Unreadable {
  const found = fieldAt(value, path);
  if (isAbsent(found)) return undefined;
  return isJsonObject(found) ? found : unreadable;
}
