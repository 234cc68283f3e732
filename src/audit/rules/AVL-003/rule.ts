import { scopeKey } from "../../../estate/kubernetes/object-index.ts";
import type { DisruptionBudget, Workload } from "../../../estate/kubernetes/workload.ts";
import { allowedDisruptions } from "../../disruption-arithmetic.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { notReadable, unreadableOf } from "../../unreadable-outcome.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";
import { effectiveReplicas, replicatedWorkloads } from "../../workload-selection.ts";

/** AVL-003: the disruption budget lets at least one pod go, so that nodes can be drained and upgraded. */
export const disruptionBudgetAllowsEviction: Rule = {
  id: "AVL-003",
  name: "disruption-budget-allows-eviction",
  title: "A disruption budget allows at least one eviction, so that drains and upgrades finish.",
  severity: { high: "high", medium: "high", low: "low" },
  inputs: ["manifests"],
  judges: "replicas",
  peers: [
    { tool: "kube-linter", check: "pdb-max-unavailable", part: "4" },
    { tool: "kube-linter", check: "pdb-min-available" },
    { tool: "polaris", check: "pdbDisruptionsIsZero" },
    { tool: "polaris", check: "pdbMinAvailableGreaterThanHPAMinReplicas" },
    { tool: "gatekeeper", check: "poddisruptionbudget" },
  ],
  *evaluate(context) {
    const guarded = replicatedWorkloads(context).flatMap((workload) =>
      workload.disruptionBudgets.map((budget) => ({ workload, budget })),
    );
    // One budget may select several workloads: it counts the pods of all of them.
    for (const group of Map.groupBy(
      guarded,
      ({ workload, budget }) => `${scopeKey(workload)}/${budget.name}`,
    ).values()) {
      const [first] = group;
      if (first !== undefined)
        yield judge(
          first.budget,
          first.workload,
          group.map(({ workload }) => workload),
        );
    }
  },
};

function judge(budget: DisruptionBudget, first: Workload, workloads: readonly Workload[]): RuleOutcome {
  for (const workload of workloads) {
    const unread = unreadableOf(workload, "replicas");
    if (unread !== undefined) return notReadable(workload, unread);
  }
  const replicas = workloads.reduce((sum, workload) => sum + effectiveReplicas(workload), 0);
  const names = workloads.map(({ label }) => label).join(", ");
  const allowed = allowedDisruptions(budget, replicas);
  const limit =
    budget.maxUnavailable === undefined
      ? `minAvailable ${budget.minAvailable ?? "unset"}`
      : `maxUnavailable ${budget.maxUnavailable}`;
  const { place } = budget;
  if (allowed === undefined) {
    return workloadOutcome(first, {
      verdict: "notEvaluable",
      place,
      missing: ["unresolved-variable"],
      message: `${limit} of PodDisruptionBudget ${budget.name} is neither a number nor a percentage.`,
    });
  }
  if (allowed === 0) {
    return workloadOutcome(first, {
      verdict: "fail",
      part: isAbsolute(budget) ? "4" : "1",
      place,
      message: `PodDisruptionBudget ${budget.name} (${limit}) allows no eviction of the ${replicas} ${replicas === 1 ? "pod" : "pods"} of ${names}: draining a node that holds one never succeeds.`,
      fix: {
        description:
          replicas < 2 ? "Run two replicas and allow one to be unavailable." : "Allow one pod to be unavailable.",
        patch: allowOne,
      },
    });
  }
  if (allowed >= replicas) {
    return workloadOutcome(first, {
      verdict: "fail",
      part: "5",
      severity: "info",
      place,
      message: `PodDisruptionBudget ${budget.name} (${limit}) allows all ${replicas} pods of ${names} to go at once: it protects nothing.`,
      fix: { description: "Allow one pod to be unavailable.", patch: allowOne },
    });
  }
  return passed(first);
}

/** The API server refuses a budget that sets both limits, so the other one is taken away. */
const allowOne = "spec:\n  maxUnavailable: 1\n  minAvailable: null\n";

/** Budgets that block whatever the number of replicas. */
function isAbsolute({ minAvailable, maxUnavailable }: DisruptionBudget): boolean {
  return minAvailable === "100%" || maxUnavailable === 0 || maxUnavailable === "0%";
}
