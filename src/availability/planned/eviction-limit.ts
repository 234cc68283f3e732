import { allowedDisruptions } from "../../estate/kubernetes/disruption-arithmetic.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";

/**
 * How many pods of a workload a drain may take away at once. `blocked`: the API server refuses every eviction, because
 * the budget allows none or because more than one budget selects the pods.
 */
export type EvictionLimit =
  | { readonly kind: "none" }
  | { readonly kind: "atMost"; readonly pods: number }
  | { readonly kind: "blocked"; readonly budget: string; readonly because: string };

export function evictionLimit(workload: Workload, replicas: number): EvictionLimit {
  if (workload.run === "perNode") return { kind: "none" };
  const [budget, ...others] = workload.disruptionBudgets;
  if (budget === undefined) return { kind: "none" };
  if (others.length > 0) {
    const names = workload.disruptionBudgets.map(({ name }) => name).toSorted();
    return { kind: "blocked", budget: names.join(", "), because: "more than one budget selects its pods" };
  }
  const pods = allowedDisruptions(budget, replicas);
  // A value that is neither an integer nor a percentage is refused by the API server, and guards nothing.
  if (pods === undefined) return { kind: "none" };
  if (pods > 0) return { kind: "atMost", pods };
  const written =
    budget.maxUnavailable === undefined
      ? `minAvailable ${budget.minAvailable ?? "unset"}`
      : `maxUnavailable ${budget.maxUnavailable}`;
  const of = replicas === 1 ? "its one replica" : `its ${replicas} replicas`;
  return { kind: "blocked", budget: budget.name, because: `${written} allows none of ${of} to leave` };
}
