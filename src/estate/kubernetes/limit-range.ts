import { firstStated, readComputeResources } from "./compute-resources.ts";
import { asList, asObject } from "./json-value.ts";
import { type ObjectIndex, scopeKey } from "./object-index.ts";
import type { ComputeResources } from "./workload.ts";

/** What a namespace's LimitRanges fill into containers that state nothing. */
export interface ContainerDefaults {
  readonly requests: ComputeResources;
  readonly limits: ComputeResources;
}

/**
 * Container defaults by scope. A missing default limit is the maximum; a missing default request is the default limit,
 * else the minimum (API defaulting of LimitRange items). Several LimitRanges apply in order of their names.
 */
export function readContainerDefaults(index: ObjectIndex): ReadonlyMap<string, ContainerDefaults> {
  const byScope = Map.groupBy(index.ofKind("LimitRange"), scopeKey);
  const defaults = new Map<string, ContainerDefaults>();
  for (const [scope, ranges] of byScope) {
    const items = ranges
      .toSorted((left, right) => (left.object.name < right.object.name ? -1 : 1))
      .flatMap(({ object }) => asList(asObject(object.value.spec).limits))
      .map((item) => itemDefaults(asObject(item)))
      .filter((item) => item !== undefined);
    if (items.length === 0) continue;
    defaults.set(scope, {
      requests: firstStated(...items.map(({ requests }) => requests)),
      limits: firstStated(...items.map(({ limits }) => limits)),
    });
  }
  return defaults;
}

function itemDefaults(item: { readonly [key: string]: unknown }): ContainerDefaults | undefined {
  if (item.type !== "Container") return undefined;
  const limits = firstStated(readComputeResources(item.default), readComputeResources(item.max));
  const requests = firstStated(readComputeResources(item.defaultRequest), limits, readComputeResources(item.min));
  return { requests, limits };
}
