import { clustersWithAssumedPools } from "../../evidence.ts";
import type { Rule } from "../../rule.ts";
import { notReadable } from "../../unreadable-outcome.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

/** AVL-027: every pod fits on a node pool of its cluster. */
export const schedulable: Rule = {
  id: "AVL-027",
  name: "schedulable",
  title: "A node pool of the cluster admits every pod: selectors, affinity, taints, architecture and size.",
  severity: { high: "critical", medium: "high", low: "medium" },
  inputs: ["manifests", "nodePools"],
  judges: "pods",
  *evaluate({ estate, placement }) {
    const unplaced = new Map(placement.unplaced.map((entry) => [entry.workload, entry]));
    const assumed = clustersWithAssumedPools(estate);
    for (const workload of estate.workloads) {
      if (workload.opaque) continue;
      const [unread] = workload.unreadable;
      const left = unplaced.get(workload.id);
      if (assumed.has(workload.cluster)) {
        yield workloadOutcome(workload, {
          verdict: "notEvaluable",
          missing: ["needs-P"],
          message: `Cluster ${workload.cluster} declares no node pool, so nothing says whether ${workload.label} fits.`,
        });
      } else if (unread !== undefined) {
        yield notReadable(workload, unread);
      } else if (left === undefined) {
        yield passed(workload);
      } else {
        yield workloadOutcome(workload, {
          verdict: "fail",
          part: "1",
          place: workload.object.locate(workload.podSpecPath),
          message: `${left.pods} of the pods of ${workload.label} fit on no pool of ${workload.cluster}: ${left.reason}.`,
          fix: { description: "Change the constraint named, or give the cluster a pool that admits the pods." },
        });
      }
    }
  },
};
