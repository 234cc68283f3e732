import type { Workload } from "../../estate/kubernetes/workload.ts";

/**
 * Rounds in which the drain of one node moves its pods of a workload, when `allowed` of its `pods` may be missing at a time.
 * The node may hold all of them, unless required anti-affinity lets one only.
 */
export function evictionRounds({ spread }: Workload, pods: number, allowed: number): number {
  const apart = spread.some(
    ({ topologyKey, origin, strength }) =>
      origin === "podAntiAffinity" && strength === "required" && topologyKey === "kubernetes.io/hostname",
  );
  return Math.ceil((apart ? Math.min(1, pods) : pods) / Math.max(1, allowed));
}
