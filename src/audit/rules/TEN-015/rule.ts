import { firstUntolerated, formatTaint, readTolerations } from "../../../scheduling/tolerations.ts";
import type { Rule } from "../../rule.ts";
import { poolTenants } from "../../tenancy/pool-tenants.ts";
import { platformTenant } from "../../tenancy/tenant-namespaces.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

/** TEN-015: no agent of one tenant sits on the nodes of another. */
export const foreignAgents: Rule = {
  id: "TEN-015",
  name: "foreign-agents",
  title: "DaemonSets of a tenant stay off node pools that are tainted for another.",
  severity: { high: "medium", medium: "low", low: undefined },
  inputs: ["manifests", "nodePools", "tenants"],
  judges: "objects",
  *evaluate(context) {
    const kept = poolTenants(context).flatMap(({ cluster, pool, workloads }) => {
      const taints = pool.taints.filter(({ effect }) => effect !== "PreferNoSchedule");
      const owners = new Set(workloads.filter(({ run }) => run !== "perNode").map(({ tenant }) => tenant));
      const [owner] = owners;
      return taints.length > 0 && owners.size === 1 && owner !== undefined ? [{ cluster, pool, taints, owner }] : [];
    });
    for (const workload of context.estate.workloads) {
      if (workload.run !== "perNode" || workload.opaque || workload.tenant === platformTenant) continue;
      const tolerations = readTolerations(workload.tolerations);
      const foreign = kept.find(
        ({ cluster, owner, taints }) =>
          cluster.name === workload.cluster &&
          owner !== workload.tenant &&
          firstUntolerated(taints, tolerations) === undefined,
      );
      if (foreign === undefined) yield passed(workload);
      else {
        yield workloadOutcome(workload, {
          verdict: "fail",
          field: [...workload.podSpecPath, "tolerations"],
          message: `DaemonSet ${workload.label} of tenant ${workload.tenant} tolerates ${foreign.taints.map(formatTaint).join(", ")}, so one of its pods sits on every node of pool ${foreign.pool.name}, which is kept for tenant ${foreign.owner}.`,
          fix: { description: "Take the toleration away, or let the platform run the agent for all." },
        });
      }
    }
  },
};
