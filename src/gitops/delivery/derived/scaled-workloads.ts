import { asInteger, asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import { objectKeyOf } from "../object-key.ts";

/** Workloads of one cluster with the most replicas that the autoscalers delivered beside them may give them. */
export function scaledWorkloads(workloads: readonly Workload[], objects: Iterable<JsonObject>): readonly Workload[] {
  const maxima = new Map<string, number>();
  for (const object of objects) {
    const { kind: scaler, namespace } = objectKeyOf(object);
    if (scaler !== "HorizontalPodAutoscaler" && scaler !== "ScaledObject") continue;
    const spec = asObject(object["spec"]);
    const target = asObject(spec.scaleTargetRef);
    const most = asInteger(spec.maxReplicas) ?? asInteger(spec.maxReplicaCount);
    if (most === undefined) continue;
    const kind = asText(target.kind) ?? "Deployment";
    maxima.set([namespace, kind, asText(target.name)].join("/"), most);
    // One that scales a Rollout scales the pods of the Deployment that the Rollout takes over.
    if (kind === "Rollout") maxima.set([namespace, "Deployment", asText(target.name)].join("/"), most);
  }
  return workloads.map((workload) => {
    const { namespace, kind, name, replicas } = workload;
    const most = maxima.get(`${namespace}/${kind}/${name}`) ?? 0;
    return most <= replicas.maximum ? workload : { ...workload, replicas: { ...replicas, maximum: most } };
  });
}
