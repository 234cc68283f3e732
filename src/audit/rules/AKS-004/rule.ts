import type { Estate } from "../../../estate/model/estate.ts";
import { poolPasses, poolVerdict } from "../../clusters/cluster-outcome.ts";
import {
  type DeclaredCluster,
  type DeclaredPool,
  declaredPools,
  operatedClusters,
} from "../../clusters/declared-settings.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";

/** AKS-004: a user pool always has a node in each of its zones. */
export const userPoolFloor: Rule = {
  id: "AKS-004",
  name: "user-pool-floor",
  title: "A User pool never has fewer nodes than zones, and never fewer than two.",
  severity: { high: "medium", medium: "low", low: undefined },
  inputs: ["nodePools"],
  peers: [{ tool: "psrule-azure", check: "Azure.AKS.MinUserPoolNodes" }],
  judges: "objects",
  *evaluate({ estate }) {
    for (const cluster of operatedClusters(estate)) {
      for (const pool of declaredPools(cluster)) {
        if (pool.mode === "User" && !isExempt(pool)) yield judge(estate, cluster, pool);
      }
    }
  },
};

/** Spot pools may lose every node at any time, and a pool that may go to 0 says so on purpose. */
function isExempt({ spot, autoscaling, minimumNodes }: DeclaredPool): boolean {
  return spot || (autoscaling && minimumNodes === 0);
}

function judge(estate: Estate, cluster: DeclaredCluster, pool: DeclaredPool): RuleOutcome {
  const field = pool.declared.states(["count"]) ? ["count"] : ["autoscaling", "min"];
  if (!pool.countDeclared) {
    const message = `Pool ${pool.name} of ${cluster.name} states neither count nor autoscaling, so its floor is not known.`;
    return poolVerdict(estate, cluster, pool, { verdict: "notEvaluable", missing: ["needs-P"], message });
  }
  const floor = Math.max(2, pool.zones.length);
  if (pool.minimumNodes >= floor) return poolPasses(estate, cluster, pool);
  const why =
    pool.zones.length > pool.minimumNodes && pool.zones.length > 1
      ? `it spans ${pool.zones.length} zones, so some of them have no node`
      : "one node failure or upgrade takes everything on it";
  const edits = [
    { path: field, value: floor },
    // A maximum below the new floor would not be accepted.
    ...(pool.autoscaling && pool.maximumNodes < floor ? [{ path: ["autoscaling", "max"], value: floor }] : []),
  ];
  return poolVerdict(estate, cluster, pool, {
    verdict: "fail",
    field,
    message: `Pool ${pool.name} ${pool.autoscaling ? "may go down to" : "has"} ${pool.minimumNodes} ${pool.minimumNodes === 1 ? "node" : "nodes"} and ${why}.`,
    fix: { description: `Keep ${floor} nodes, or let the pool go to 0 on purpose.`, edits },
  });
}
