import { inlineRule } from "./inline-children.ts";
import type { CloudResource, ResourceGraph, ResourceKey } from "./resource-graph.ts";
import { byKey, isPlainObject, isResourceList, resourceKey } from "./resource-value.ts";

/** What could not be read of a written file, and where. */
export interface ReadingProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly problem: string;
}

/** A graph that was read back, with what could not be read. */
export interface ReadGraph {
  readonly graph: ResourceGraph;
  readonly problems: readonly ReadingProblem[];
}

/**
 * Takes children out of their parents, where they were written inside them. A child that stands by itself too is owned
 * twice: each write of one form would undo the other.
 */
export function hoistChildren(resources: readonly CloudResource[]): {
  readonly resources: readonly CloudResource[];
  readonly ownedTwice: readonly ResourceKey[];
} {
  const known = byKey(resources);
  const ownedTwice: ResourceKey[] = [];
  const hoisted = resources.flatMap((resource) => {
    const rule = inlineRule(resource.type);
    const items = rule === undefined ? undefined : resource.properties[rule.property];
    if (rule === undefined || !isResourceList(items)) return [resource];
    const { [rule.property]: _, ...properties } = resource.properties;
    const children = items.flatMap((item): readonly CloudResource[] => {
      if (!isPlainObject(item) || typeof item["name"] !== "string") return [];
      const { name, ...rest } = item;
      const nested = rest["properties"];
      const own = rule.shape === "flat" ? rest : isPlainObject(nested) ? nested : {};
      const child = {
        type: rule.childType,
        name,
        parent: resource.key,
        resourceGroup: undefined,
        subscription: resource.subscription,
        part: resource.part,
        location: undefined,
        properties: own,
        tells: "",
      };
      const key = resourceKey({ ...child, parent: resource });
      if (known.has(key)) ownedTwice.push(key);
      return [{ key, ...child }];
    });
    return [{ ...resource, properties }, ...children];
  });
  return { resources: sortedByKey(hoisted), ownedTwice };
}

export function sortedByKey(resources: readonly CloudResource[]): readonly CloudResource[] {
  return resources.toSorted((left, right) => (left.key < right.key ? -1 : 1));
}
