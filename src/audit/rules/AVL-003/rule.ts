import type { DisruptionBudget, Workload } from "../../../estate/kubernetes/workload.ts";
import { allowedDisruptions } from "../../disruption-arithmetic.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";
import { effectiveReplicas, replicatedWorkloads } from "../../workload-selection.ts";

/** AVL-003: the disruption budget lets at least one pod go, so that nodes can be drained and upgraded. */
export const disruptionBudgetAllowsEviction: Rule = {
  id: "AVL-003",
  name: "disruption-budget-allows-eviction",
  title: "A disruption budget allows at least one eviction, so that drains and upgrades finish.",
  severity: { high: "high", medium: "high", low: "low" },
  *evaluate(context) {
    for (const workload of replicatedWorkloads(context)) {
      for (const budget of workload.disruptionBudgets) yield judge(workload, budget);
    }
  },
};

function judge(workload: Workload, budget: DisruptionBudget): RuleOutcome {
  const replicas = effectiveReplicas(workload);
  const allowed = allowedDisruptions(budget, replicas);
  const limit =
    budget.maxUnavailable === undefined
      ? `minAvailable ${budget.minAvailable ?? "unset"}`
      : `maxUnavailable ${budget.maxUnavailable}`;
  if (allowed === undefined) {
    return workloadOutcome(workload, {
      verdict: "notEvaluable",
      place: budget.place,
      missing: ["unresolved-variable"],
      message: `${limit} of PodDisruptionBudget ${budget.name} is neither a number nor a percentage.`,
    });
  }
  if (allowed === 0) {
    return workloadOutcome(workload, {
      verdict: "fail",
      part: isAbsolute(budget) ? "4" : "1",
      place: budget.place,
      message: `PodDisruptionBudget ${budget.name} (${limit}) allows no eviction of the ${replicas} ${replicas === 1 ? "pod" : "pods"} of ${workload.label}: draining its node never succeeds.`,
      fix: {
        description:
          replicas < 2 ? "Run two replicas and allow one to be unavailable." : "Allow one pod to be unavailable.",
        patch: "spec:\n  maxUnavailable: 1\n",
      },
    });
  }
  if (allowed >= replicas) {
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "5",
      severity: "info",
      place: budget.place,
      message: `PodDisruptionBudget ${budget.name} (${limit}) allows all ${replicas} pods of ${workload.label} to go at once: it protects nothing.`,
      fix: { description: "Allow one pod to be unavailable.", patch: "spec:\n  maxUnavailable: 1\n" },
    });
  }
  return passed(workload);
}

/** Budgets that block whatever the number of replicas. */
function isAbsolute({ minAvailable, maxUnavailable }: DisruptionBudget): boolean {
  return minAvailable === "100%" || maxUnavailable === 0 || maxUnavailable === "0%";
}
