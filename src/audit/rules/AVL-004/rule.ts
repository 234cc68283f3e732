import { asObject } from "../../../estate/kubernetes/json-value.ts";
import { scopeKey } from "../../../estate/kubernetes/object-index.ts";
import { inspectLabelSelector } from "../../../estate/kubernetes/selector.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { PlacedObject } from "../../../estate/model/estate.ts";
import { type EstateLookup, lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { holdsVariable } from "../../estate-lookup/unresolved.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

const budgetKind = "PodDisruptionBudget.policy";

/** AVL-004: at most one disruption budget selects a pod, because the eviction API refuses to choose between two. */
export const oneDisruptionBudget: Rule = {
  id: "AVL-004",
  name: "one-disruption-budget",
  title: "At most one disruption budget selects a pod, so that evictions are answered at all.",
  severity: { high: "high", medium: "medium", low: "low" },
  inputs: ["manifests"],
  *evaluate({ estate }) {
    const lookup = lookupOf(estate);
    const unreadable = Map.groupBy(lookup.objects.ofKind(budgetKind).filter(cannotBeRead), scopeKey);
    for (const workload of estate.workloads) {
      // A drain leaves DaemonSet pods where they are.
      if (workload.run === "perNode" || workload.disruptionBudgets.length === 0) continue;
      yield judge(workload, lookup, unreadable.get(scopeKey(workload))?.[0]);
    }
  },
};

function cannotBeRead({ object }: PlacedObject): boolean {
  const { selector } = asObject(object.value.spec);
  return holdsVariable(selector) || (inspectLabelSelector(selector)?.problems.length ?? 0) > 0;
}

function judge(workload: Workload, { objects }: EstateLookup, unreadable: PlacedObject | undefined): RuleOutcome {
  const budgets = workload.disruptionBudgets.toSorted((left, right) => (left.name < right.name ? -1 : 1));
  const [, second] = budgets;
  if (second !== undefined) {
    const names = budgets.map(({ name }) => name);
    return workloadOutcome(workload, {
      verdict: "fail",
      place: objects.find(workload, budgetKind, second.name)?.object.locate(["spec", "selector"]) ?? second.place,
      message: `${names.length} PodDisruptionBudgets (${names.join(", ")}) select the pods of ${workload.label}: the eviction API answers each eviction with an error, so a drain hangs until its timeout.`,
      fix: { description: "Keep one budget for these pods, and narrow or remove the selector of the others." },
    });
  }
  if (unreadable === undefined) return passed(workload);
  return workloadOutcome(workload, {
    verdict: "notEvaluable",
    missing: [holdsVariable(unreadable.object.value.spec) ? "unresolved-variable" : "unparsable-dependency"],
    place: unreadable.object.locate(["spec", "selector"]),
    message: `Whether PodDisruptionBudget ${unreadable.object.name} is a second one over the pods of ${workload.label} depends on its selector, which cannot be read.`,
  });
}
