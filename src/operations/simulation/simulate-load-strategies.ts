import { autoscalingDefault } from "../../catalog/autoscaling-defaults.ts";
import { containerAppSize, fitsContainerApp, functionSize } from "../../finops/scaling-economics/platform-sizes.ts";
import { type Demand, peakOf, peaksByStep } from "../../scheduling/clock/demand/demand.ts";
import type { RunsOn, SimulatedWorkload } from "../../scheduling/clock/load-simulation.ts";
import { planWithStops } from "../../scheduling/clock/opening-hours.ts";
import type {
  HorizontalPodAutoscalerSettings,
  ScaledObjectSettings,
  ScalerSettings,
} from "../../scheduling/clock/replica-scaling/autoscaler-settings.ts";
import type { CronWindow } from "../../scheduling/clock/replica-scaling/cron-windows.ts";
import type { PlanStep } from "../../scheduling/clock/replica-scaling/replica-plan.ts";
import { defaultBehavior } from "../../scheduling/clock/replica-scaling/scaling-behavior.ts";
import type {
  InstanceSize,
  ServerlessPlatform,
  ServerlessPrices,
} from "../../scheduling/clock/serverless/serverless-platform.ts";
import type { LoadStrategy } from "./simulate-load-report.ts";

/** What all strategies start from. */
export interface StrategyBasis {
  readonly demand: Demand;
  readonly perReplica: number;
  readonly patienceSeconds: number;
  readonly pods: Extract<RunsOn, { kind: "pods" }>;
  /** As declared, or what is assumed instead. */
  readonly scaler: HorizontalPodAutoscalerSettings | ScaledObjectSettings;
  /** Share of its capacity that a replica is held to. */
  readonly targetShare: number;
  readonly podSize: InstanceSize;
  readonly containerApps: ServerlessPrices | undefined;
  readonly functions: ServerlessPrices | undefined;
  /** From the order of a node to a ready replica on it, in a bad case. */
  readonly leadSeconds: number;
  /** When the environment of the workload is not needed, in seconds from the beginning of the demand. */
  readonly offHours: readonly CronWindow[];
  /** When the cluster is stopped as declared, whatever the strategy. */
  readonly declaredStops: readonly CronWindow[];
}

/** Length of one step of the pre-scaling calendar. */
export const prescalingStepSeconds = 1800;

export const strategyWords: { readonly [strategy in LoadStrategy]: string } = {
  reactive: "as declared: replicas follow the metric, nodes follow the replicas",
  prescaled: "as declared, and a calendar raises the minimum before known peaks",
  "scale-to-zero": "KEDA on the demand itself, down to no replica",
  "off-hours":
    "as declared in the hours of the environment, stopped outside them; with it the cluster, when no environment needs it",
  serverless: "Container Apps on consumption; the workload leaves the cluster",
  functions: "Functions Flex Consumption; the workload leaves the cluster",
  fixed: "replicas for the peak, day and night",
};

/** The workload under a strategy; undefined where a price is missing, where no instance of the platform is large enough, or where the environment is needed always. */
export function workloadUnder(strategy: LoadStrategy, basis: StrategyBasis): SimulatedWorkload | undefined {
  const workload = runUnder(strategy, basis);
  const isOnPlatform = workload?.runsOn.kind === "serverless";
  return workload === undefined || isOnPlatform
    ? workload
    : { ...workload, plan: planWithStops(workload.plan, basis.declaredStops) };
}

function runUnder(strategy: LoadStrategy, basis: StrategyBasis): SimulatedWorkload | undefined {
  switch (strategy) {
    case "off-hours":
      return basis.offHours.length === 0
        ? undefined
        : onCluster(basis, basis.scaler, planWithStops([], basis.offHours));
    case "reactive":
      return onCluster(basis, basis.scaler, []);
    case "prescaled":
      return onCluster(basis, basis.scaler, prescalingPlan(basis));
    case "scale-to-zero":
      return onCluster(basis, demandScaler(basis, basis.scaler.maximum), []);
    case "fixed":
      return onCluster(basis, { kind: "Fixed", replicas: replicasFor(basis, peakOf(basis.demand).rate) }, []);
    case "serverless":
      return basis.containerApps === undefined || !fitsContainerApp(basis.podSize)
        ? undefined
        : onPlatform(basis, containerApps(), containerAppSize(basis.podSize), basis.containerApps);
    case "functions": {
      const size = functionSize(basis.podSize);
      return basis.functions === undefined || size === undefined
        ? undefined
        : onPlatform(basis, functions(), size, basis.functions);
    }
  }
}

/** Replicas that hold a demand at the target. */
function replicasFor({ perReplica, targetShare }: StrategyBasis, rate: number): number {
  return Math.max(1, Math.ceil(rate / (perReplica * targetShare) - 1e-9));
}

function onCluster(basis: StrategyBasis, scaler: ScalerSettings, plan: readonly PlanStep[]): SimulatedWorkload {
  const { demand, perReplica, patienceSeconds, pods } = basis;
  const atFirst = replicasFor(basis, demand.rates[0] ?? 0);
  const first = plan.findLast(({ seconds }) => seconds <= 0);
  const bounded =
    scaler.kind === "Fixed"
      ? scaler.replicas
      : "minimum" in scaler
        ? clamp(atFirst, scaler.minimum, scaler.maximum)
        : 0;
  return {
    runsOn: pods,
    perReplica,
    patienceSeconds,
    scaler,
    plan,
    initialReplicas: clamp(bounded, first?.minimum ?? 0, first?.maximum ?? Number.POSITIVE_INFINITY),
  };
}

/** The minimum of every step of the calendar is there `leadSeconds` before the step. */
function prescalingPlan(basis: StrategyBasis): readonly PlanStep[] {
  const maximum = Number.POSITIVE_INFINITY;
  const needs = peaksByStep(basis.demand, prescalingStepSeconds).map((peak) =>
    Math.min(basis.scaler.maximum, replicasFor(basis, peak)),
  );
  const steps = needs.flatMap((need, index): PlanStep[] => {
    const begins = index * prescalingStepSeconds;
    const next = needs[index + 1];
    const early = Math.max(begins, begins + prescalingStepSeconds - basis.leadSeconds);
    if (next === undefined || next <= need) return [{ seconds: begins, minimum: need, maximum }];
    return [
      { seconds: begins, minimum: need, maximum },
      { seconds: early, minimum: next, maximum },
    ];
  });
  return steps;
}

/** KEDA on the demand, down to zero, with KEDA's defaults. */
function demandScaler({ perReplica, targetShare }: StrategyBasis, maximum: number): ScaledObjectSettings {
  const metric = { signal: "demand", kind: "average", value: perReplica * targetShare } as const;
  return {
    kind: "ScaledObject",
    minimum: 0,
    maximum,
    idle: undefined,
    pollingSeconds: autoscalingDefault("keda.pollingInterval").value,
    cooldownSeconds: autoscalingDefault("keda.cooldownPeriod").value,
    initialCooldownSeconds: autoscalingDefault("keda.initialCooldownPeriod").value,
    fallback: undefined,
    triggers: [{ type: "metric", metric, activationThreshold: 0 }],
    behavior: undefined,
    tolerance: autoscalingDefault("hpa.tolerance").value,
  };
}

function onPlatform(
  basis: StrategyBasis,
  platform: ServerlessPlatform,
  size: InstanceSize,
  prices: ServerlessPrices,
): SimulatedWorkload {
  const { demand, perReplica, patienceSeconds } = basis;
  const scaler: ScaledObjectSettings = {
    ...demandScaler(basis, platform.mostInstances),
    pollingSeconds: platform.activationSeconds,
    cooldownSeconds: platform.cooldownSeconds,
    behavior: platform.behavior,
  };
  const atFirst = (demand.rates[0] ?? 0) > 0 ? replicasFor(basis, demand.rates[0] ?? 0) : 0;
  const initialReplicas = Math.min(platform.mostInstances, atFirst);
  const runsOn = { kind: "serverless", platform, size, prices } as const;
  return { runsOn, perReplica, patienceSeconds, scaler, plan: [], initialReplicas };
}

/** Container Apps is KEDA with the rules of the autoscaler; demand is averaged over its decision interval. */
function containerApps(): ServerlessPlatform {
  return {
    name: "containerApps",
    decisionSeconds: autoscalingDefault("containerApps.httpDecision").value,
    activationSeconds: autoscalingDefault("containerApps.httpDecision").value,
    cooldownSeconds: autoscalingDefault("containerApps.cooldownPeriod").value,
    mostInstances: autoscalingDefault("containerApps.mostReplicas").value,
    behavior: defaultBehavior,
    start: {
      medianSeconds: autoscalingDefault("containerApps.startMedian").value,
      p95Seconds: autoscalingDefault("containerApps.startP95").value,
    },
  };
}

function functions(): ServerlessPlatform {
  const rate = autoscalingDefault("functions.httpInstanceRate").value;
  return {
    name: "functions",
    decisionSeconds: 1,
    activationSeconds: 1,
    cooldownSeconds: autoscalingDefault("containerApps.cooldownPeriod").value,
    mostInstances: autoscalingDefault("functions.mostInstances").value,
    behavior: {
      ...defaultBehavior,
      scaleUp: {
        stabilizationWindowSeconds: 0,
        selectPolicy: "Max",
        policies: [{ type: "Pods", value: rate, periodSeconds: 1 }],
      },
    },
    start: {
      medianSeconds: autoscalingDefault("functions.startMedian").value,
      p95Seconds: autoscalingDefault("functions.startP95").value,
    },
  };
}

function clamp(value: number, minimum: number, maximum: number): number {
  return Math.min(maximum, Math.max(minimum, value));
}
