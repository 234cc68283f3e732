import { clusterWithDeclaredPools } from "../../estate-lookup/cluster-facts.ts";
import type { Rule } from "../../rule.ts";
import { poolTenants, tenantsInWords } from "../../tenancy/pool-tenants.ts";
import { clusterOutcome, poolOutcome } from "../../tenancy/subject-outcome.ts";
import { tenantNamespaces } from "../../tenancy/tenant-namespaces.ts";

/** TEN-010: no pod can take all process ids of a node that tenants share. */
export const podPidLimit: Rule = {
  id: "TEN-010",
  name: "pod-pid-limit",
  title: "Node pools that several tenants can reach limit the processes of a pod.",
  severity: { high: "high", medium: "medium", low: "low" },
  inputs: ["nodePools", "tenants"],
  judges: "objects",
  *evaluate(context) {
    const { estate } = context;
    for (const cluster of estate.clusters) {
      const namespaces = tenantNamespaces(estate).filter((each) => each.cluster === cluster.name);
      const tenants = new Set(namespaces.map(({ tenant }) => tenant));
      const place = cluster.place ?? namespaces[0]?.place();
      if (tenants.size < 2 || clusterWithDeclaredPools(estate, cluster.name) !== undefined) continue;
      yield clusterOutcome(estate, cluster, {
        ...(place === undefined ? {} : { place }),
        verdict: "notEvaluable",
        missing: ["needs-P"],
        message: `Cluster ${cluster.name} has ${tenants.size} tenants, and how its node pools limit the processes of a pod is not declared.`,
      });
    }
    for (const { cluster, pool, byTenant } of poolTenants(context)) {
      if (byTenant.size < 2) continue;
      const limit = pool.linux.podMaxPids;
      if (limit !== undefined && limit > 0) yield poolOutcome(estate, cluster, pool, { verdict: "pass", message: "" });
      else {
        yield poolOutcome(estate, cluster, pool, {
          verdict: "fail",
          message: `Node pool ${pool.name} takes pods of ${byTenant.size} tenants (${tenantsInWords(byTenant)}) and ${limit === undefined ? "states no podMaxPids, which AKS leaves without limit (-1)" : `sets podMaxPids to ${limit}, which is no limit`}: one pod that forks without end stops the node for all.`,
          fix: { description: "Set linux.podMaxPids (kubelet configuration of the pool), such as 1024." },
        });
      }
    }
  },
};
