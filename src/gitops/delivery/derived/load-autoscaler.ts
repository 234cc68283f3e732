import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";

/** Share of the requested CPU at which replicas are added, in percent. */
const targetUtilization = 70;

/**
 * An autoscaler for a Deployment without one whose declared load needs more replicas at its peak than it has: from what
 * is declared up to the peak. Undefined where the load fits, or where no CPU request says what utilisation is.
 */
export function derivedAutoscaler(workload: Workload, peakReplicas: number | undefined): JsonObject | undefined {
  const { kind, name, namespace, replicas, podRequests } = workload;
  if (peakReplicas === undefined || peakReplicas <= replicas.maximum || replicas.autoscaler !== undefined) {
    return undefined;
  }
  if (kind !== "Deployment" || workload.opaque || podRequests.cpuMillicores === undefined) return undefined;
  return {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: { name, namespace },
    spec: {
      minReplicas: Math.max(1, replicas.declared),
      maxReplicas: peakReplicas,
      metrics: [
        {
          type: "Resource",
          resource: { name: "cpu", target: { type: "Utilization", averageUtilization: targetUtilization } },
        },
      ],
      scaleTargetRef: { apiVersion: "apps/v1", kind, name },
    },
  };
}
