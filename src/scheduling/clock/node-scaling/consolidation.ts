import type { RunningNode, SimulatedCluster } from "../cluster/simulated-cluster.ts";
import type { PoolState } from "../cluster/simulated-pool.ts";
import { budgetsAllow } from "./drain-simulation.ts";
import type { NodeProvisioningProfile } from "./node-provisioning-profile.ts";
import { type NodeClaim, planClaims } from "./plan-claims.ts";

/** Nodes that can go, alone or for one cheaper node in their stead. */
export interface Consolidation {
  readonly nodes: readonly RunningNode[];
  readonly replacement: NodeClaim | undefined;
}

/** Nodes that are looked at together at most. */
const mostNodes = 100;

/**
 * What consolidation does next: empty nodes first; then the most nodes together, found by bisection over those with the
 * fewest pods; then one. Never more than the budget, never for more than one new node, and that one strictly cheaper than
 * what it replaces. `among` looks at these nodes as a whole again. Changes nothing.
 */
export function planConsolidation(
  cluster: SimulatedCluster,
  nodes: readonly RunningNode[],
  sizes: readonly PoolState[],
  { budgetRatio }: Pick<NodeProvisioningProfile, "budgetRatio">,
  among?: readonly RunningNode[],
): Consolidation | undefined {
  if (among !== undefined) return without(cluster, sizes, among);
  const budget = Math.min(mostNodes, Math.ceil(nodes.length * budgetRatio));
  const byPods = nodes
    .map((node) => ({ node, pods: cluster.movablePods(node.name).length }))
    .toSorted((left, right) => left.pods - right.pods || (left.node.name < right.node.name ? -1 : 1));
  const empty = byPods.filter(({ pods }) => pods === 0).slice(0, budget);
  if (empty.length > 0) return { nodes: empty.map(({ node }) => node), replacement: undefined };
  const candidates = byPods.map(({ node }) => node);
  const together = bisect(cluster, sizes, candidates.slice(0, budget));
  if (together !== undefined) return together;
  for (const node of candidates) {
    const single = without(cluster, sizes, [node]);
    if (single !== undefined) return single;
  }
  return undefined;
}

function bisect(
  cluster: SimulatedCluster,
  sizes: readonly PoolState[],
  candidates: readonly RunningNode[],
): Consolidation | undefined {
  let best: Consolidation | undefined;
  let low = 2;
  let high = candidates.length;
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    const found = without(cluster, sizes, candidates.slice(0, middle));
    if (found !== undefined) {
      best = found;
      low = middle + 1;
    } else high = middle - 1;
  }
  return best;
}

/** The nodes' pods onto the others, and what is left onto at most one new node. */
function without(
  cluster: SimulatedCluster,
  sizes: readonly PoolState[],
  nodes: readonly RunningNode[],
): Consolidation | undefined {
  const pods = nodes.flatMap(({ name }) => cluster.movablePods(name));
  if (!budgetsAllow(cluster, pods)) return undefined;
  const { scheduler } = cluster;
  const checkpoint = scheduler.cluster.checkpoint();
  for (const { name } of nodes) scheduler.cluster.removeNode(name);
  const left = pods.filter((pod) => scheduler.schedule(pod).kind !== "scheduled");
  const claims = left.length === 0 ? [] : planClaims(cluster, sizes, left);
  scheduler.cluster.rollback(checkpoint);
  const [replacement] = claims;
  if (claims.length > 1 || (replacement?.pods.length ?? 0) < left.length) return undefined;
  const price = nodes.reduce((sum, { pool }) => sum + pool.pool.pricePerNodeHour, 0);
  if (replacement !== undefined && replacement.pool.pool.pricePerNodeHour >= price) return undefined;
  return { nodes, replacement };
}
