import { asList, asObject, asText } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { PlacedObject } from "../../estate/model/estate.ts";

/** A share of a request that an autoscaler measures, of all containers or of one. */
export interface ResourceMetric {
  readonly resource: "cpu" | "memory";
  readonly container: string | undefined;
}

/** The utilization metrics of a HorizontalPodAutoscaler or ScaledObject. An HPA without metrics scales by CPU. */
export function resourceMetrics({ object }: PlacedObject): readonly ResourceMetric[] {
  const spec = asObject(object.value.spec);
  if (object.kind === "ScaledObject") return asList(spec.triggers).flatMap((trigger) => kedaMetric(asObject(trigger)));
  if (object.apiVersion === "autoscaling/v1") return [{ resource: "cpu", container: undefined }];
  const metrics = asList(spec.metrics);
  return metrics.length === 0
    ? [{ resource: "cpu", container: undefined }]
    : metrics.flatMap((metric) => horizontalMetric(asObject(metric)));
}

function horizontalMetric({ type, resource, containerResource }: JsonObject): readonly ResourceMetric[] {
  const source = asObject(type === "ContainerResource" ? containerResource : resource);
  if (type !== "Resource" && type !== "ContainerResource") return [];
  // The target of v2; v2beta1 wrote the share into the source itself.
  const isShare = asObject(source.target).type === "Utilization" || source.targetAverageUtilization !== undefined;
  const container = type === "ContainerResource" ? asText(source.container) : undefined;
  return isShare ? named(source.name, container) : [];
}

function kedaMetric({ type, metricType, metadata }: JsonObject): readonly ResourceMetric[] {
  const settings = asObject(metadata);
  const kind = asText(metricType) ?? asText(settings.type) ?? "Utilization";
  return kind === "Utilization" ? named(type, asText(settings.containerName)) : [];
}

function named(name: unknown, container: string | undefined): readonly ResourceMetric[] {
  return name === "cpu" || name === "memory" ? [{ resource: name, container }] : [];
}
