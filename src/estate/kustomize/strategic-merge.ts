import { type FieldNode, inStyleOf, isMissingOrNull, isNull, type MapNode, textOf, withTag } from "./field-node.ts";
import { KustomizeFault } from "./kustomize-fault.ts";
import { takeListDirective, takeMapDirective } from "./merge-directive.ts";
import { mergeListByKeys } from "./merge-list.ts";
import { fieldSchema, type MergeSchema, mergeSchemaOf } from "./merge-schema.ts";
import { compareTexts } from "./resource-order.ts";
import { resourceType } from "./resource-type.ts";

type Optional = FieldNode | undefined;

/**
 * Applies a strategic merge patch as Kustomize does. Changes `base`, and takes nodes over from `patch`, which the caller
 * gives away. Undefined: the patch deletes the resource.
 * @throws KustomizeFault when both have a field of different types
 */
export function applyStrategicMerge(base: MapNode, patch: MapNode): MapNode | undefined {
  const merged = mergeNodes(base, patch, undefined);
  return merged?.kind === "map" ? merged : undefined;
}

function mergeNodes(base: Optional, patch: Optional, known: MergeSchema | undefined): Optional {
  const kinds = [base, patch].flatMap((node) => (node === undefined || isNull(node) ? [] : [node.kind]));
  const [kind, otherKind = kind] = kinds;
  if (kind !== otherKind) throw new KustomizeFault(`a ${kind} cannot be merged with a ${otherKind}`);
  const schema = known ?? embeddedSchema(base) ?? embeddedSchema(patch);
  if (kind === "scalar") return mergeScalars(base, patch);
  if (kind === "list") return schema?.kind === "list" ? mergeLists(base, patch, schema) : (patch ?? base);
  return mergeMaps(base, patch, schema);
}

/** The patch wins; where it only repeats a text, such as a merge key, the base keeps the credit. */
function mergeScalars(base: Optional, patch: Optional): Optional {
  if (patch === undefined) return base;
  if (base?.kind !== "scalar" || patch.kind !== "scalar" || patch.value === null) return patch;
  const repeated = typeof patch.value === "string" && base.value === patch.value && base.text === patch.text;
  return repeated ? base : inStyleOf(base, patch);
}

/** The schema of a whole object, also of one inside a custom resource. */
function embeddedSchema(node: Optional): MergeSchema | undefined {
  if (node?.kind !== "map") return undefined;
  const apiVersion = textOf(node.fields.get("apiVersion"));
  const kind = textOf(node.fields.get("kind"));
  return apiVersion === "" || kind === "" ? undefined : mergeSchemaOf(resourceType(apiVersion, kind));
}

function mergeMaps(base: Optional, patch: Optional, schema: MergeSchema | undefined): Optional {
  const target = mergedMap(base, patch);
  if (target?.kind !== "map") return target;
  const patchFields = patch?.kind === "map" ? patch.fields : new Map<string, FieldNode>();
  const names = [...new Set([...target.fields.keys(), ...patchFields.keys()])].sort(compareTexts);
  for (const name of names) {
    const targetField = target.fields.get(name);
    const patchField = patchFields.get(name);
    const merged = mergeNodes(targetField, patchField, fieldSchema(schema, name));
    // A null that only the base has was written on purpose and stays; every other null deletes.
    const isKeptNull = patchField === undefined && merged !== undefined && merged === targetField;
    if (merged === undefined || (isNull(merged) && !isKeptNull)) target.fields.delete(name);
    else target.fields.set(name, withTag(merged));
  }
  return target;
}

/** The mapping that the result is built in; undefined or null when there is none. */
function mergedMap(base: Optional, patch: Optional): Optional {
  if (base === undefined || isNull(base)) {
    if (patch?.kind === "map" && takeMapDirective(patch, "ignoreUnknown") === "delete") return undefined;
    if (patch !== undefined || base === undefined) return patch;
    // `field:` with nothing behind it is dropped, `field: null` is kept.
    return textOf(base) === "" ? undefined : base;
  }
  if (patch === undefined) return base;
  if (patch.kind !== "map") return undefined;
  switch (takeMapDirective(patch, "refuseUnknown")) {
    case "delete":
      return undefined;
    case "replace":
      return patch;
    case "merge":
      return base;
  }
}

function mergeLists(base: Optional, patch: Optional, schema: Extract<MergeSchema, { kind: "list" }>): Optional {
  const target = mergedList(base, patch);
  if (target?.kind !== "list") return target;
  return mergeListByKeys(target, patch, schema.keys, (one, other) => mergeNodes(one, other, schema.item));
}

function mergedList(base: Optional, patch: Optional): Optional {
  if (isMissingOrNull(base)) return patch;
  if (patch === undefined) return base;
  if (patch.kind !== "list") return undefined;
  switch (takeListDirective(patch)) {
    case "delete":
      return undefined;
    case "replace":
      return patch;
    case "merge":
      return base;
  }
}
