import { type ReplayCluster, workloadOf } from "../replay-cluster.ts";
import type { BlockingBudget } from "./pool-upgrade.ts";

/**
 * Budgets that let no pod go even while all are healthy, and that guard a pod on one of the nodes: these cannot be drained.
 * The same arithmetic as audit rule AVL-003.
 */
export function blockingBudgets(cluster: ReplayCluster, nodes: readonly string[]): readonly BlockingBudget[] {
  const own = new Set(nodes);
  const placed = cluster.scheduler.cluster.pods().filter(({ node }) => own.has(node));
  const nodesOf = Map.groupBy(placed, ({ pod }) => workloadOf(cluster, pod).id);
  return cluster.budgets.flatMap(({ name, limit, pods, workloads, allowed }) => {
    const held = new Set(workloads.flatMap((id) => (nodesOf.get(id) ?? []).map(({ node }) => node)));
    if (allowed !== 0 || held.size === 0) return [];
    const labels = workloads.map((id) => cluster.workloads.get(id)?.label ?? id);
    return [{ budget: name, limit, pods, workloads: labels, nodes: nodes.filter((node) => held.has(node)) }];
  });
}
