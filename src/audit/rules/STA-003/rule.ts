import { lastingClaims } from "../../../estate/kubernetes/pod-volumes.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import { durationText } from "../../../stateful/advice/rule-verdict.ts";
import { clusterRecovery, stoppedMachine } from "../../../stateful/timelines/cluster/cluster-recovery.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { workloadHolder } from "../../stores/stores-in-place.ts";
import { notReadable, unreadableOf } from "../../unreadable-outcome.ts";
import { dataStoresByWorkload } from "../../volumes/data-stores.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";
import { effectiveReplicas } from "../../workload-selection.ts";

/** STA-003: nobody takes one replica for high availability without having said so. */
export const singleReplicaAccepted: Rule = {
  id: "STA-003",
  name: "single-replica-accepted",
  title: "Where data hangs on one replica, its document accepts how long the loss of a node takes.",
  severity: { high: "medium", medium: "low", low: undefined },
  inputs: ["manifests", "storageClasses", "cluster", "objectives"],
  judges: "replicas",
  *evaluate(context) {
    const stores = dataStoresByWorkload(context.estate);
    for (const workload of context.estate.workloads) {
      if (workload.opaque || workload.run !== "serving" || lastingClaims(workload).length === 0) continue;
      yield judge(context, workload, stores.get(workload.id)?.recovery["node"]?.rtoSeconds);
    }
  },
};

function judge(context: AuditContext, workload: Workload, accepted: number | undefined): RuleOutcome {
  const unread = unreadableOf(workload, "replicas");
  if (unread !== undefined) return notReadable(workload, unread);
  // What is declared is judged by STA-001, against the same timeline.
  if (effectiveReplicas(workload) !== 1 || accepted !== undefined) return passed(workload);
  const holder = workloadHolder(context, workload);
  if (holder === undefined) return passed(workload);
  const known = { catalog: context.catalog, failureModel: context.estate.failureModel };
  const { range, summary } = clusterRecovery(holder.held, "node", known);
  if (range === undefined) {
    return workloadOutcome(workload, {
      verdict: "fail",
      field: ["spec"],
      message: `${workload.label} keeps its data on one replica, and after the loss of its node ${summary}: nothing says when it is back.`,
      fix: { description: "Replicate the data over three zones, or declare the DataStore with recovery.node." },
    });
  }
  const stopped = stoppedMachine(holder.held, known)?.range;
  const where = stopped === undefined ? "" : ` (${durationText(stopped.likely)} where the machine is really off)`;
  return workloadOutcome(workload, {
    verdict: "fail",
    field: ["spec"],
    message: `${workload.label} keeps its data on one replica: the loss of its node takes ${durationText(range.likely)} as a rule and ${durationText(range.high)} at worst${where}, as ${summary}; no DataStore accepts that (recovery.node.rto).`,
    fix: {
      description: `Replicate the data, automate the out-of-service taint, or declare recovery.node.rto of ${durationText(range.high)} or more.`,
    },
  });
}
