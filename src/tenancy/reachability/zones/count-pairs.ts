import { isEmptyPortSet } from "../../../estate/kubernetes/port-set.ts";
import type { WorkloadEdge } from "../../policies/workload-edges.ts";
import type { ZonedCluster } from "./zone-world.ts";

/** Ordered pairs of workloads, on all clusters. */
export interface PairCounts {
  readonly workloads: number;
  /** Replicas at their lowest number. */
  readonly pods: number;
  readonly open: number;
  /** Open, that a dependency asks for. */
  readonly needed: number;
  /** Open between different classifications, that no dependency asks for. */
  readonly crossing: number;
}

export function countPairs(clusters: readonly ZonedCluster[], edges: readonly WorkloadEdge[]): PairCounts {
  let [workloads, pods, open, needed, crossing] = [0, 0, 0, 0, 0];
  for (const zoned of clusters) {
    const { reach } = zoned;
    workloads += reach.workloads.length;
    pods += reach.workloads.reduce((sum, { replicas }) => sum + replicas.minimum, 0);
    const classified = zoned.classificationOf;
    const counted = countOpen(zoned, classified);
    open += counted.open;
    crossing += counted.crossing;
    const positions = new Map(reach.workloads.map(({ id }, position) => [id, position]));
    for (const key of new Set(edges.map(({ from, to }) => `${from.id}\n${to.id}`))) {
      const [from = "", to = ""] = key.split("\n");
      const [source, target] = [positions.get(from), positions.get(to)];
      if (source === undefined || target === undefined || source === target) continue;
      if (isEmptyPortSet(reach.between(source, target).certain)) continue;
      needed += 1;
      if (classified[source] !== classified[target]) crossing -= 1;
    }
  }
  return { workloads, pods, open, needed, crossing };
}

function countOpen({ reach }: ZonedCluster, classified: readonly (string | undefined)[]) {
  const byClass = reach.classes.map(({ members }) => Map.groupBy(members, (position) => classified[position]));
  let [open, crossing] = [0, 0];
  for (const { index } of reach.classes) {
    for (const [target, { certain }] of reach.reachedFrom(index)) {
      if (isEmptyPortSet(certain)) continue;
      for (const [from, sources] of byClass[index] ?? []) {
        for (const [to, targets] of byClass[target] ?? []) {
          const same = index === target && from === to ? sources.length : 0;
          const count = sources.length * targets.length - same;
          open += count;
          if (from !== to) crossing += count;
        }
      }
    }
  }
  return { open, crossing };
}
