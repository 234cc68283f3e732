import type { FieldPath } from "../sources/yaml-document.ts";
import { groupKind } from "./group-kind.ts";
import type { KubernetesObject } from "./kubernetes-object.ts";
import type { WorkloadRun } from "./workload.ts";

/** A kind whose objects run pods from a template in the object itself. */
export interface WorkloadKind {
  readonly run: WorkloadRun;
  /** Path of the pod template; empty when the object is the pod. */
  readonly templatePath: FieldPath;
}

const template: FieldPath = ["spec", "template"];

const workloadKinds: ReadonlyMap<string, WorkloadKind> = new Map([
  ["Deployment.apps", { run: "serving", templatePath: template }],
  ["Deployment.extensions", { run: "serving", templatePath: template }],
  ["StatefulSet.apps", { run: "serving", templatePath: template }],
  ["DaemonSet.apps", { run: "perNode", templatePath: template }],
  ["DaemonSet.extensions", { run: "perNode", templatePath: template }],
  ["ReplicaSet.apps", { run: "serving", templatePath: template }],
  ["ReplicaSet.extensions", { run: "serving", templatePath: template }],
  ["ReplicationController", { run: "serving", templatePath: template }],
  ["Pod", { run: "serving", templatePath: [] }],
  ["Job.batch", { run: "task", templatePath: template }],
  ["CronJob.batch", { run: "task", templatePath: ["spec", "jobTemplate", "spec", "template"] }],
  ["Rollout.argoproj.io", { run: "serving", templatePath: template }],
  ["CloneSet.apps.kruise.io", { run: "serving", templatePath: template }],
  ["DeploymentConfig.apps.openshift.io", { run: "serving", templatePath: template }],
  ["ScaledJob.keda.sh", { run: "task", templatePath: ["spec", "jobTargetRef", "template"] }],
]);

/** Kinds (`Kind.group`) whose pods the manifests describe in full. */
export const openWorkloadKinds: readonly string[] = [...workloadKinds.keys()];

export function workloadKindOf(object: Pick<KubernetesObject, "apiVersion" | "kind">): WorkloadKind | undefined {
  return workloadKinds.get(groupKind(object));
}
