import { isJsonObject } from "../../estate/kubernetes/json-value.ts";

/** A variable that rendering was to replace, such as `${REPLICAS}` of a Flux post-build substitution. */
const variable = /\$\{[^}]*\}/;

/** True when a value, or anything inside it, holds a variable that nothing resolved. Its depth is bounded by the reader. */
export function holdsVariable(value: unknown): boolean {
  if (typeof value === "string") return variable.test(value);
  if (Array.isArray(value)) return value.some(holdsVariable);
  return isJsonObject(value) && Object.entries(value).some(([key, item]) => variable.test(key) || holdsVariable(item));
}
