import { neededBy } from "../graph/deployment-plan.ts";
import { inlineRule } from "../graph/inline-children.ts";
import type { CloudResource, ResourceGraph, ResourceKey, ResourceValue } from "../graph/resource-graph.ts";
import {
  byKey,
  isParameter,
  isPlainObject,
  isReference,
  isResourceList,
  isText,
  type ResourceObject,
} from "../graph/resource-value.ts";

/** A resource as it is compared: without what no target says, maps in one order, order of parts left to the parts. */
export interface CanonicalResource {
  readonly key: string;
  readonly fields: ResourceObject;
}

/**
 * Steps that hold for every target: provenance goes, order between parts goes (each target says it in its own way), maps
 * are sorted, what is empty is left out.
 */
export function canonicalGraph(graph: ResourceGraph): readonly CanonicalResource[] {
  const known = byKey(graph.resources);
  return graph.resources
    .map((resource) => ({
      key: resource.key,
      fields: canonicalFields(resource, orderedBeside(resource, known)),
    }))
    .toSorted((left, right) => (left.key < right.key ? -1 : 1));
}

/** What has to go first within the part, and would not by being referred to. */
function orderedBeside(
  resource: CloudResource,
  known: ReadonlyMap<ResourceKey, CloudResource>,
): (key: ResourceKey) => boolean {
  const rule = inlineRule(resource.type);
  const inside =
    rule === undefined
      ? []
      : [...known.values()].filter(({ parent, type }) => parent === resource.key && rule.childType === type);
  const needed = [resource, ...inside].flatMap(neededBy);
  const implied = new Set([...needed, ...needed.map((key) => known.get(key)?.parent ?? "")]);
  return (key) => known.get(key)?.part === resource.part && !implied.has(key);
}

function canonicalFields(resource: CloudResource, isBeside: (key: string) => boolean): ResourceObject {
  const { tells: _, key: __, dependsOn, identity, ...rest } = resource;
  const fields: { [name: string]: ResourceValue } = {};
  for (const [name, value] of Object.entries({ ...rest, identity })) {
    const canonical = value === undefined ? undefined : canonicalValue(value as ResourceValue);
    if (canonical !== undefined) fields[name] = canonical;
  }
  const after = (dependsOn ?? []).filter(isBeside).toSorted();
  return sortedObject({ ...fields, ...(after.length === 0 ? {} : { dependsOn: after }) });
}

/** Undefined for what says nothing: null, empty maps and lists. */
function canonicalValue(value: ResourceValue): ResourceValue | undefined {
  if (value === null) return undefined;
  if (typeof value !== "object" || isReference(value) || isParameter(value) || isText(value)) return value;
  if (isResourceList(value)) {
    const items = value.flatMap((item) => {
      const canonical = canonicalValue(item);
      return canonical === undefined ? [{}] : [canonical];
    });
    return items.length === 0 ? undefined : items;
  }
  if (!isPlainObject(value)) return value;
  const entries = Object.entries(value).flatMap(([name, entry]) => {
    const canonical = canonicalValue(entry);
    return canonical === undefined ? [] : [[name, canonical] as const];
  });
  return entries.length === 0 ? undefined : sortedObject(Object.fromEntries(entries));
}

function sortedObject(value: ResourceObject): ResourceObject {
  return Object.fromEntries(Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}
