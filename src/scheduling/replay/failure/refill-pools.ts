import type { ClusterPod } from "../../kube-scheduler/model/cluster-pod.ts";
import type { NewNodeKind, ReplayCluster } from "../replay-cluster.ts";
import type { FailureScenario } from "./failure-outcome.ts";
import { shortZone } from "./scenarios.ts";

/** What pools that grow by themselves would do about pending pods. */
export interface PoolRefill {
  readonly pools: readonly { readonly pool: string; readonly added: number }[];
  /** Ids of pods that stay pending. */
  readonly stillPending: ReadonlySet<string>;
}

/** A node that a pool could add. */
interface NewNode extends NewNodeKind {
  readonly pool: string;
}

/** New nodes tried for one failure; pools are smaller than that. */
const mostNodes = 500;

/**
 * Adds nodes to pools that grow, as many as their limits and the zones that are left allow, each for the first pending pod
 * that would fit on it, and schedules the pending pods on them. Leaves the cluster as it was.
 */
export function refillPools(
  cluster: ReplayCluster,
  scenario: FailureScenario,
  pending: readonly ClusterPod[],
): PoolRefill | undefined {
  const kinds = newNodes(cluster, scenario);
  if (kinds.length === 0) return undefined;
  const { scheduler } = cluster;
  const added = new Map<string, number>();
  const room = roomByPool(cluster, scenario);
  const checkpoint = scheduler.cluster.checkpoint();
  try {
    let waiting = pending;
    for (let count = 0; count < mostNodes && waiting.length > 0; count += 1) {
      const open = kinds.filter(({ pool }) => (added.get(pool) ?? 0) < (room.get(pool) ?? 0));
      const kind = addFirstThatHelps(cluster, open, waiting, count);
      if (kind === undefined) break;
      added.set(kind.pool, (added.get(kind.pool) ?? 0) + 1);
      waiting = waiting.filter((pod) => scheduler.schedule(pod).kind === "unschedulable");
    }
    return {
      pools: [...added].map(([pool, nodes]) => ({ pool, added: nodes })),
      stillPending: new Set(waiting.map(({ id }) => id)),
    };
  } finally {
    scheduler.cluster.rollback(checkpoint);
  }
}

/** Pools that lost a node replace it: what counts against their maximum is what is left of them. */
function roomByPool({ growingPools, nodes }: ReplayCluster, scenario: FailureScenario): ReadonlyMap<string, number> {
  const lost = new Set(scenario.nodes);
  return new Map(
    growingPools.map(({ name, maximumNodes }) => [
      name,
      maximumNodes - nodes.filter(({ pool, name: node }) => pool === name && !lost.has(node)).length,
    ]),
  );
}

/** Kinds of growing pools that are not lost, in zones that are not lost. */
function newNodes({ growingPools }: ReplayCluster, { zones, pools }: FailureScenario): readonly NewNode[] {
  const lostZones = new Set(zones.map(shortZone));
  return growingPools
    .filter(({ name }) => !pools.includes(name))
    .flatMap(({ name, kinds }) => kinds.map((kind) => ({ ...kind, pool: name })))
    .filter(({ zone }) => zone === undefined || !lostZones.has(shortZone(zone)));
}

function addFirstThatHelps(
  { scheduler }: ReplayCluster,
  kinds: readonly NewNode[],
  waiting: readonly ClusterPod[],
  count: number,
): NewNode | undefined {
  const tried = new Set<string>();
  for (const pod of waiting) {
    if (tried.has(pod.template.key)) continue;
    tried.add(pod.template.key);
    for (const kind of kinds) {
      const checkpoint = scheduler.cluster.checkpoint();
      const name = `${kind.pool}-new-${count}`;
      scheduler.cluster.addNode({
        ...kind.node,
        name,
        images: [],
        labels: { ...kind.node.labels, "kubernetes.io/hostname": name },
      });
      for (const each of kind.perNode) scheduler.cluster.addPod({ ...each, id: `${each.id} on ${name}` }, name);
      if (scheduler.fits(pod, name)) {
        scheduler.cluster.keep(checkpoint);
        return kind;
      }
      scheduler.cluster.rollback(checkpoint);
    }
  }
  return undefined;
}
