import type { ClusterPod } from "../../kube-scheduler/model/cluster-pod.ts";
import type { SimulatedCluster } from "../cluster/simulated-cluster.ts";
import type { PoolState } from "../cluster/simulated-pool.ts";

/** What more nodes of one pool would do for the pods that wait. */
export interface ScaleUpOption {
  readonly pool: PoolState;
  /** Nodes that hold at least one pod. */
  readonly nodes: number;
  readonly pods: readonly ClusterPod[];
}

/**
 * The autoscaler's first-fit-decreasing estimate with the scheduler's filters: groups of like pods by size; pods in turn
 * onto the nodes opened so far until one fails, from there on only onto the last one or a new one; a group whose pod does
 * not fit an empty node is given up. Changes nothing. Source: kubernetes/autoscaler estimator/binpacking_estimator.go.
 */
export function estimateNodes(cluster: SimulatedCluster, pool: PoolState, pods: readonly ClusterPod[]): ScaleUpOption {
  const { scheduler } = cluster;
  const checkpoint = scheduler.cluster.checkpoint();
  const estimate = new Estimate(cluster, pool);
  for (const group of sortedGroups(pods, pool)) estimate.add(group);
  scheduler.cluster.rollback(checkpoint);
  return { pool, nodes: estimate.usedNodes, pods: estimate.placed };
}

class Estimate {
  readonly placed: ClusterPod[] = [];
  private readonly cluster: SimulatedCluster;
  private readonly pool: PoolState;
  private readonly slots: readonly number[];
  private readonly opened: string[] = [];
  private readonly used = new Set<string>();

  constructor(cluster: SimulatedCluster, pool: PoolState) {
    this.cluster = cluster;
    this.pool = pool;
    this.slots = pool.nextSlots(pool.room);
  }

  get usedNodes(): number {
    return this.used.size;
  }

  add(group: readonly ClusterPod[]): void {
    let hasOverflown = false;
    for (const pod of group) {
      const candidates = hasOverflown ? this.opened.slice(-1) : this.opened;
      if (this.placeOn(pod, candidates)) continue;
      hasOverflown = true;
      if (!this.placeOnNew(pod)) return;
    }
  }

  /** An empty node that does not take the pod is not bettered by another one like it, but perhaps by one in the next zone. */
  private placeOnNew(pod: ClusterPod): boolean {
    for (let name = this.open(); name !== undefined; name = this.open()) {
      if (this.placeOn(pod, [name])) return true;
    }
    return false;
  }

  private placeOn(pod: ClusterPod, names: readonly string[]): boolean {
    const { scheduler } = this.cluster;
    const name = names.find((each) => scheduler.fits(pod, each));
    if (name === undefined) return false;
    scheduler.cluster.addPod(pod, name);
    this.used.add(name);
    this.placed.push(pod);
    return true;
  }

  private open(): string | undefined {
    const last = this.opened.at(-1);
    const slot = this.slots[this.opened.length];
    const template = slot === undefined ? undefined : this.pool.pool.slots[slot];
    if (template === undefined) return undefined;
    const isEmpty = last !== undefined && !this.used.has(last);
    if (isEmpty && sameZone(this.pool, this.opened.length - 1, this.slots)) return undefined;
    this.cluster.pretendNode(template);
    this.opened.push(template.node.name);
    return template.node.name;
  }
}

function sameZone({ pool }: PoolState, index: number, slots: readonly number[]): boolean {
  const zoneAt = (position: number) => pool.slots[slots[position] ?? -1]?.zone;
  return zoneAt(index) === zoneAt(index + 1);
}

/** Like pods together, the largest first by their share of a machine's CPU plus that of its memory. */
function sortedGroups(pods: readonly ClusterPod[], { pool }: PoolState): readonly (readonly ClusterPod[])[] {
  const { cpuMillicores, memoryBytes } = pool.machine;
  const sizeOf = ({ template }: ClusterPod) => {
    const { real } = template.requests;
    return (real.cpu ?? 0) / Math.max(1, cpuMillicores) + (real.memory ?? 0) / Math.max(1, memoryBytes);
  };
  return [...Map.groupBy(pods, ({ template }) => template).values()]
    .map((group) => ({ group, size: group[0] === undefined ? 0 : sizeOf(group[0]) }))
    .toSorted((left, right) => right.size - left.size)
    .map(({ group }) => group);
}
