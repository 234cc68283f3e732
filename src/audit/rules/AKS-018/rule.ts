import { isAllowableSysctl } from "../../../catalog/aks-cluster-facts.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { poolPasses, poolVerdict } from "../../clusters/cluster-outcome.ts";
import {
  type DeclaredCluster,
  type DeclaredPool,
  declaredClusters,
  declaredPools,
  settingOf,
} from "../../clusters/declared-settings.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { poolTenants, tenantsInWords } from "../../tenancy/pool-tenants.ts";

/** AKS-018: on a pool that tenants share, one of them cannot exhaust what all nodes have once. */
export const kernelSettings: Rule = {
  id: "AKS-018",
  name: "kernel-settings",
  title: "Pools that several tenants share bound processes and logs of a pod, and allow no unsafe kernel settings.",
  severity: { high: "medium", medium: "low", low: undefined },
  inputs: ["nodePools", "tenants"],
  judges: "objects",
  *evaluate(context) {
    const tenantsOf = sharedBy(context);
    for (const cluster of declaredClusters(context.estate)) {
      for (const pool of declaredPools(cluster)) {
        const tenants = tenantsOf.get(`${cluster.name}/${pool.name}`);
        if (tenants === undefined) continue;
        const findings = [...judge(context.estate, cluster, pool, tenants)];
        yield* findings.length === 0 ? [poolPasses(context.estate, cluster, pool)] : findings;
      }
    }
  },
};

/** Pools that admit pods of at least two tenants, with those tenants in words. */
function sharedBy(context: AuditContext): ReadonlyMap<string, string> {
  return new Map(
    poolTenants(context)
      .filter(({ byTenant }) => byTenant.size >= 2)
      .map(({ cluster, pool, byTenant }) => [`${cluster.name}/${pool.name}`, tenantsInWords(byTenant)]),
  );
}

function* judge(estate: Estate, cluster: DeclaredCluster, pool: DeclaredPool, tenants: string): Iterable<RuleOutcome> {
  const { allowedUnsafeSysctls = [] } = pool.linux;
  const shared = `pool ${pool.name} admits ${tenants}`;
  const pids = settingOf(estate, pool.linux.podMaxPids, -1);
  const logs = settingOf(estate, pool.linux.containerLogMaxSizeMiB, 0);
  const unsaid = [
    ...(pids === undefined ? ["linux.podMaxPids"] : []),
    ...(logs === undefined ? ["linux.containerLogMaxSizeMiB"] : []),
  ];
  if (unsaid.length > 0) {
    const message = `Pool ${pool.name} of ${cluster.name} does not say ${unsaid.join(", ")}, and the estate is not declared complete.`;
    yield poolVerdict(estate, cluster, pool, { verdict: "notEvaluable", missing: ["needs-P"], message });
  }
  if (pids !== undefined && pids <= 0) {
    yield poolVerdict(estate, cluster, pool, {
      verdict: "fail",
      part: "1",
      // One cause weighs once: TEN-010 weighs it by who shares the pool; here is what to change.
      severity: "info",
      field: ["linux", "podMaxPids"],
      message: `Processes of a pod are unbounded (podMaxPids ${pids}), and ${shared}: one pod that forks without end takes the node from all.`,
      fix: {
        description: "Bound processes; 1024 is enough for most pods.",
        edits: [{ path: ["linux", "podMaxPids"], value: 1024 }],
      },
    });
  }
  if (logs === 0) {
    yield poolVerdict(estate, cluster, pool, {
      verdict: "fail",
      part: "2",
      severity: "low",
      field: ["linux", "containerLogMaxSizeMiB"],
      message: `The log files of a container have the default bound only, and ${shared}: what each may write to the node's disk was never decided.`,
      fix: {
        description: "Decide size and number of log files.",
        edits: [
          { path: ["linux", "containerLogMaxSizeMiB"], value: 50 },
          { path: ["linux", "containerLogMaxFiles"], value: 5 },
        ],
      },
    });
  }
  const [unsafe] = allowedUnsafeSysctls;
  if (unsafe === undefined) return;
  const refused = allowedUnsafeSysctls.filter((name) => !isAllowableSysctl(name));
  const extra = refused.length === 0 ? "" : ` AKS refuses ${refused.join(", ")} anyway.`;
  yield poolVerdict(estate, cluster, pool, {
    verdict: "fail",
    part: "3",
    field: ["linux", "allowedUnsafeSysctls"],
    message: `Pods may change ${allowedUnsafeSysctls.join(", ")}, which reach beyond the pod, and ${shared}.${extra}`,
    fix: {
      description: "Allow them on a pool of the one tenant that needs them.",
      edits: [{ path: ["linux", "allowedUnsafeSysctls"], value: undefined }],
    },
  });
}
