import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import { selectorLabels } from "./selector-labels.ts";

/** A disruption budget that lets one pod of the workload go at a time, and pods that are not healthy at any time. */
export function budgetManifest(workload: Workload): JsonObject {
  return {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: workload.name, namespace: workload.namespace },
    spec: {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: "AlwaysAllow",
      selector: { matchLabels: selectorLabels(workload) },
    },
  };
}
