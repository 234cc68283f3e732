import { storageClassesOf, storageClassTraits } from "../../../catalog/storage-classes.ts";
import type { KubernetesObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { VolumeClaim, Workload } from "../../../estate/kubernetes/workload.ts";
import type { Cluster } from "../../../estate/model/cluster.ts";
import { clustersWithAssumedPools } from "../../evidence.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { workloadChange } from "../../studies/structural-change.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";
import { effectiveReplicas } from "../../workload-selection.ts";

/** AVL-017: a single stateful replica is not pinned to one zone by its disk. */
export const singletonOnZonalDisk: Rule = {
  id: "AVL-017",
  name: "singleton-on-zonal-disk",
  title: "A single stateful replica is not pinned to one zone by its disk.",
  severity: { high: "high", medium: "medium", low: undefined },
  inputs: ["manifests", "storageClasses", "cluster"],
  judges: "replicas",
  *evaluate(context) {
    for (const cluster of context.estate.clusters) yield* judgeCluster(cluster, context);
  },
};

function* judgeCluster(cluster: Cluster, { estate }: AuditContext): Iterable<RuleOutcome> {
  const singletons = estate.workloads.filter(
    (workload) =>
      workload.cluster === cluster.name && workload.kind === "StatefulSet" && effectiveReplicas(workload) === 1,
  );
  if (singletons.length === 0) return;
  const classes = storageClassesOf(cluster.name, estate.objects);
  const isAssumed = clustersWithAssumedPools(estate).has(cluster.name);
  for (const workload of singletons) {
    for (const claim of workload.claims)
      yield isAssumed && !classes.has(claim.storageClassName ?? "")
        ? dependsOnCluster(workload, claim)
        : judge(workload, claim, cluster, classes);
  }
}

/** The built-in classes change their redundancy with the version and the zones of the cluster. */
function dependsOnCluster(workload: Workload, claim: VolumeClaim): RuleOutcome {
  return workloadOutcome(workload, {
    verdict: "notEvaluable",
    place: claim.place,
    missing: ["needs-C", "needs-P"],
    message: `Whether claim ${claim.name} of ${workload.label} is bound to one zone depends on the version and the zones of its cluster, which are not declared.`,
  });
}

function judge(
  workload: Workload,
  claim: VolumeClaim,
  cluster: Cluster,
  classes: ReadonlyMap<string, KubernetesObject>,
): RuleOutcome {
  const redundancy = storageClassTraits(claim.storageClassName, cluster, classes)?.redundancy;
  const className = claim.storageClassName ?? "the default class";
  if (redundancy === undefined) {
    return workloadOutcome(workload, {
      verdict: "notEvaluable",
      place: claim.place,
      missing: ["needs-S"],
      message: `Claim ${claim.name} of ${workload.label} uses storage class ${className}, whose redundancy is not known here.`,
    });
  }
  if (redundancy === "LRS") {
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "1",
      place: claim.place,
      message: `${workload.label} runs one replica on a locally redundant disk (${className}): it can only run in the disk's zone, and is down as long as that zone is.`,
      fix: { description: "Use a zone-redundant class, or replicate the data over zones." },
      ...workloadChange("diskRedundancy", workload),
    });
  }
  if (redundancy === "ZRS" && !claim.accessModes.includes("ReadWriteMany")) {
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "2",
      severity: "medium",
      place: claim.place,
      message: `${workload.label} runs one replica on a zone-redundant disk (${className}): it can move, but waits for the disk to detach and attach again.`,
      fix: { description: "Replicate the data, or accept the minutes of a slow move." },
    });
  }
  return passed(workload);
}
