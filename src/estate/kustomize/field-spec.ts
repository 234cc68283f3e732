import { type FieldNode, isNull, type MapNode, mapNode, scalarNode } from "./field-node.ts";
import type { FieldOrigin } from "./field-origin.ts";
import { type FieldSlot, fieldSlot, itemSlot, rootSlot } from "./field-slot.ts";
import { KustomizeFault } from "./kustomize-fault.ts";
import { isSelectedType, type ResourceType, type TypeSelector } from "./resource-type.ts";

/**
 * Fields that a transformer changes: those at `path` in every resource of the selected types. The path leaves lists
 * out: `spec/containers/image` is the image of each container. A step ending in `[]` must be a list.
 */
export interface FieldSpec extends TypeSelector {
  readonly path: string;
  /** The field, and the mappings on the way to it, are created when they are missing. */
  readonly create: boolean;
}

export interface FieldVisit {
  readonly type: ResourceType;
  readonly spec: FieldSpec;
  /** What to create at the end of the path; undefined: nothing is ever created. */
  readonly created?: { readonly kind: "scalar" | "map"; readonly origin: FieldOrigin };
  readonly visit: (slot: FieldSlot) => void;
}

/**
 * Calls `visit` for each field that the spec names in a resource.
 * @throws KustomizeFault when the path leads through a scalar
 */
export function visitFields(root: MapNode, visit: FieldVisit): void {
  if (!isSelectedType(visit.type, visit.spec)) return;
  descend(rootSlot(root), stepsOf(visit.spec), visit);
}

function descend(slot: FieldSlot, path: readonly string[], visit: FieldVisit): void {
  if (path.length === 0) {
    visit.visit(slot);
    return;
  }
  const { node } = slot;
  switch (node.kind) {
    case "list":
      node.items.forEach((item, index) => {
        descend(itemSlot(node, index, item), path, visit);
      });
      return;
    case "map":
      descendField(node, path, visit);
      return;
    case "scalar":
      if (isNull(node)) return;
      throw new KustomizeFault("a value stands where the path needs a mapping or a list");
  }
}

function descendField(map: MapNode, path: readonly string[], visit: FieldVisit): void {
  const [step = "", ...rest] = path;
  const isList = step.endsWith("[]");
  const name = isList ? step.slice(0, -2) : step;
  if (name === "") throw new KustomizeFault("the path has an empty step");
  const created = visit.spec.create && !isList ? visit.created : undefined;
  const makeEmpty = emptyNode(isList, rest.length === 0, created, map.origin);
  const existing = map.fields.get(name);
  const node =
    existing === undefined
      ? created === undefined
        ? undefined
        : makeEmpty?.()
      : isNull(existing)
        ? (makeEmpty?.() ?? existing)
        : existing;
  if (node === undefined) return;
  if (node !== existing) map.fields.set(name, node);
  descend(fieldSlot(map, name, node), rest, visit);
}

/** What a missing or null field becomes; undefined: it stays as it is. */
function emptyNode(
  isList: boolean,
  isLast: boolean,
  created: FieldVisit["created"],
  origin: FieldOrigin,
): (() => FieldNode) | undefined {
  if (isList) return () => ({ kind: "list", items: [], origin });
  if (created === undefined) return undefined;
  if (isLast && created.kind === "scalar") return () => scalarNode("", created.origin);
  return () => mapNode(created.origin);
}

/** Steps of the specs that were used so far; the same few are used for every resource. */
const knownSteps = new WeakMap<FieldSpec, readonly string[]>();

function stepsOf(spec: FieldSpec): readonly string[] {
  const known = knownSteps.get(spec);
  if (known !== undefined) return known;
  const steps = pathSteps(spec.path, "/");
  knownSteps.set(spec, steps);
  return steps;
}

/** The steps of a path; a backslash keeps the separator that follows it, and a leading separator is dropped. */
export function pathSteps(path: string, separator: string): string[] {
  const parts = path.split(separator);
  if (parts.length > 1 && parts[0] === "") parts.shift();
  const steps: string[] = [];
  for (const part of parts) {
    const last = steps.at(-1);
    if (last?.endsWith("\\")) steps[steps.length - 1] = `${last.slice(0, -1)}${separator}${part}`;
    else steps.push(part);
  }
  return steps;
}
