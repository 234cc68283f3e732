import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { ClassCapacity, ClusterCapacity, PoolCapacity } from "../../scheduling/cluster-capacity.ts";
import { classRejection } from "../../scheduling/cluster-capacity.ts";
import type { PlacedNode, PoolPlacement } from "../../scheduling/placement.ts";
import type { PodShape } from "../../scheduling/pod-shape.ts";
import type { AuditContext } from "../rule.ts";
import { capacityFor } from "./admitting-nodes.ts";

export type SurgeRoom =
  | { readonly fits: true }
  /** A clause: `pool user has its most nodes (3) and none has room`. */
  | { readonly fits: false; readonly because: string };

/**
 * Whether one more pod of a workload finds a node, beside all that the placement puts there: on a node that is there, or on
 * one that the autoscaler may add. Counts CPU, memory, and the number of pods.
 */
export function hasRoomForOneMore(context: AuditContext, workload: Workload): SurgeRoom {
  const capacity = capacityFor(context, workload.cluster);
  const shape = capacity?.shapes.get(workload.id);
  if (capacity === undefined || shape === undefined) return { fits: true };
  const full: string[] = [];
  for (const pool of capacity.pools) {
    const classes = pool.classes.filter((each) => classRejection(shape, pool, each) === undefined);
    if (classes.length === 0) continue;
    const placed = placementOf(context, capacity, pool);
    const count = placed?.nodes.length ?? 0;
    if (placed === undefined || !pool.pool.countDeclared || count < pool.pool.maximumNodes) return { fits: true };
    if (placed.nodes.some((node) => takesOneMore(node, placed, shape, classes))) return { fits: true };
    full.push(`pool ${pool.pool.name} has its most nodes (${count}) and none has room for one more`);
  }
  return full.length === 0
    ? // No pool admits it at all: that is AVL-027.
      { fits: true }
    : { fits: false, because: full.join(", ") };
}

function takesOneMore(
  node: PlacedNode,
  { allocatable }: PoolPlacement,
  { demand }: PodShape,
  classes: readonly ClassCapacity[],
): boolean {
  if (!classes.some(({ nodeClass }) => nodeClass.zone === node.zone)) return false;
  return (
    allocatable.cpuMillicores - node.requested.cpuMillicores >= demand.cpuMillicores &&
    allocatable.memoryBytes - node.requested.memoryBytes >= demand.memoryBytes &&
    allocatable.pods - node.requested.pods >= 1
  );
}

const placements = new WeakMap<Estate, ReadonlyMap<string, PoolPlacement>>();

function placementOf(
  { estate, placement }: AuditContext,
  { cluster }: ClusterCapacity,
  { pool }: PoolCapacity,
): PoolPlacement | undefined {
  let known = placements.get(estate);
  if (known === undefined) {
    known = new Map(placement.pools.map((each) => [`${each.cluster}/${each.pool}`, each]));
    placements.set(estate, known);
  }
  return known.get(`${cluster.name}/${pool.name}`);
}
