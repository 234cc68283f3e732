import { asInteger, asList, asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Estate } from "../../../estate/model/estate.ts";

/**
 * The resources whose utilisation, a ratio of usage to request, an autoscaler holds on target: with another request it
 * would run another number of pods, and what they ask for together stays as it is.
 */
export function autoscaledResources(estate: Estate, workload: Workload): ReadonlySet<"cpu" | "memory"> {
  const { autoscaler } = workload.replicas;
  const placed = estate.objects.find(
    ({ object, cluster, environment, namespace }) =>
      object.kind === autoscaler?.kind &&
      object.name === autoscaler.name &&
      cluster === workload.cluster &&
      environment === workload.environment &&
      namespace === workload.namespace,
  );
  if (autoscaler === undefined || placed === undefined) return new Set();
  const spec = asObject(placed.object.value.spec);
  const names =
    autoscaler.kind === "HorizontalPodAutoscaler"
      ? [
          ...asList(spec.metrics).flatMap(utilisationOf),
          ...(asInteger(spec.targetCPUUtilizationPercentage) === undefined ? [] : ["cpu"]),
          // Kubernetes takes 80 % of CPU where no metric is stated.
          ...(asList(spec.metrics).length === 0 ? ["cpu"] : []),
        ]
      : asList(spec.triggers).flatMap(triggerOf);
  return new Set(names.flatMap((name) => (name === "cpu" || name === "memory" ? [name] : [])));
}

function utilisationOf(metric: unknown): readonly string[] {
  const { resource, containerResource } = asObject(metric);
  const { name, target } = asObject(resource ?? containerResource);
  const text = asText(name);
  return text === undefined || asInteger(asObject(target).averageUtilization) === undefined ? [] : [text];
}

function triggerOf(trigger: unknown): readonly string[] {
  const { type, metricType, metadata } = asObject(trigger);
  const isUtilisation = (asText(metricType) ?? asText(asObject(metadata).type) ?? "Utilization") === "Utilization";
  const text = asText(type);
  return isUtilisation && text !== undefined ? [text] : [];
}
