import { isJsonObject } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";

/**
 * A budget for a workload of two replicas or more that has none: a drain takes one pod at a time, and pods that never
 * became ready do not hold it up. Undefined where there is nothing to add.
 */
export function derivedDisruptionBudget(workload: Workload): JsonObject | undefined {
  const { run, opaque, replicas, disruptionBudgets, object, name, namespace } = workload;
  if (run !== "serving" || opaque || replicas.minimum < 2 || disruptionBudgets.length > 0) return undefined;
  const selector = isJsonObject(object.value.spec) ? object.value.spec.selector : undefined;
  if (!isJsonObject(selector) || (workload.kind !== "Deployment" && workload.kind !== "StatefulSet")) return undefined;
  return {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name, namespace },
    spec: { maxUnavailable: 1, selector, unhealthyPodEvictionPolicy: "AlwaysAllow" },
  };
}
