import type { ClusterPod } from "../../kube-scheduler/model/cluster-pod.ts";
import type { SimulatedCluster } from "../cluster/simulated-cluster.ts";
import type { NodeSlot, PoolState } from "../cluster/simulated-pool.ts";

/** A node to launch: of this size, in this place. */
export interface NodeClaim {
  readonly pool: PoolState;
  readonly slot: number;
  readonly pods: readonly ClusterPod[];
}

interface OpenClaim {
  /** Node of the largest size in the scheduler's picture; all sizes of a claim differ in room only. */
  readonly name: string;
  readonly zone: string | undefined;
  readonly pods: ClusterPod[];
  /** Sizes that hold all of the pods, the cheapest first. */
  sizes: readonly PoolState[];
}

/**
 * The nodes that node auto-provisioning launches for pods: largest first, each onto the claim with the fewest pods that
 * takes it, else onto a new one; a claim keeps every size that holds its pods, and the cheapest is launched. Pods that no
 * size takes are left out. Leaves the claims in the scheduler's picture: undo them with its checkpoint. Source:
 * kubernetes-sigs/karpenter pkg/controllers/provisioning/scheduling, August 2026.
 */
export function planClaims(
  cluster: SimulatedCluster,
  sizes: readonly PoolState[],
  pods: readonly ClusterPod[],
): readonly NodeClaim[] {
  const taken = new Map<PoolState, Set<number>>(sizes.map((pool) => [pool, new Set()]));
  const claims: OpenClaim[] = [];
  for (const pod of pods.toSorted(largestFirst)) {
    const open = claims.toSorted((left, right) => left.pods.length - right.pods.length);
    if (!open.some((claim) => joins(cluster, claim, pod))) {
      const claim = openClaim(cluster, sizes, pod, taken);
      if (claim !== undefined) claims.push(claim);
    }
  }
  const launched = new Map<PoolState, Set<number>>(sizes.map((pool) => [pool, new Set()]));
  return claims.flatMap(({ sizes: left, zone, pods: claimed }) => {
    for (const pool of left) {
      const slot = freeSlot(pool, zone, launched.get(pool));
      if (slot === undefined) continue;
      launched.get(pool)?.add(slot);
      return [{ pool, slot, pods: claimed }];
    }
    return [];
  });
}

function largestFirst(left: ClusterPod, right: ClusterPod): number {
  const by = (resource: string) =>
    (right.template.requests.real[resource] ?? 0) - (left.template.requests.real[resource] ?? 0);
  return by("cpu") || by("memory") || (left.id < right.id ? -1 : 1);
}

function joins({ scheduler }: SimulatedCluster, claim: OpenClaim, pod: ClusterPod): boolean {
  const pods = [...claim.pods, pod];
  const sizes = claim.sizes.filter((size) => holds(size, claim.zone, pods));
  if (sizes.length === 0 || !scheduler.fits(pod, claim.name) || !scheduler.cluster.addPod(pod, claim.name))
    return false;
  claim.pods.push(pod);
  claim.sizes = sizes;
  return true;
}

/** Tries the sizes one by one: what a pod selects may leave only some, in some zone. */
function openClaim(
  cluster: SimulatedCluster,
  sizes: readonly PoolState[],
  pod: ClusterPod,
  taken: ReadonlyMap<PoolState, Set<number>>,
): OpenClaim | undefined {
  const { scheduler } = cluster;
  const zones = [...new Set(sizes.flatMap(({ pool }) => pool.slots.map(({ zone }) => zone)))];
  for (const zone of zones) {
    const fitting = sizes.filter((pool) => {
      const slot = freeSlot(pool, zone, taken.get(pool));
      const template = slot === undefined ? undefined : pool.pool.slots[slot];
      if (template === undefined) return false;
      const checkpoint = scheduler.cluster.checkpoint();
      cluster.pretendNode(template);
      const fits = scheduler.fits(pod, template.node.name);
      scheduler.cluster.rollback(checkpoint);
      return fits;
    });
    const largest = fitting.toSorted((left, right) => sizeOf(right) - sizeOf(left))[0];
    const slot = largest === undefined ? undefined : freeSlot(largest, zone, taken.get(largest));
    const template = slot === undefined ? undefined : largest?.pool.slots[slot];
    if (largest === undefined || slot === undefined || template === undefined) continue;
    taken.get(largest)?.add(slot);
    cluster.pretendNode(template);
    scheduler.cluster.addPod(pod, template.node.name);
    return { name: template.node.name, zone, pods: [pod], sizes: fitting.toSorted(cheapestFirst) };
  }
  return undefined;
}

function cheapestFirst({ pool: left }: PoolState, { pool: right }: PoolState): number {
  return left.pricePerNodeHour - right.pricePerNodeHour || (left.name < right.name ? -1 : 1);
}

function sizeOf({ pool }: PoolState): number {
  return pool.machine.cpuMillicores * 1e12 + pool.machine.memoryBytes / 1e3;
}

function freeSlot(
  pool: PoolState,
  zone: string | undefined,
  taken: ReadonlySet<number> | undefined,
): number | undefined {
  return pool.slotsThatAre("free").find((slot) => pool.pool.slots[slot]?.zone === zone && taken?.has(slot) !== true);
}

/** Whether an empty node of the size has room for all of the pods beside its DaemonSets. */
function holds(size: PoolState, zone: string | undefined, pods: readonly ClusterPod[]): boolean {
  const template = size.pool.slots.find((slot) => slot.zone === zone);
  return template !== undefined && hasRoom(template, pods);
}

function hasRoom({ node, daemons }: NodeSlot, pods: readonly ClusterPod[]): boolean {
  const all = [...daemons, ...pods];
  if (all.length > (node.allocatable["pods"] ?? Number.POSITIVE_INFINITY)) return false;
  const resources = new Set(all.flatMap(({ template }) => Object.keys(template.requests.real)));
  return [...resources].every((resource) => {
    const asked = all.reduce((sum, { template }) => sum + (template.requests.real[resource] ?? 0), 0);
    return asked <= (node.allocatable[resource] ?? 0);
  });
}
