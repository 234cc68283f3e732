import { nodeProvisioningTime, podMoveTime } from "../../estate/assumptions/failure-rules.ts";
import type { NodePool } from "../../estate/model/cluster.ts";
import { surgeNodes } from "../../scheduling/node-surge.ts";
import type { FaultModel } from "../from-estate/fault-model.ts";
import { firstNodeId } from "../from-estate/infrastructure-events.ts";
import type { ReplicaGroup } from "../from-estate/replica-group.ts";
import type { EvictionLimit } from "./eviction-limit.ts";

/** A group of the journey on the pool that is drained. */
export interface DrainedGroup {
  readonly group: ReplicaGroup;
  readonly limit: EvictionLimit;
}

/** Nodes that are drained at once: how likely events are meanwhile, by their id, and for how long. */
export interface DrainBatch {
  readonly forced: ReadonlyMap<string, number>;
  /** Longest time that pods of one group are away. */
  readonly hours: number;
  /** Some of them wait for a node, since they have no other one. */
  readonly waits: boolean;
}

/** Batches beyond this many are taken like the last one: nodes come with the fullest first, so that never flatters. */
const MAXIMUM_BATCHES = 64;

/** How many nodes are drained at once, and whether others stand in for them. */
interface Pace {
  readonly nodes: number;
  readonly extraNodes: number;
}

/**
 * The batches of one upgrade. As the fault tree has it, the k-th nodes of all groups of a pool are one node. A group
 * without a budget loses all its pods on a drained node until they run elsewhere; a budget holds the number that is away
 * at once, and makes the drain longer; a blocked group keeps its pods.
 */
export function drainBatches(
  model: FaultModel,
  pool: NodePool,
  groups: readonly DrainedGroup[],
): readonly (DrainBatch & { readonly times: number })[] {
  const nodes = Math.max(...groups.map(({ group }) => nodesOf(group).length), 0);
  const pace = paceOf(model, pool);
  const count = Math.ceil(nodes / pace.nodes);
  const listed = Math.min(count, MAXIMUM_BATCHES);
  return Array.from({ length: listed }, (_, batch) => {
    const first = batch * pace.nodes;
    const times = batch === listed - 1 ? count - listed + 1 : 1;
    return { ...drain(model, groups, first, first + pace.nodes, pace), times };
  }).filter(({ hours }) => hours > 0);
}

/** AKS drains as many nodes at a time as it adds; without extra nodes as many as may be unavailable. */
function paceOf(model: FaultModel, pool: NodePool): Pace {
  const nodes = Math.max(1, model.placement.nodesOf(pool.cluster, pool.name).length);
  const extraNodes = surgeNodes(pool, nodes) ?? 0;
  const { maxUnavailable } = pool.upgrade;
  const missing =
    maxUnavailable === undefined ? 1 : (surgeNodes({ upgrade: { maxSurge: maxUnavailable } }, nodes) ?? 1);
  return { nodes: Math.max(1, extraNodes > 0 ? extraNodes : missing), extraNodes };
}

function drain(
  model: FaultModel,
  groups: readonly DrainedGroup[],
  first: number,
  end: number,
  { extraNodes }: Pace,
): DrainBatch {
  const forced = new Map<string, number>();
  const held: { readonly node: string; readonly window: string }[] = [];
  let hours = 0;
  let waits = false;
  for (const { group, limit } of groups) {
    const counts = nodesOf(group).slice(first, end);
    const pods = counts.reduce((sum, count) => sum + count, 0);
    if (pods === 0) continue;
    const most = limit.kind === "none" ? pods : limit.kind === "blocked" ? 0 : limit.pods;
    const windows = counts.map((_, index) => `window/${group.id}/node/${first + index + 1}`);
    const nodes = counts.map((_, index) => nodeId(group, first + index));
    if (most < pods) held.push(...windows.map((window, index) => ({ window, node: nodes[index] ?? "" })));
    if (most === 0) continue;
    const rounds = Math.ceil(pods / most);
    const isAlone = waitsForNode(group, extraNodes);
    const provisioning = isAlone ? model.failures.value(nodeProvisioningTime) : 0;
    waits ||= isAlone;
    hours = Math.max(hours, rounds * (model.failures.value(podMoveTime) + provisioning));
    if (most >= pods) {
      for (const [index, window] of windows.entries()) {
        forced.set(nodes[index] ?? "", 1);
        forced.set(window, 1);
      }
    } else {
      for (const pod of podIds(model, group, first, most)) forced.set(pod, 1);
    }
  }
  for (const { node, window } of held) {
    if (forced.has(node) && !forced.has(window)) forced.set(window, lostAnyway(model, node, window));
  }
  return { forced, hours, waits };
}

/** What others lose with a drained node, a group that stays loses only where the node fails by itself. */
function lostAnyway({ book }: FaultModel, node: string, window: string): number {
  const share = (id: string) => book.event(book.indexOf(id) ?? -1)?.unavailability ?? 0;
  return share(node) * share(window);
}

/** A pod that has no other node to move to waits until its own is back, unless an extra node takes it. */
function waitsForNode(group: ReplicaGroup, extraNodes: number): boolean {
  const isHeld = group.disks.some(({ zonal }) => zonal);
  const nodes = isHeld ? (group.shapes.expected.zones[0]?.eligibleNodes ?? 1) : group.options.nodes;
  return nodes <= 1 && (extraNodes === 0 || isHeld);
}

/** Replicas on each node, in the order in which the tree numbers them. */
function nodesOf({ shapes }: ReplicaGroup): readonly number[] {
  return shapes.expected.zones.flatMap(({ replicasByNode }) => replicasByNode);
}

function nodeId(group: ReplicaGroup, index: number): string {
  return index === 0 ? firstNodeId(group) : `node/${group.id}/${index + 1}`;
}

/**
 * The first pods on the node, as many as the budget lets go. Where the tree counts pods instead of naming them there are
 * no such events; the node then stands for them, which is more than the budget allows and never flatters.
 */
function podIds({ book }: FaultModel, group: ReplicaGroup, node: number, pods: number): readonly string[] {
  const before = nodesOf(group)
    .slice(0, node)
    .reduce((sum, count) => sum + count, 0);
  const ids = Array.from({ length: pods }, (_, pod) => `pod/${group.id}/${before + pod + 1}`);
  if (ids.every((id) => book.indexOf(id) !== undefined)) return ids;
  return [nodeId(group, node), `window/${group.id}/node/${node + 1}`];
}
