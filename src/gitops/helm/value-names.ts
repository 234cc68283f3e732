import { valueAt } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { ObjectKey } from "../delivery/object-key.ts";
import type { ChartField, FieldPath } from "./chart-field.ts";

/** Keys from the root of the values, such as `["ordersApi", "deployment", "replicas"]`. */
export type ValuePath = readonly string[];

/** Whether the object is there at all, where not all places have it. */
export const ENABLED = "enabled";

/** The value path of each object, in their order: its name, then its kind, and what else it takes to be the only one. */
export function objectPaths(keys: readonly ObjectKey[]): readonly ValuePath[] {
  const taken = new Set<string>();
  return keys.map(({ name, kind, namespace, group }) => {
    const candidates = [
      [name, kind],
      [name, `${kind} in ${namespace ?? "cluster"}`],
      [name, `${kind} in ${namespace ?? "cluster"} of ${group}`],
    ].map(([first = "", second = ""]) => [camelCase(first), camelCase(second)]);
    return free(candidates, taken);
  });
}

/** The value paths of an object's fields, in their order: as short as they can be while none is within another. */
export function fieldPaths(fields: readonly ChartField[], version: JsonObject): readonly ValuePath[] {
  const short = fields.map(({ path }) => named(withoutPrefix(path), path, version));
  return areApart(short) ? short : fields.map(({ path }) => named(path, path, version));
}

/** Numbers and names of any form as an identifier: `orders-api` is `ordersApi`. */
function camelCase(text: string): string {
  const words = text.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const joined = words
    .map((word, index) => (index === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1))
    .join("");
  return /^[a-z]/.test(joined) ? joined : `v${joined}`;
}

function free(candidates: readonly ValuePath[], taken: Set<string>): ValuePath {
  for (let round = 1; ; round += 1) {
    for (const path of candidates) {
      const candidate = round === 1 ? path : [...path.slice(0, -1), `${path.at(-1)}${round}`];
      const key = candidate.join(".");
      if (taken.has(key)) continue;
      taken.add(key);
      return candidate;
    }
  }
}

function withoutPrefix(path: FieldPath): FieldPath {
  const pod = path[0] === "spec" && path[1] === "template" && path[2] === "spec" ? path.slice(3) : path;
  const short = pod[0] === "spec" ? pod.slice(1) : pod;
  return short.length === 0 ? path : short;
}

/** Elements of lists go by their name where that is theirs alone. */
function named(path: FieldPath, whole: FieldPath, version: JsonObject): ValuePath {
  const skipped = whole.length - path.length;
  return path.map((step, index) => {
    if (typeof step === "string") return step;
    const list = valueAt(version, whole.slice(0, skipped + index));
    const names = Array.isArray(list) ? list.map((element) => valueAt(element, ["name"])) : [];
    const name = names[step];
    const isUnique = typeof name === "string" && names.filter((other) => other === name).length === 1;
    return isUnique ? name : `item${step + 1}`;
  });
}

function areApart(paths: readonly ValuePath[]): boolean {
  const texts = paths.map((path) => `${path.join("\n")}\n`);
  const isEnabled = texts.includes(`${ENABLED}\n`);
  return (
    !isEnabled && texts.every((text, index) => texts.every((other, at) => at === index || !other.startsWith(text)))
  );
}
