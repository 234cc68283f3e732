import { lastingClaims } from "../../../estate/kubernetes/pod-volumes.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import { durationText } from "../../../stateful/advice/rule-verdict.ts";
import { clusterRecovery } from "../../../stateful/timelines/cluster/cluster-recovery.ts";
import { admittingPools } from "../../admission/admitting-nodes.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { workloadHolder } from "../../stores/stores-in-place.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";
import { effectiveReplicas } from "../../workload-selection.ts";

/** STA-014: what has one replica and a disk does not run on machines that are taken away. */
export const noSingletonOnSpot: Rule = {
  id: "STA-014",
  name: "no-singleton-on-spot",
  title: "Data on one replica does not run on Spot machines.",
  severity: { high: "high", medium: "medium", low: undefined },
  inputs: ["manifests", "nodePools"],
  judges: "replicas",
  *evaluate(context) {
    for (const workload of context.estate.workloads) {
      if (workload.opaque || workload.run !== "serving" || lastingClaims(workload).length === 0) continue;
      yield effectiveReplicas(workload) === 1 ? judge(context, workload) : passed(workload);
    }
  },
};

function judge(context: AuditContext, workload: Workload): RuleOutcome {
  const pools = admittingPools(context, workload);
  if (pools === undefined) {
    return workloadOutcome(workload, {
      verdict: "notEvaluable",
      field: ["spec"],
      missing: ["needs-P"],
      message: `Whether ${workload.label}, which keeps data on one replica, may land on Spot machines depends on the node pools, which are not declared.`,
    });
  }
  const spot = pools.filter(({ pool }) => pool.spot);
  if (spot.length === 0) return passed(workload);
  const names = spot.map(({ pool }) => pool.name).join(", ");
  const holder = workloadHolder(context, workload);
  const known = { catalog: context.catalog, failureModel: context.estate.failureModel };
  const range = holder === undefined ? undefined : clusterRecovery(holder.held, "drain", known).range;
  const takes = range === undefined ? "" : `, and each time it is away for ${durationText(range.likely)} as a rule`;
  const only = spot.length === pools.length ? "runs only on Spot" : "may land on Spot";
  return workloadOutcome(workload, {
    verdict: "fail",
    part: spot.length === pools.length ? "1" : "2",
    ...(spot.length === pools.length ? {} : { severity: "low" as const }),
    field: workload.podSpecPath,
    message: `${workload.label} keeps data on one replica and ${only} (${names}): Azure takes such machines back at any time with 30 s notice${takes}.`,
    fix: {
      description: "Keep it off Spot pools (drop the toleration, or require another pool), or replicate the data.",
    },
  });
}
