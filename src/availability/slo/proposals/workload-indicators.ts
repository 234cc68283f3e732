import { asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { PlacedObject } from "../../../estate/model/estate.ts";
import { podsOf } from "./journey-indicators.ts";
import type { IndicatorProposal } from "./proposal.ts";

type Common = Pick<IndicatorProposal, "service" | "targetPercent" | "isTargetDeclared">;

/** Saturation of CPU, memory and volumes, and the queue that a workload is scaled by. */
export function workloadIndicators(
  workload: Workload,
  service: string,
  objects: readonly PlacedObject[],
): readonly IndicatorProposal[] {
  const common = { service, targetPercent: "99", isTargetDeclared: false };
  return [
    ...throttling(workload, common),
    ...memory(workload, common),
    ...volumes(workload, common),
    ...queues(workload, common, objects),
  ];
}

function throttling(workload: Workload, common: Common): readonly IndicatorProposal[] {
  const { name, namespace, podLimits, label } = workload;
  if (podLimits.cpuMillicores === undefined) return [];
  const matchers = `{namespace=${JSON.stringify(namespace)}, ${podsOf([name])}, container!=""}`;
  const of = (metric: string) => `sum(rate(${metric}${matchers}[{{.window}}]))`;
  return [
    {
      ...common,
      kind: "saturation",
      name: `${namespace}-${name}-cpu`,
      description: `CPU periods in which ${label} is not throttled.`,
      evidence: `CPU limit of ${label}`,
      convention: "cAdvisor",
      metric: {
        kind: "ratio",
        part: "bad",
        partQuery: of("container_cpu_cfs_throttled_periods_total"),
        totalQuery: of("container_cpu_cfs_periods_total"),
      },
    },
  ];
}

function memory(workload: Workload, common: Common): readonly IndicatorProposal[] {
  const { name, namespace, podLimits, label } = workload;
  if (podLimits.memoryBytes === undefined) return [];
  const matchers = `namespace=${JSON.stringify(namespace)}, ${podsOf([name])}, container!=""`;
  const used = `container_memory_working_set_bytes{${matchers}}`;
  const limit = `kube_pod_container_resource_limits{${matchers}, resource="memory"}`;
  return [
    {
      ...common,
      kind: "saturation",
      name: `${namespace}-${name}-memory`,
      description: `Memory of ${label} below 90 % of its limit.`,
      evidence: `memory limit of ${label}`,
      convention: "cAdvisor and kube-state-metrics",
      metric: {
        kind: "threshold",
        query: `max(max by (namespace, pod, container) (${used}) / max by (namespace, pod, container) (${limit}))`,
        operator: "lte",
        value: 0.9,
      },
    },
  ];
}

function volumes(workload: Workload, common: Common): readonly IndicatorProposal[] {
  const { name, namespace, claims, label } = workload;
  if (claims.length === 0) return [];
  const pattern = claims.map((claim) => (claim.perReplica ? `${claim.name}-${name}-[0-9]+` : claim.name)).join("|");
  const matchers = `{namespace=${JSON.stringify(namespace)}, persistentvolumeclaim=~${JSON.stringify(pattern)}}`;
  return [
    {
      ...common,
      kind: "saturation",
      name: `${namespace}-${name}-volumes`,
      description: `Volumes of ${label} at most 85 % full.`,
      evidence: `volume claims of ${label}`,
      convention: "the kubelet",
      metric: {
        kind: "threshold",
        query: `max(kubelet_volume_stats_used_bytes${matchers} / kubelet_volume_stats_capacity_bytes${matchers})`,
        operator: "lte",
        value: 0.85,
      },
    },
  ];
}

/** Fields by which KEDA's scalers of queues say how many messages one replica is for. */
const perReplicaFields = ["messageCount", "queueLength", "lagThreshold", "unprocessedEventThreshold", "value"] as const;

/** A backlog above what the replicas at their maximum are scaled for only grows older. */
function queues(workload: Workload, common: Common, objects: readonly PlacedObject[]): readonly IndicatorProposal[] {
  const { autoscaler, maximum } = workload.replicas;
  if (autoscaler?.kind !== "ScaledObject") return [];
  const placed = objects.find(
    ({ environment, cluster, namespace, object }) =>
      environment === workload.environment &&
      cluster === workload.cluster &&
      namespace === workload.namespace &&
      object.kind === "ScaledObject" &&
      object.name === autoscaler.name,
  );
  const { triggers } = asObject(asObject(placed?.object.value).spec);
  return (Array.isArray(triggers) ? triggers : []).flatMap((trigger: unknown, index): readonly IndicatorProposal[] => {
    const { type, metadata } = asObject(trigger);
    const perReplica = messagesPerReplica(asObject(metadata));
    if (perReplica === undefined) return [];
    const matchers = `exported_namespace=${JSON.stringify(workload.namespace)}, scaledObject=${JSON.stringify(autoscaler.name)}, triggerIndex="${index}"`;
    return [
      {
        ...common,
        kind: "queue",
        name: `${workload.namespace}-${workload.name}-queue${index === 0 ? "" : `-${index}`}`,
        description: `Queue of ${workload.label} within what ${maximum} replicas are scaled for, so that messages do not grow old.`,
        evidence: `trigger ${asText(type) ?? index} of ScaledObject ${autoscaler.name}, ${perReplica} for each of ${maximum} replicas`,
        convention: "KEDA",
        metric: {
          kind: "threshold",
          query: `max(keda_scaler_metrics_value{${matchers}})`,
          operator: "lte",
          value: perReplica * maximum,
        },
      },
    ];
  });
}

function messagesPerReplica(metadata: { readonly [key: string]: unknown }): number | undefined {
  for (const field of perReplicaFields) {
    const value = Number(metadata[field]);
    if (metadata[field] !== undefined && Number.isFinite(value) && value > 0) return value;
  }
  return undefined;
}
