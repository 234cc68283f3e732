import { allowedDisruptions } from "../../../estate/kubernetes/disruption-arithmetic.ts";
import { scopeKey } from "../../../estate/kubernetes/object-index.ts";
import type { DisruptionBudget, Workload } from "../../../estate/kubernetes/workload.ts";
import type { ReplayBudget } from "../replay-cluster.ts";

/** Kinds without a scale: what a budget allows of them by percentage or maxUnavailable is known in the cluster alone. */
const unscalableKinds: readonly string[] = ["Pod", "Job", "CronJob", "ScaledJob"];

/** The budgets over the pods of workloads, each once with all that it guards; DaemonSet pods are never evicted. */
export function readBudgets(workloads: readonly Workload[]): readonly ReplayBudget[] {
  const guarded = workloads
    .filter(({ run }) => run !== "perNode")
    .flatMap((workload) => workload.disruptionBudgets.map((budget) => ({ workload, budget })));
  const groups = Map.groupBy(guarded, ({ workload, budget }) => `${scopeKey(workload)}/${budget.name}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { budget, workload } = first;
    const members = group.map((each) => each.workload);
    const pods = members.reduce((sum, { replicas }) => sum + replicas.minimum, 0);
    return [
      {
        name: `${workload.namespace}/${budget.name}`,
        limit: limitOf(budget),
        workloads: members.map(({ id }) => id),
        pods,
        allowed: allowedOf(budget, members, pods),
      },
    ];
  });
}

function allowedOf(budget: DisruptionBudget, workloads: readonly Workload[], pods: number): number | undefined {
  const isCounted = workloads.every(({ kind }) => !unscalableKinds.includes(kind));
  if (!isCounted && typeof budget.minAvailable !== "number") {
    return allowedDisruptions(budget, pods) === 0 ? 0 : undefined;
  }
  return allowedDisruptions(budget, pods);
}

function limitOf({ minAvailable, maxUnavailable }: DisruptionBudget): string {
  return maxUnavailable === undefined ? `minAvailable ${minAvailable ?? "unset"}` : `maxUnavailable ${maxUnavailable}`;
}
