import { preferredWeight } from "./node-affinity.ts";
import type { NodeClass } from "./node-class.ts";
import type { PodShape } from "./pod-shape.ts";
import { avoidedTaints } from "./tolerations.ts";

/**
 * Ranks pools for a pod: what its preferred affinity weighs most, then what keeps scarce or fragile nodes for those who
 * ask for them: no PreferNoSchedule taint, regular before spot, without GPU before with, without sandbox before with,
 * User before System. Pools that are alike in all of it share a rank.
 */
export function rankPools(shape: PodShape, pools: readonly (readonly NodeClass[])[]): readonly number[] {
  const keys = pools.map((classes) => preferenceKey(shape, classes));
  const ordered = [...new Set(keys.map(formatKey))]
    .map((text) => keys.find((key) => formatKey(key) === text) ?? [])
    .sort(compareKeys)
    .map(formatKey);
  return keys.map((key) => ordered.indexOf(formatKey(key)));
}

function preferenceKey(shape: PodShape, classes: readonly NodeClass[]): readonly number[] {
  const [first] = classes;
  if (first === undefined) return [0];
  const weight = Math.max(...classes.map((each) => preferredWeight(shape.affinity, each.labels, "")));
  return [
    -weight,
    avoidedTaints(first.taints, shape.tolerations),
    first.pool.spot ? 1 : 0,
    (first.vmSize?.gpus ?? 0) > 0 && shape.demand.gpus === 0 ? 1 : 0,
    first.sandboxed && !shape.sandboxed ? 1 : 0,
    first.pool.mode === "System" ? 1 : 0,
  ];
}

function formatKey(key: readonly number[]): string {
  return key.join(",");
}

function compareKeys(left: readonly number[], right: readonly number[]): number {
  for (const [index, value] of left.entries()) {
    const difference = value - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
