import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { type PoolTenants, poolTenants } from "../../tenancy/pool-tenants.ts";
import { hostUserOf, watcherOf } from "../../tenancy/watcher-heavy.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

/** TEN-011: who follows many files does not use up the inotify instances of other tenants. */
export const inotifyBudget: Rule = {
  id: "TEN-011",
  name: "inotify-budget",
  title: "Programs that follow many files share no inotify budget with another tenant.",
  severity: { high: "medium", medium: "medium", low: "low" },
  inputs: ["manifests", "nodePools", "tenants"],
  judges: "objects",
  *evaluate(context) {
    const pools = poolTenants(context);
    for (const workload of context.estate.workloads) {
      const reached = pools.filter(({ workloads, byTenant }) => byTenant.size > 1 && workloads.includes(workload));
      const watcher = reached.length === 0 ? undefined : watcherOf(workload);
      if (watcher !== undefined) yield judge(workload, watcher, reached);
    }
  },
};

function judge(
  workload: Workload,
  { container, words }: NonNullable<ReturnType<typeof watcherOf>>,
  pools: readonly PoolTenants[],
): RuleOutcome {
  const user = hostUserOf(workload, container);
  const what = `Container ${container.name} of ${workload.label} runs ${words}`;
  if (user === undefined) {
    return workloadOutcome(workload, {
      verdict: "notEvaluable",
      container,
      missing: ["partial-input"],
      message: `${what}, and under which user it follows files is decided by its image, which is not in the input.`,
    });
  }
  for (const { pool, workloads } of pools) {
    const others = workloads.filter(({ tenant }) => tenant !== workload.tenant);
    const sharer = others.find((other) => other.containers.some((each) => hostUserOf(other, each) === user));
    if (sharer === undefined) continue;
    const because = user === 0 && workload.podSpec.hostUsers === false ? ", as all pods in user namespaces do" : "";
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "1",
      container,
      message: `${what} and follows files as user ${user} of the node${because}, like ${sharer.label} of ${sharer.tenant} on node pool ${pool.name}: when one has used up the inotify instances, the other gets none (EMFILE).`,
      fix: {
        description:
          "Give each tenant a range of user ids of its own, a sandbox or a pool, or let it poll; hostUsers: false does not help.",
      },
    });
  }
  return passed(workload, container);
}
