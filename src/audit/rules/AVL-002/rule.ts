import type { Workload } from "../../../estate/kubernetes/workload.ts";
import { missingForAbsence } from "../../evidence.ts";
import { budgetManifest } from "../../fixes/budget-manifest.ts";
import { additionFix } from "../../fixes/manifest-fix.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { workloadChange } from "../../studies/structural-change.ts";
import { notReadable, unreadableOf } from "../../unreadable-outcome.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";
import { effectiveReplicas, replicatedWorkloads } from "../../workload-selection.ts";

/** AVL-002: a PodDisruptionBudget selects the pods of every replicated workload. */
export const disruptionBudgetSelects: Rule = {
  id: "AVL-002",
  name: "disruption-budget-selects",
  title: "A disruption budget limits how many replicas a drain may take at once.",
  severity: { high: "high", medium: "medium", low: undefined },
  inputs: ["manifests"],
  judges: "replicas",
  peers: [
    { tool: "kube-score", check: "deployment-has-poddisruptionbudget" },
    { tool: "kube-score", check: "statefulset-has-poddisruptionbudget" },
    { tool: "polaris", check: "missingPodDisruptionBudget" },
    { tool: "kyverno", check: "require-pdb" },
  ],
  *evaluate(context) {
    const missing = missingForAbsence(context.estate);
    for (const workload of replicatedWorkloads(context)) {
      const unread = unreadableOf(workload, "replicas");
      if (unread === undefined && effectiveReplicas(workload) < 2) continue;
      if (workload.disruptionBudgets.length > 0) yield passed(workload);
      else if (unread !== undefined) yield notReadable(workload, unread);
      else if (missing.length > 0) yield notSeen(workload, missing);
      else
        yield workloadOutcome(workload, {
          verdict: "fail",
          message: `No PodDisruptionBudget in namespace ${workload.namespace} selects the ${effectiveReplicas(workload)} pods of ${workload.label}: an upgrade may evict them all at once.`,
          fix: additionFix("Add a budget that allows one eviction at a time.", budgetManifest(workload)),
          ...workloadChange("disruptionBudget", workload),
        });
    }
  },
};

function notSeen(workload: Workload, missing: readonly string[]): RuleOutcome {
  return workloadOutcome(workload, {
    verdict: "notEvaluable",
    missing,
    message: `No PodDisruptionBudget was seen that selects the pods of ${workload.label}, but the input does not prove that there is none.`,
  });
}
