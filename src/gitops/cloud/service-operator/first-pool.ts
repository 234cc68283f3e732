import type { CloudResource, ResourceGraph, ResourceKey } from "../graph/resource-graph.ts";

/** The pool that is written within its cluster, by key of the cluster: the first system pool by name. */
export function firstPools({ resources }: ResourceGraph): ReadonlyMap<ResourceKey, CloudResource> {
  const pools = new Map<ResourceKey, CloudResource>();
  for (const resource of resources) {
    const { type, parent, properties, name } = resource;
    if (type !== "Microsoft.ContainerService/managedClusters/agentPools" || parent === undefined) continue;
    const first = pools.get(parent);
    if (properties["mode"] === "System" && (first === undefined || name < first.name)) pools.set(parent, resource);
  }
  return pools;
}
