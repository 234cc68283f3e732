import { dump } from "js-yaml";
import { isJsonObject, valueAt } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { ChangeTarget, ManifestChange } from "../manifest-change.ts";

/** Fields by which a person knows an item of a list; they are shown beside what changes in it. */
const identifyingFields = ["name", "topologyKey", "containerPort", "port", "type"];

/** A part of the patch under way; list items stay at the index they have in the object. */
type Fragment = Map<string | number, Fragment | { readonly value: unknown }>;

/**
 * Changes as YAML to read: for each object a fragment with the fields that are set, `null` for those that are removed, and
 * objects to add as a whole. `objectAt` gives an object as rendered, so that items of its lists can be named.
 */
export function changesAsPatch(
  changes: readonly ManifestChange[],
  objectAt: (target: ChangeTarget) => JsonObject | undefined,
): string {
  const added = changes.flatMap((change) => (change.kind === "add" ? [change.manifest] : []));
  const changed = changes.flatMap((change) => (change.kind === "add" ? [] : [change]));
  const fragments = [...Map.groupBy(changed, ({ target }) => targetKey(target)).values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ target: first.target, fragment: fragmentOf(group) }];
  });
  const texts = fragments.map(({ target, fragment }) => {
    const body = asYamlValue(fragment, objectAt(target), []);
    // One object among several says which it is.
    return dumpYaml(fragments.length + added.length === 1 ? body : { ...heading(target), ...asRecord(body) });
  });
  return [...texts, ...added.map(dumpYaml)].join("---\n");
}

function targetKey({ apiVersion, kind, namespace, name }: ChangeTarget): string {
  return [apiVersion, kind, namespace ?? "", name].join("\n");
}

function heading({ apiVersion, kind, name }: ChangeTarget): JsonObject {
  return { apiVersion, kind, metadata: { name } };
}

function fragmentOf(changes: readonly Exclude<ManifestChange, { readonly kind: "add" }>[]): Fragment {
  const root: Fragment = new Map();
  for (const change of changes) {
    let current = root;
    for (const step of change.path.slice(0, -1)) {
      const below = current.get(step);
      const next: Fragment = below instanceof Map ? below : new Map();
      current.set(step, next);
      current = next;
    }
    const last = change.path.at(-1);
    if (last !== undefined) current.set(last, { value: change.kind === "set" ? change.value : null });
  }
  return root;
}

function asYamlValue(fragment: Fragment, object: JsonObject | undefined, path: readonly (string | number)[]): unknown {
  const entries = [...fragment].map(([step, part]) => {
    if (!(part instanceof Map)) return [step, part.value] as const;
    const value = asYamlValue(part, object, [...path, step]);
    return [step, typeof step === "number" ? identified(value, valueAt(object, [...path, step])) : value] as const;
  });
  const isList = entries.every(([step]) => typeof step === "number");
  return isList ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

/** An item of a list with the field first that tells it from the others. */
function identified(value: unknown, item: unknown): unknown {
  if (!isJsonObject(value) || !isJsonObject(item)) return value;
  const field = identifyingFields.find((name) => item[name] !== undefined);
  return field === undefined ? value : { [field]: item[field], ...value };
}

function asRecord(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

function dumpYaml(value: unknown): string {
  return dump(value, { lineWidth: -1, noRefs: true });
}
