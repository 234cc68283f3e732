import { matchesLabels } from "../../../estate/kubernetes/selector.ts";
import type { ClusterPod } from "../../kube-scheduler/model/cluster-pod.ts";
import type { RunningNode, SimulatedCluster } from "../cluster/simulated-cluster.ts";

/**
 * Requested share of a node: the larger of CPU and memory over allocatable, with or without its DaemonSet pods. Source:
 * kubernetes/autoscaler simulator/utilization.
 */
export function nodeUtilization(cluster: SimulatedCluster, node: RunningNode, ignoreDaemonSets: boolean): number {
  const template = node.pool.pool.slots[node.slot];
  if (template === undefined) return 1;
  const daemons = template.daemons;
  const movable = cluster.movablePods(node.name);
  const share = (resource: string) => {
    const ofDaemons = sumOf(daemons, resource);
    const allocatable = (template.node.allocatable[resource] ?? 0) - (ignoreDaemonSets ? ofDaemons : 0);
    const requested = sumOf(movable, resource) + (ignoreDaemonSets ? 0 : ofDaemons);
    return allocatable > 0 ? requested / allocatable : 1;
  };
  return Math.max(share("cpu"), share("memory"));
}

/** Whether all pods of the nodes would find a place elsewhere, and their budgets let them go. Changes nothing. */
export function canDrain(cluster: SimulatedCluster, nodes: readonly RunningNode[]): boolean {
  const pods = nodes.flatMap(({ name }) => cluster.movablePods(name));
  if (pods.length === 0) return true;
  if (!budgetsAllow(cluster, pods)) return false;
  const { scheduler } = cluster;
  const checkpoint = scheduler.cluster.checkpoint();
  for (const { name } of nodes) scheduler.cluster.removeNode(name);
  const fits = pods.every((pod) => scheduler.schedule(pod).kind === "scheduled");
  scheduler.cluster.rollback(checkpoint);
  return fits;
}

/** Whether all of the pods may be away at once. */
export function budgetsAllow({ scheduler }: SimulatedCluster, pods: readonly ClusterPod[]): boolean {
  return scheduler.cluster.context.disruptionLimits.every(({ namespace, selector, disruptionsAllowed }) => {
    if (selector.requirements.length === 0) return true;
    const covered = pods.filter(
      ({ template }) => template.namespace === namespace && matchesLabels(selector, template.labels),
    );
    return covered.length <= disruptionsAllowed;
  });
}

function sumOf(pods: readonly ClusterPod[], resource: string): number {
  return pods.reduce((sum, { template }) => sum + (template.requests.real[resource] ?? 0), 0);
}
