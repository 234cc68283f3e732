import type { Catalog } from "../../../catalog/catalog.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { clusterPasses, clusterVerdict, poolVerdict, unstated } from "../../clusters/cluster-outcome.ts";
import {
  type DeclaredCluster,
  type DeclaredPool,
  declaredPools,
  operatedClusters,
} from "../../clusters/declared-settings.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";

/** AKS-003: the cluster's own pods have a pool of their own. */
export const systemPool: Rule = {
  id: "AKS-003",
  name: "dedicated-system-pool",
  title: "A System pool is kept for the cluster's own pods by taint and never has fewer than two nodes.",
  severity: { high: "high", medium: "medium", low: undefined },
  inputs: ["nodePools"],
  peers: [{ tool: "psrule-azure", check: "Azure.AKS.MinNodeCount", part: "2" }],
  judges: "objects",
  *evaluate({ estate, catalog }) {
    for (const cluster of operatedClusters(estate)) yield* judge(estate, catalog, cluster);
  },
};

function* judge(estate: Estate, catalog: Catalog, cluster: DeclaredCluster): Iterable<RuleOutcome> {
  const pools = declaredPools(cluster).filter(({ mode }) => mode === "System");
  if (pools.length === 0) {
    yield clusterVerdict(estate, cluster, unstated(`Cluster ${cluster.name}`, ["nodePools"], "needs-P"));
    return;
  }
  const kept = pools.filter(isKept);
  const [first] = pools;
  if (kept.length === 0 && first !== undefined) yield notKept(estate, cluster, first);
  const { leastSystemNodes, advisedSystemNodes } = catalog.nodePoolLimits();
  const few = pools.filter(({ minimumNodes }) => minimumNodes < leastSystemNodes.value);
  for (const pool of few) yield tooFew(estate, cluster, pool, advisedSystemNodes.value);
  if (kept.length > 0 && few.length === 0) yield clusterPasses(estate, cluster);
}

function isKept({ taints }: DeclaredPool): boolean {
  return taints.some(
    ({ key, value, effect }) => key === "CriticalAddonsOnly" && value === "true" && effect === "NoSchedule",
  );
}

function notKept(estate: Estate, cluster: DeclaredCluster, pool: DeclaredPool): RuleOutcome {
  const taint = { key: "CriticalAddonsOnly", value: "true", effect: "NoSchedule" };
  return poolVerdict(estate, cluster, pool, {
    verdict: "fail",
    part: "1",
    field: ["taints"],
    message: `No System pool of ${cluster.name} has taint CriticalAddonsOnly=true:NoSchedule, so applications run beside CoreDNS and metrics-server and can starve them.`,
    fix: {
      description: "Taint the System pool and give applications a User pool.",
      edits: [{ path: ["taints"], value: [...pool.taints, taint] }],
    },
  });
}

function tooFew(estate: Estate, cluster: DeclaredCluster, pool: DeclaredPool, advised: number): RuleOutcome {
  const field = pool.declared.states(["count"]) ? ["count"] : ["autoscaling", "min"];
  return poolVerdict(estate, cluster, pool, {
    verdict: "fail",
    part: "2",
    field,
    message: `System pool ${pool.name} may go down to ${pool.minimumNodes} ${pool.minimumNodes === 1 ? "node" : "nodes"}: while that node is upgraded or fails, nothing runs the cluster's DNS. AKS advises ${advised}.`,
    fix: { description: `Keep ${advised} nodes.`, edits: [{ path: field, value: advised }] },
  });
}
