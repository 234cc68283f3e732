import type { Workload } from "../estate/kubernetes/workload.ts";
import type { AuditContext } from "./rule.ts";

const replicatedKinds = new Set(["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController", "Rollout"]);

/** Workloads that run a chosen number of replicas and can be opened. */
export function replicatedWorkloads({ estate }: AuditContext): Workload[] {
  return estate.workloads.filter((workload) => replicatedKinds.has(workload.kind) && !workload.opaque);
}

/** The replicas that are always there: the autoscaler's floor, or the declared number. */
export function effectiveReplicas({ replicas }: Workload): number {
  return replicas.minimum;
}
