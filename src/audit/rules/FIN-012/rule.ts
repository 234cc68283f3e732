import { allowedDisruptions } from "../../../estate/kubernetes/disruption-arithmetic.ts";
import { asObject, asStringMap } from "../../../estate/kubernetes/json-value.ts";
import { localVolumesOf } from "../../../estate/kubernetes/pod-volumes.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Cluster, NodePool } from "../../../estate/model/cluster.ts";
import { clusterWithDeclaredPools } from "../../estate-lookup/cluster-facts.ts";
import { workloadFix } from "../../fixes/manifest-fix.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { notReadable, unreadableOf } from "../../unreadable-outcome.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";
import { effectiveReplicas } from "../../workload-selection.ts";

/** FIN-012: nodes that are hardly used can go. */
export const scaleDownFree: Rule = {
  id: "FIN-012",
  name: "scale-down-free",
  title: "No pod keeps the cluster autoscaler from removing a node that is hardly used.",
  severity: { high: "medium", medium: "medium", low: "medium" },
  inputs: ["manifests", "nodePools"],
  judges: "pods",
  *evaluate(context) {
    for (const workload of context.estate.workloads) {
      // Pods of DaemonSets never hold a node.
      if (workload.opaque || workload.run === "perNode") continue;
      const outcome = judge(context, workload);
      if (outcome !== undefined) yield outcome;
    }
  },
};

const annotation = "cluster-autoscaler.kubernetes.io/safe-to-evict";

function judge({ estate }: AuditContext, workload: Workload): RuleOutcome | undefined {
  const cluster = clusterWithDeclaredPools(estate, workload.cluster);
  if (cluster !== undefined && !cluster.nodePools.some(mayShrink)) return undefined;
  const outcome = obstacle(workload, cluster?.autoscaler) ?? passed(workload);
  if (outcome.verdict !== "fail" || cluster !== undefined) return outcome;
  return workloadOutcome(workload, {
    verdict: "notEvaluable",
    missing: ["needs-P"],
    place: outcome.place,
    message: `Cluster ${workload.cluster} declares no node pool, so nothing says whether an autoscaler would remove nodes, which ${workload.label} keeps it from.`,
  });
}

function mayShrink({ autoscaling, minimumNodes, maximumNodes }: NodePool): boolean {
  return autoscaling && minimumNodes < maximumNodes;
}

function obstacle(workload: Workload, autoscaler: Cluster["autoscaler"]): RuleOutcome | undefined {
  const safe = annotationsOfPods(workload)[annotation];
  if (safe === "false") return markedUnsafe(workload);
  return blockedByBudget(workload) ?? (safe === "true" ? undefined : blockedByKind(workload, autoscaler));
}

function markedUnsafe(workload: Workload): RuleOutcome {
  const field = [...workload.podSpecPath.slice(0, -1), "metadata", "annotations", annotation];
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "1",
    field,
    message: `${workload.label} is marked ${annotation}: "false", so every node that runs one of its pods stays, however empty.`,
    fix: workloadFix("Take the annotation away, or keep such pods together on a pool of their own.", workload, [
      { path: field, value: undefined },
    ]),
  });
}

function annotationsOfPods(workload: Workload) {
  let template: unknown = workload.object.value;
  for (const step of workload.podSpecPath.slice(0, -1)) template = asObject(template)[step];
  return asStringMap(asObject(asObject(template)["metadata"]).annotations);
}

function blockedByBudget(workload: Workload): RuleOutcome | undefined {
  if (workload.disruptionBudgets.length === 0) return undefined;
  const unread = unreadableOf(workload, "replicas");
  if (unread !== undefined) return notReadable(workload, unread);
  const replicas = effectiveReplicas(workload);
  const budget = workload.disruptionBudgets.find((each) => allowedDisruptions(each, replicas) === 0);
  if (budget === undefined || replicas === 0) return undefined;
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "2",
    place: budget.place,
    message: `PodDisruptionBudget ${budget.name} allows none of the ${replicas} ${replicas === 1 ? "pod" : "pods"} of ${workload.label} to go, so the nodes that run them stay, however empty.`,
    fix: {
      description:
        replicas < 2 ? "Run two replicas and allow one to be unavailable." : "Allow one pod to be unavailable.",
    },
  });
}

function blockedByKind(workload: Workload, autoscaler: Cluster["autoscaler"] = {}): RuleOutcome | undefined {
  if (workload.kind === "Pod") {
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "3",
      field: ["kind"],
      message: `Pod ${workload.label} has no controller that would start it elsewhere, so its node stays, however empty.`,
      fix: { description: "Let a Deployment or Job run it." },
    });
  }
  const isSystem = workload.namespace === "kube-system" && workload.run === "serving";
  if (isSystem && autoscaler.skipNodesWithSystemPods !== false && workload.disruptionBudgets.length === 0) {
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "4",
      message: `${workload.label} runs in kube-system without a PodDisruptionBudget: AKS keeps nodes with such pods (skip-nodes-with-system-pods), however empty.`,
      fix: { description: "Give it a budget that allows one pod to go, or run it in a namespace of its own." },
    });
  }
  const local = autoscaler.skipNodesWithLocalStorage === true ? localVolumesOf(workload)[0] : undefined;
  if (local === undefined) return undefined;
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "5",
    field: local.path,
    message: `${workload.label} uses local volume ${local.name}, and the autoscaler of ${workload.cluster} is set to keep nodes with local storage, which AKS does not do by default.`,
    fix: { description: "Set skipNodesWithLocalStorage back to false, or mark the pods as safe to evict." },
  });
}
