import type { ManifestChange } from "../../../src/audit/manifest-change.ts";
import { isJsonObject } from "../../../src/estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../src/estate/kubernetes/kubernetes-object.ts";

type FieldChange = Exclude<ManifestChange, { readonly kind: "add" }>;

/** The object with a field set or taken away; what leads to a field that is set is made. */
export function applyChange(object: JsonObject, change: FieldChange): JsonObject {
  const changed = changedAt(object, change.path, change);
  return isJsonObject(changed) ? changed : object;
}

function changedAt(value: unknown, path: FieldChange["path"], change: FieldChange): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return change.kind === "set" ? change.value : undefined;
  return typeof step === "number" ? changedItem(value, step, rest, change) : changedField(value, step, rest, change);
}

function changedField(value: unknown, name: string, rest: FieldChange["path"], change: FieldChange): unknown {
  const object = isJsonObject(value) ? value : {};
  if (change.kind === "remove" && !(name in object)) return value;
  if (rest.length === 0 && change.kind === "remove") {
    return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
  }
  return { ...object, [name]: changedAt(object[name], rest, change) };
}

function changedItem(value: unknown, index: number, rest: FieldChange["path"], change: FieldChange): unknown {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  if (change.kind === "remove" && index >= list.length) return value;
  if (rest.length === 0 && change.kind === "remove") return list.filter((_, position) => position !== index);
  const at = Math.min(index, list.length);
  return [...list.slice(0, at), changedAt(list[at], rest, change), ...list.slice(at + 1)];
}
