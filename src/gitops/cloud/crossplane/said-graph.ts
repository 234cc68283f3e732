import { asTerraformSays } from "../equality/target-graph.ts";
import type { CloudResource, ResourceGraph, ResourceKey, ResourceValue } from "../graph/resource-graph.ts";
import { byKey, isPlainObject, isReference, isResourceList, type ResourceObject } from "../graph/resource-value.ts";
import type { CrossplaneGap } from "./managed-resource.ts";

/**
 * A graph as far as Crossplane says it: what Terraform says but for the gaps, names as they are written, neither parts nor
 * order, which controllers find by trying again.
 */
export function asCrossplaneSays(graph: ResourceGraph, gaps: readonly CrossplaneGap[]): ResourceGraph {
  const known = byKey(graph.resources);
  const byResource = Map.groupBy(gaps, ({ resource }) => resource);
  const whole = new Set(gaps.filter(({ path }) => path === "").map(({ resource }) => resource));
  const said = graph.resources.filter(({ key }) => !whole.has(key));
  return {
    resources: asTerraformSays({ resources: said }).resources.map((each) => {
      const { dependsOn: _, ...resource } = each;
      const paths = new Set((byResource.get(resource.key) ?? []).map(({ path }) => path));
      return saidResource({ ...resource, part: "" }, paths, known);
    }),
  };
}

function saidResource(
  resource: CloudResource,
  gaps: ReadonlySet<string>,
  known: ReadonlyMap<ResourceKey, CloudResource>,
): CloudResource {
  return { ...resource, properties: saidFields(resource.properties, "properties", gaps, known) };
}

function saidFields(
  fields: ResourceObject,
  path: string,
  gaps: ReadonlySet<string>,
  known: ReadonlyMap<ResourceKey, CloudResource>,
): ResourceObject {
  const entries = Object.entries(fields).flatMap(([name, value]): readonly (readonly [string, ResourceValue])[] => {
    const below = `${path}.${name}`;
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
  if (isResourceList(value)) return value.map((item) => saidValue(item, `${path}[]`, gaps, known));
  return isPlainObject(value) ? saidFields(value, path, gaps, known) : value;
}
