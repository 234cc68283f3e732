import type {
  CloudResource,
  ResourceGraph,
  ResourceKey,
  ResourceValue,
} from "../../gitops/cloud/graph/resource-graph.ts";
import {
  byKey,
  isPlainObject,
  isReference,
  isResourceList,
  type ResourceObject,
} from "../../gitops/cloud/graph/resource-value.ts";

interface OperatorGap {
  readonly resource: ResourceKey;
  /** Path in the properties, with positions in lists; empty for the whole resource. */
  readonly path: string;
}

/**
 * A graph as far as objects of Azure Service Operator say it: without the gaps, neither parts nor order, which the operator
 * finds by trying again, and without the count of an autoscaled pool, which counts for itself.
 */
export function asOperatorSays(graph: ResourceGraph, gaps: readonly OperatorGap[]): ResourceGraph {
  const known = byKey(graph.resources);
  const byResource = Map.groupBy(gaps, ({ resource }) => resource);
  const resources = graph.resources.flatMap((each): readonly CloudResource[] => {
    const paths = new Set((byResource.get(each.key) ?? []).map(({ path }) => path.replaceAll(/\.\d+(?=\.|$)/g, "")));
    if (paths.has("")) return [];
    const { dependsOn: _, ...resource } = each;
    if (each.properties["enableAutoScaling"] === true) paths.add("count");
    return [{ ...resource, part: "", properties: saidFields(each.properties, "", paths, known) }];
  });
  return { resources };
}

function saidFields(
  fields: ResourceObject,
  path: string,
  gaps: ReadonlySet<string>,
  known: ReadonlyMap<ResourceKey, CloudResource>,
): ResourceObject {
  const entries = Object.entries(fields).flatMap(([name, value]): readonly (readonly [string, ResourceValue])[] => {
    const below = path === "" ? name : `${path}.${name}`;
    return gaps.has(below) ? [] : [[name, saidValue(value, below, gaps, known)]];
  });
  return Object.fromEntries(entries);
}

function saidValue(
  value: ResourceValue,
  path: string,
  gaps: ReadonlySet<string>,
  known: ReadonlyMap<ResourceKey, CloudResource>,
): ResourceValue {
  if (isReference(value) && value.output === "name") return known.get(value.$ref)?.name ?? value;
  if (isResourceList(value)) return value.map((item) => saidElement(item, path, gaps, known));
  return isPlainObject(value) ? saidFields(value, path, gaps, known) : value;
}

/** Objects of the operator have the properties of a list's elements beside their names. */
function saidElement(
  value: ResourceValue,
  path: string,
  gaps: ReadonlySet<string>,
  known: ReadonlyMap<ResourceKey, CloudResource>,
): ResourceValue {
  if (!isPlainObject(value)) return saidValue(value, path, gaps, known);
  const { properties, ...rest } = value;
  const said = saidFields(rest, path, gaps, known);
  if (!isPlainObject(properties)) return properties === undefined ? said : { ...said, properties };
  return { ...said, properties: saidFields(properties, path, gaps, known) };
}
