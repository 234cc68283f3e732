import { apiGroup } from "./group-kind.ts";
import { asInteger, asObject, asText, valueAt } from "./json-value.ts";
import type { JsonObject, KubernetesObject } from "./kubernetes-object.ts";
import { type ObjectIndex, scopeKey } from "./object-index.ts";
import type { WorkloadRun } from "./workload.ts";
import type { WorkloadKind } from "./workload-kinds.ts";

/** A naked pod that is not restarted for ever runs to its end. */
export function runOf(kind: WorkloadKind, object: KubernetesObject, podSpec: JsonObject): WorkloadRun {
  const restartPolicy = asText(podSpec.restartPolicy) ?? "Always";
  return object.kind === "Pod" && restartPolicy !== "Always" ? "task" : kind.run;
}

/**
 * Pods that a workload asks for by itself: `replicas`, the parallelism of a Job (0 while suspended), one a node for a
 * DaemonSet, one for a Pod. A negative or unreadable number counts as the default of 1.
 */
export function declaredReplicas({ kind, value }: KubernetesObject, run: WorkloadRun): number {
  const spec = asObject(value.spec);
  if (kind === "Pod" || run === "perNode") return 1;
  if (kind === "ScaledJob") return atLeastZero(spec.maxReplicaCount, 100);
  if (kind === "CronJob")
    return spec.suspend === true ? 0 : parallelism(asObject(valueAt(spec, ["jobTemplate", "spec"])));
  if (run === "task") return spec.suspend === true ? 0 : parallelism(spec);
  return atLeastZero(spec.replicas, 1);
}

function parallelism(jobSpec: JsonObject): number {
  const parallel = atLeastZero(jobSpec.parallelism, 1);
  const completions = asInteger(jobSpec.completions);
  return completions === undefined ? parallel : Math.min(parallel, Math.max(0, completions));
}

function atLeastZero(value: unknown, byDefault: number): number {
  const count = asInteger(value);
  return count === undefined || count < 0 ? byDefault : count;
}

/**
 * Ids of the workloads that are mere templates of an Argo Rollout: one names them by `workloadRef`, and they run nothing by
 * themselves, by `replicas: 0` or because the Rollout scales them down.
 */
export function rolloutTemplates(index: ObjectIndex): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const placed of index.ofKind("Rollout.argoproj.io")) {
    const reference = asObject(valueAt(placed.object.value, ["spec", "workloadRef"]));
    const name = asText(reference.name);
    if (name === undefined) continue;
    const kind = asText(reference.kind) ?? "Deployment";
    const group = apiGroup(asText(reference.apiVersion) ?? "apps/v1");
    const referred = index.find(placed, group === "" ? kind : `${kind}.${group}`, name)?.object;
    const scaledDown = reference.scaleDown === "onsuccess" || reference.scaleDown === "progressively";
    if (scaledDown || valueAt(referred?.value, ["spec", "replicas"]) === 0) {
      ids.add(`${scopeKey(placed)}/${kind}/${name}`);
    }
  }
  return ids;
}
