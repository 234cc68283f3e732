import { aksClusterFacts } from "../../../catalog/aks-cluster-facts.ts";
import { allowedDisruptions } from "../../../estate/kubernetes/disruption-arithmetic.ts";
import { scopeKey } from "../../../estate/kubernetes/object-index.ts";
import { gracePeriodOf } from "../../../estate/kubernetes/termination.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { surgeNodes } from "../../../scheduling/node-surge.ts";
import { addressesNeeded, internalLoadBalancers, quotaFamily, subnetDemands } from "../../clusters/address-demand.ts";
import { clusterPasses, clusterVerdict, poolVerdict, unstated } from "../../clusters/cluster-outcome.ts";
import {
  type DeclaredCluster,
  type DeclaredPool,
  declaredPools,
  operatedClusters,
} from "../../clusters/declared-settings.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { effectiveReplicas } from "../../workload-selection.ts";

/** AKS-008: an upgrade of every pool can finish. */
export const upgradesFinish: Rule = {
  id: "AKS-008",
  name: "upgrades-finish",
  title: "Nothing keeps an upgrade of the cluster from finishing: budgets, grace periods, addresses and spare nodes.",
  severity: { high: "high", medium: "medium", low: undefined },
  inputs: ["cluster", "nodePools", "manifests"],
  judges: "objects",
  *evaluate(context) {
    for (const cluster of operatedClusters(context.estate)) {
      const findings = [...judge(context, cluster)];
      yield* findings.length === 0 ? [clusterPasses(context.estate, cluster)] : findings;
    }
  },
};

function* judge(context: AuditContext, cluster: DeclaredCluster): Iterable<RuleOutcome> {
  const { estate } = context;
  if (declaredPools(cluster).length === 0) {
    yield clusterVerdict(estate, cluster, unstated(`Cluster ${cluster.name}`, ["nodePools"], "needs-P"));
    return;
  }
  yield* blockedDrains(estate, cluster);
  yield* crowdedSubnets(estate, cluster);
  yield* smallQuotas(context, cluster);
  for (const pool of declaredPools(cluster)) yield* poolSettings(context, cluster, pool);
}

/** What stands in the way of draining any node, whatever pool is upgraded: said once, with the worst examples. */
function* blockedDrains(estate: Estate, cluster: DeclaredCluster): Iterable<RuleOutcome> {
  const workloads = estate.workloads.filter((workload) => workload.cluster === cluster.name && !workload.opaque);
  const blocking = blockingBudgets(workloads);
  const longest = Math.min(
    ...declaredPools(cluster).map(
      ({ upgrade }) => upgrade.drainTimeoutSeconds ?? aksClusterFacts.defaultDrainSeconds.value,
    ),
  );
  const slow = workloads.filter((workload) => (gracePeriodOf(workload).seconds ?? 0) > longest);
  const [budget] = blocking;
  if (budget !== undefined) {
    const more = blocking.length === 1 ? "" : ` and ${blocking.length - 1} more`;
    yield clusterVerdict(estate, cluster, {
      verdict: "fail",
      part: "1",
      place: budget.place,
      message: `PodDisruptionBudget ${budget.label}${more} ${blocking.length === 1 ? "allows" : "allow"} no eviction: every upgrade of ${cluster.name} waits ${minutes(longest)} at a node that runs such a pod, and then fails.`,
      fix: { description: "Let each budget allow one pod to be unavailable, with at least two replicas." },
    });
  }
  const [first] = slow;
  if (first !== undefined) {
    yield clusterVerdict(estate, cluster, {
      verdict: "fail",
      part: "1",
      field: ["nodePools"],
      place: first.object.locate(gracePeriodOf(first).path),
      message: `${first.label} may take ${minutes(gracePeriodOf(first).seconds ?? 0)} to stop, longer than the ${minutes(longest)} that a node of ${cluster.name} has to drain.`,
      fix: { description: "Raise drainTimeout of the pool above the longest grace period, or stop faster." },
    });
  }
}

function blockingBudgets(workloads: readonly Workload[]) {
  const guarded = workloads.flatMap((workload) => workload.disruptionBudgets.map((budget) => ({ workload, budget })));
  const groups = Map.groupBy(guarded, ({ workload, budget }) => `${scopeKey(workload)}/${budget.name}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const replicas = group.reduce((sum, { workload }) => sum + effectiveReplicas(workload), 0);
    const unread = group.some(({ workload }) => workload.unreadable.some(({ concerns }) => concerns === "replicas"));
    if (first === undefined || unread || replicas === 0 || allowedDisruptions(first.budget, replicas) !== 0) return [];
    return [{ label: `${first.budget.name} of ${first.workload.label}`, place: first.budget.place }];
  });
}

/** Even with the fewest nodes, an upgrade of all pools needs addresses for the surge. */
function* crowdedSubnets(estate: Estate, cluster: DeclaredCluster): Iterable<RuleOutcome> {
  for (const demand of subnetDemands(estate, operatedClusters(estate))) {
    if (demand.pools[0]?.cluster.name !== cluster.name) continue;
    const needed = addressesNeeded(
      demand,
      (pool) => pool.minimumNodes + (surgeNodes(pool, pool.minimumNodes) ?? 0),
      internalLoadBalancers(estate, demand),
    );
    if (needed <= demand.size) continue;
    yield clusterVerdict(estate, cluster, {
      verdict: "fail",
      part: "2",
      field: demand.pools[0]?.pool.declared.path.slice(1) ?? ["nodePools"],
      message: `Subnet ${demand.subnet} (${demand.prefix}) has ${demand.size} addresses; the fewest nodes of its pools with their surge need ${needed}: upgrades find no address for the extra nodes.`,
      fix: { description: "Move pools to a larger subnet, lower maxPods or the surge." },
    });
  }
}

/** Quotas that are not declared are the matter of AKS-017, which asks for more. */
function* smallQuotas({ estate, catalog }: AuditContext, cluster: DeclaredCluster): Iterable<RuleOutcome> {
  for (const [family, quota] of Object.entries(cluster.vcpuQuotas ?? {})) {
    const pools = declaredPools(cluster).filter(
      ({ vmSize }) => quotaFamily(vmSize)?.toLowerCase() === family.toLowerCase(),
    );
    const needed = pools.reduce((sum, pool) => {
      const nodes = pool.minimumNodes + (surgeNodes(pool, pool.minimumNodes) ?? 0);
      return sum + nodes * (catalog.vmSize(pool.vmSize)?.vcpu ?? 0);
    }, 0);
    if (needed <= quota) continue;
    yield clusterVerdict(estate, cluster, {
      verdict: "fail",
      part: "2",
      field: ["vcpuQuotas", family],
      message: `The quota of ${family} is ${quota} vCPUs; the fewest nodes of pools ${pools.map(({ name }) => name).join(", ")} with their surge need ${needed}: upgrades get no extra nodes.`,
      fix: { description: `Ask for ${needed} vCPUs of the family at least, or lower the surge.` },
    });
  }
}

function* poolSettings(context: AuditContext, cluster: DeclaredCluster, pool: DeclaredPool): Iterable<RuleOutcome> {
  const { estate, placement } = context;
  const { maxUnavailable } = pool.upgrade;
  const nodes = placement.pools.find((each) => each.cluster === cluster.name && each.pool === pool.name)?.nodes.length;
  const surge = surgeNodes(pool, Math.max(pool.minimumNodes, nodes ?? 0));
  if (surge === 0 && nodes !== undefined && nodes >= pool.maximumNodes && nodes > 0) {
    yield poolVerdict(estate, cluster, pool, {
      verdict: "fail",
      part: "3",
      field: ["upgrade", "maxSurge"],
      message: `Pool ${pool.name} has no surge and needs all ${nodes} of at most ${pool.maximumNodes} nodes: pods of a node under upgrade have nowhere to go.`,
      fix: {
        description: "Add a third of the nodes during upgrades.",
        edits: [{ path: ["upgrade", "maxSurge"], value: "33%" }],
      },
    });
  }
  if (pool.mode === "System" && maxUnavailable !== undefined && !/^0%?$/.test(maxUnavailable)) {
    yield poolVerdict(estate, cluster, pool, {
      verdict: "fail",
      part: "4",
      field: ["upgrade", "maxUnavailable"],
      message: `Pool ${pool.name} is a System pool and gives up ${maxUnavailable} of its ${pool.minimumNodes} nodes during an upgrade: the cluster's own pods are crowded.`,
      fix: {
        description: "Use a surge instead.",
        edits: [
          { path: ["upgrade", "maxUnavailable"], value: undefined },
          { path: ["upgrade", "maxSurge"], value: "33%" },
        ],
      },
    });
  }
}

function minutes(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
