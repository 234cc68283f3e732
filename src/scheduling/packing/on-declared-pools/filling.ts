import type { PackedNode, PackingItem, PackingPool, Room } from "./packing-model.ts";

/**
 * How a node is chosen among those with room. `tight`: the fullest, of those with the fewest replicas of the workload;
 * `first`: the first in order; `loose`: the emptiest, of those with the fewest replicas, as kube-scheduler's
 * LeastAllocated does.
 */
export type Choice = "tight" | "first" | "loose";

const zoneKey = "topology.kubernetes.io/zone";
const noRoom: Room = { cpuMillicores: 0, memoryBytes: 0, pods: 0, gpus: 0 };

/** Nodes while pods are being placed on them. */
export interface Filling {
  readonly pools: readonly PackingPool[];
  readonly choice: Choice;
  readonly limits: readonly number[];
  readonly nodes: PackedNode[];
  readonly counts: number[];
  /** Number of the zone of each pool's classes. */
  readonly zones: readonly (readonly number[])[];
  /** Indices of the nodes that may still take the smallest pod, in order. */
  readonly active: { indices: number[]; closed: number };
  /** Least that any pod asks for, by resource. */
  readonly smallest: { readonly cpuMillicores: number; readonly memoryBytes: number };
}

export function startFilling(
  pools: readonly PackingPool[],
  items: readonly PackingItem[],
  choice: Choice,
  start: readonly number[],
  limits: readonly number[],
): Filling {
  const names = [...new Set(pools.flatMap(({ classes }) => classes.map(({ labels }) => labels[zoneKey] ?? "")))];
  const filling: Filling = {
    pools,
    choice,
    limits,
    nodes: [],
    counts: pools.map(() => 0),
    zones: pools.map(({ classes }) => classes.map(({ labels }) => names.indexOf(labels[zoneKey] ?? ""))),
    active: { indices: [], closed: 0 },
    smallest: {
      cpuMillicores: items.reduce(
        (least, { shape }) => Math.min(least, shape.demand.cpuMillicores),
        Number.POSITIVE_INFINITY,
      ),
      memoryBytes: items.reduce(
        (least, { shape }) => Math.min(least, shape.demand.memoryBytes),
        Number.POSITIVE_INFINITY,
      ),
    },
  };
  for (const [pool, count] of start.entries()) {
    for (let node = 0; node < count; node += 1) openNode(filling, pool);
  }
  return filling;
}

/** Adds a node to a pool, in the next of its zones. */
export function openNode(filling: Filling, pool: number): PackedNode {
  const classIndex = nextClass(filling, pool, 1);
  const room: Room = { ...(filling.pools[pool]?.emptyRoom[classIndex] ?? noRoom) };
  const node: PackedNode = { pool, classIndex, zone: zoneOf(filling, pool, classIndex), room, pods: [] };
  filling.active.indices.push(filling.nodes.length);
  filling.nodes.push(node);
  filling.counts[pool] = (filling.counts[pool] ?? 0) + 1;
  return node;
}

/** The class that the pool's `ahead`-th next node will have. */
export function nextClass(filling: Filling, pool: number, ahead: number): number {
  const classes = filling.pools[pool]?.classes.length ?? 1;
  return ((filling.counts[pool] ?? 0) + ahead - 1) % Math.max(1, classes);
}

export function zoneOf(filling: Filling, pool: number, classIndex: number): number {
  return filling.zones[pool]?.[classIndex] ?? 0;
}

/** Leaves a node out of the search from now on when not even the smallest pod would fit. */
export function closeIfFull(filling: Filling, node: PackedNode): void {
  const { active, nodes } = filling;
  if (!isFull(filling, node)) return;
  active.closed += 1;
  // Full nodes are dropped a quarter at a time, so that dropping costs little.
  if (active.closed * 4 < active.indices.length) return;
  active.indices = active.indices.filter((index) => {
    const each = nodes[index];
    return each !== undefined && !isFull(filling, each);
  });
  active.closed = 0;
}

function isFull({ smallest }: Filling, { room }: PackedNode): boolean {
  return room.pods < 1 || room.cpuMillicores < smallest.cpuMillicores || room.memoryBytes < smallest.memoryBytes;
}
