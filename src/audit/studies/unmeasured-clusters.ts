import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { AuditContext, RuleOutcome } from "../rule.ts";
import { workloadOutcome } from "../workload-outcome.ts";

/**
 * Where no usage was given: one verdict for each environment of a cluster, since one file says it of all workloads. Told
 * of the first of them.
 */
export function* unmeasured({ estate }: AuditContext, wants: (workload: Workload) => boolean): Iterable<RuleOutcome> {
  const counts = new Map<string, { readonly first: Workload; workloads: number }>();
  for (const workload of estate.workloads) {
    if (!wants(workload)) continue;
    const key = `${workload.environment}/${workload.cluster}`;
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { first: workload, workloads: 1 });
    else known.workloads += 1;
  }
  for (const { first, workloads } of counts.values()) {
    const others = workloads === 1 ? "" : ` and ${workloads - 1} more on ${first.cluster}`;
    yield workloadOutcome(first, {
      verdict: "notEvaluable",
      missing: ["needs-X"],
      place: first.place,
      message: `What ${first.label}${others} used was not measured, so nothing tells it from what they ask for; --usage FILE gives it.`,
    });
  }
}
