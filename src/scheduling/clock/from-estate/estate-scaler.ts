import { autoscalingDefault } from "../../../catalog/autoscaling-defaults.ts";
import type { Diagnostic } from "../../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import { scalingFieldRefused } from "../../../estate/diagnostics/load-diagnostics.ts";
import { asInteger, asList, asLooseText, asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import type {
  HorizontalPodAutoscalerSettings,
  KedaTrigger,
  ScaledObjectSettings,
  ScalingSignal,
} from "../replica-scaling/autoscaler-settings.ts";
import { type CronWindow, cronWindows } from "../replica-scaling/cron-windows.ts";
import { defaultBehavior, type ScalingBehavior, type ScalingRules } from "../replica-scaling/scaling-behavior.ts";
import { zoneOffset } from "../time-zone.ts";

export interface EstateScaler {
  /** Undefined: none is declared, or nothing of what it looks at can be followed. */
  readonly settings: HorizontalPodAutoscalerSettings | ScaledObjectSettings | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** The autoscaler of a workload as the clock takes it. `period` is the time that cron triggers are laid out over. */
export function estateScaler(estate: Estate, workload: Workload, period: CronWindow): EstateScaler {
  const { autoscaler, minimum, maximum } = workload.replicas;
  const placed = estate.objects.find(
    ({ object, cluster, environment, namespace }) =>
      object.kind === autoscaler?.kind &&
      object.name === autoscaler.name &&
      cluster === workload.cluster &&
      environment === workload.environment &&
      namespace === workload.namespace,
  );
  if (autoscaler === undefined || placed === undefined) return { settings: undefined, diagnostics: [] };
  const spec = asObject(placed.object.value.spec);
  const name = `${autoscaler.kind}/${autoscaler.name}`;
  const refused: string[] = [];
  const bounds = { minimum, maximum };
  const settings =
    autoscaler.kind === "HorizontalPodAutoscaler"
      ? readHorizontalPodAutoscaler(spec, bounds, refused)
      : readScaledObject(spec, bounds, period, refused);
  const diagnostics = refused.map((field) =>
    diagnose(scalingFieldRefused, { object: name, field }, { place: autoscaler.place }),
  );
  return { settings, diagnostics };
}

interface Bounds {
  readonly minimum: number;
  readonly maximum: number;
}

function readHorizontalPodAutoscaler(
  spec: JsonObject,
  bounds: Bounds,
  refused: string[],
): HorizontalPodAutoscalerSettings | undefined {
  const old = asInteger(spec.targetCPUUtilizationPercentage);
  const metrics: ScalingSignal[] = old === undefined ? [] : [{ signal: "utilization", percent: old }];
  for (const metric of asList(spec.metrics)) {
    const { type, resource, containerResource } = asObject(metric);
    const { name, target } = asObject(resource ?? containerResource);
    const percent = asInteger(asObject(target).averageUtilization);
    if (name === "cpu" && percent !== undefined && percent > 0) metrics.push({ signal: "utilization", percent });
    else refused.push(`${asText(type) ?? "a metric"}${typeof name === "string" ? ` ${name}` : ""}`);
  }
  if (metrics.length === 0) return undefined;
  const behavior = readBehavior(spec.behavior);
  return { kind: "HorizontalPodAutoscaler", ...bounds, metrics, behavior, tolerance: tolerance() };
}

function readScaledObject(
  spec: JsonObject,
  bounds: Bounds,
  period: CronWindow,
  refused: string[],
): ScaledObjectSettings | undefined {
  const triggers = asList(spec.triggers).flatMap((value): KedaTrigger[] => {
    const { type, metadata } = asObject(value);
    const trigger = readTrigger(asText(type) ?? "", asObject(metadata), period);
    if (trigger === undefined) refused.push(`trigger ${asText(type) ?? "without type"}`);
    return trigger === undefined ? [] : [trigger];
  });
  if (triggers.length === 0) return undefined;
  const { failureThreshold, replicas } = asObject(spec.fallback);
  const seconds = (value: unknown, name: Parameters<typeof autoscalingDefault>[0]) =>
    Math.max(0, asInteger(value) ?? autoscalingDefault(name).value);
  const advanced = asObject(asObject(spec.advanced).horizontalPodAutoscalerConfig);
  return {
    kind: "ScaledObject",
    ...bounds,
    idle: asInteger(spec.idleReplicaCount),
    pollingSeconds: Math.max(1, seconds(spec.pollingInterval, "keda.pollingInterval")),
    cooldownSeconds: seconds(spec.cooldownPeriod, "keda.cooldownPeriod"),
    initialCooldownSeconds: seconds(spec.initialCooldownPeriod, "keda.initialCooldownPeriod"),
    fallback:
      asInteger(failureThreshold) === undefined || asInteger(replicas) === undefined
        ? undefined
        : { failureThreshold: asInteger(failureThreshold) ?? 0, replicas: asInteger(replicas) ?? 0 },
    triggers,
    behavior: readBehavior(advanced.behavior),
    tolerance: tolerance(),
  };
}

const rateTriggers: ReadonlySet<string> = new Set(["prometheus", "azure-monitor", "metrics-api", "http"]);
const queueFields = ["messageCount", "queueLength", "lagThreshold", "unprocessedEventThreshold", "listLength"];

function readTrigger(type: string, metadata: JsonObject, period: CronWindow): KedaTrigger | undefined {
  if (type === "cron") return readCron(metadata, period);
  if (type === "cpu") {
    const percent = Number(asLooseText(metadata.value));
    return percent > 0
      ? { type: "metric", metric: { signal: "utilization", percent }, activationThreshold: 0 }
      : undefined;
  }
  const activation = Object.entries(metadata).find(([field]) => field.startsWith("activation"))?.[1];
  const activationThreshold = Number(asLooseText(activation) ?? 0) || 0;
  const queueField = queueFields.find((field) => metadata[field] !== undefined);
  const value = Number(asLooseText(queueField === undefined ? metadata.threshold : metadata[queueField]));
  if (!(value > 0) || (queueField === undefined && !rateTriggers.has(type))) return undefined;
  const signal = queueField === undefined ? "demand" : "waiting";
  return { type: "metric", metric: { signal, kind: "average", value }, activationThreshold };
}

function readCron({ start, end, timezone, desiredReplicas }: JsonObject, period: CronWindow): KedaTrigger | undefined {
  const replicas = Number(asLooseText(desiredReplicas));
  const offset = zoneOffset(asText(timezone) ?? "UTC");
  const windows = cronWindows({ start: asText(start) ?? "", end: asText(end) ?? "" }, offset, period);
  if (windows === undefined || !(replicas > 0)) return undefined;
  return { type: "cron", windows, desiredReplicas: Math.ceil(replicas) };
}

function readBehavior(value: unknown): ScalingBehavior | undefined {
  if (value === undefined) return undefined;
  const { scaleUp, scaleDown } = asObject(value);
  return {
    scaleUp: readRules(scaleUp, defaultBehavior.scaleUp),
    scaleDown: readRules(scaleDown, defaultBehavior.scaleDown),
  };
}

function readRules(value: unknown, byDefault: ScalingRules): ScalingRules {
  const { stabilizationWindowSeconds, selectPolicy, policies } = asObject(value);
  const read = asList(policies).flatMap((each) => {
    const policy = asObject(each);
    const amount = asInteger(policy.value);
    const periodSeconds = asInteger(policy.periodSeconds);
    if ((policy.type !== "Pods" && policy.type !== "Percent") || amount === undefined || periodSeconds === undefined)
      return [];
    return [{ type: policy.type, value: amount, periodSeconds } as const];
  });
  return {
    stabilizationWindowSeconds: Math.max(
      0,
      asInteger(stabilizationWindowSeconds) ?? byDefault.stabilizationWindowSeconds,
    ),
    selectPolicy: selectPolicy === "Min" || selectPolicy === "Disabled" ? selectPolicy : "Max",
    policies: read.length > 0 ? read : byDefault.policies,
  };
}

function tolerance(): number {
  return autoscalingDefault("hpa.tolerance").value;
}
