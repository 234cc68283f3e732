import type { ResourceGraph, ResourceValue } from "../graph/resource-graph.ts";
import { isPlainObject, isResourceList } from "../graph/resource-value.ts";
import { canonicalGraph } from "./canonical-graph.ts";

/** One place where two graphs say different things. */
export interface GraphDifference {
  readonly resource: string;
  /** ARM path in the resource, such as `properties.networkProfile.podCidr`; empty where the whole resource is missing. */
  readonly path: string;
  readonly one: ResourceValue | undefined;
  readonly other: ResourceValue | undefined;
}

/** Where two graphs differ once both are canonical, sorted by resource and path. */
export function graphDifferences(one: ResourceGraph, other: ResourceGraph): readonly GraphDifference[] {
  const left = new Map(canonicalGraph(one).map(({ key, fields }) => [key, fields]));
  const right = new Map(canonicalGraph(other).map(({ key, fields }) => [key, fields]));
  const keys = [...new Set([...left.keys(), ...right.keys()])].toSorted();
  return keys.flatMap((resource) => {
    const [mine, theirs] = [left.get(resource), right.get(resource)];
    if (mine === undefined || theirs === undefined) return [{ resource, path: "", one: mine, other: theirs }];
    return valueDifferences(mine, theirs, "").map((difference) => ({ resource, ...difference }));
  });
}

type ValueDifference = Omit<GraphDifference, "resource">;

/** Differences of two values by path. */
export function valueDifferences(
  one: ResourceValue | undefined,
  other: ResourceValue | undefined,
  path: string,
): readonly ValueDifference[] {
  if (isPlainObject(one) && isPlainObject(other)) {
    const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].toSorted();
    return names.flatMap((name) => valueDifferences(one[name], other[name], path === "" ? name : `${path}.${name}`));
  }
  if (isResourceList(one) && isResourceList(other) && one.length === other.length) {
    return one.flatMap((item, index) => valueDifferences(item, other[index], `${path}[${index}]`));
  }
  return JSON.stringify(one) === JSON.stringify(other) ? [] : [{ path, one, other }];
}
