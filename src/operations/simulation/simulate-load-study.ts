import { autoscalingDefault } from "../../catalog/autoscaling-defaults.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import {
  assumedAutoscaler,
  assumedImageMegabytes,
  assumedPatienceSeconds,
  assumedReplicaStart,
  autoscalerProfile,
  backgroundStaysStill,
  cpuFollowsLoad,
  demandGoesToOneCluster,
  demandPatience,
  nodeBootTime,
  nodeProvisioningProfile,
  prescalingPlan,
  replicaCapacity,
  replicaStartTime,
  serverlessStart,
} from "../../estate/assumptions/load-rules.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { simulatedPodsPending, simulationStopped, strategyLeftOut } from "../../estate/diagnostics/load-diagnostics.ts";
import { secondsToReady } from "../../estate/kubernetes/time-to-ready.ts";
import type { Estate, LoadProfile } from "../../estate/model/estate.ts";
import { type Demand, peakOf } from "../../scheduling/clock/demand/demand.ts";
import { estateBlueprint } from "../../scheduling/clock/from-estate/estate-blueprint.ts";
import { expanderWords, nodeScalingOf } from "../../scheduling/clock/from-estate/estate-node-scaling.ts";
import { type OpeningHours, openingHours } from "../../scheduling/clock/from-estate/estate-opening-hours.ts";
import { estateScaler } from "../../scheduling/clock/from-estate/estate-scaler.ts";
import { mostProvisionedNodes, provisionedCluster } from "../../scheduling/clock/from-estate/provisionable-sizes.ts";
import type { LoadOutcome, LoadSimulationInput, SimulatedWorkload } from "../../scheduling/clock/load-simulation.ts";
import type { ClusterAutoscalerProfile } from "../../scheduling/clock/node-scaling/cluster-autoscaler-profile.ts";
import type { NodeProvisioningProfile } from "../../scheduling/clock/node-scaling/node-provisioning-profile.ts";
import type { HorizontalPodAutoscalerSettings } from "../../scheduling/clock/replica-scaling/autoscaler-settings.ts";
import type { CronWindow } from "../../scheduling/clock/replica-scaling/cron-windows.ts";
import { simulateLoad } from "../../scheduling/clock/simulate-load.ts";
import { bytesPerGiB } from "../../scheduling/pod-demand.ts";
import type { Progress } from "../ports.ts";
import type { SeriesInput } from "./simulate-load-demand.ts";
import { strategyOutcome } from "./simulate-load-figures.ts";
import { loadPrices } from "./simulate-load-prices.ts";
import type { LoadStrategy, StrategyOutcome } from "./simulate-load-report.ts";
import { prescalingStepSeconds, type StrategyBasis, workloadUnder } from "./simulate-load-strategies.ts";
import type { LoadTarget, LoadTargetOptions } from "./simulate-load-target.ts";

export interface SimulateLoadOptions extends LoadTargetOptions {
  /** Undefined: the load profile of the entry point. */
  readonly series?: SeriesInput;
  /** Text of a file that a load profile names; undefined when it was not read. */
  readonly textOf: (profile: LoadProfile, file: string) => string | undefined;
  readonly days: number;
  /** Seconds since 1970. */
  readonly startSeconds?: number;
  /** Units a second that one replica serves, where it is not as declared. */
  readonly perReplica?: number;
  /** Undefined: the four usual ones, and off-hours where the environment has hours. */
  readonly strategies?: readonly LoadStrategy[];
  readonly seed: number;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Bound on the events of one strategy. */
  readonly mostEvents?: number;
  readonly onProgress?: Progress;
  readonly signal?: AbortSignal;
}

/** Enough for a year of half a minute between decisions; a month needs about half a million. */
const defaultMostEvents = 20_000_000;
/** Points of a series that a report carries at most. */
const mostPoints = 750;

/** One entry point under one demand: what is assumed of it, and its run under each strategy. */
export class LoadStudy {
  readonly assumptions: Assumption[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly prices: ReturnType<typeof loadPrices>;
  readonly perReplica: number;
  readonly pointSeconds: number;
  private readonly options: SimulateLoadOptions;
  private readonly estate: Estate;
  private readonly target: LoadTarget;
  private readonly demand: Demand;
  private readonly read: ReturnType<typeof estateBlueprint>;
  private readonly hours: OpeningHours;
  private readonly nodeScaling: ClusterAutoscalerProfile;
  private readonly provisioning: NodeProvisioningProfile | undefined;

  constructor(estate: Estate, catalog: Catalog, options: SimulateLoadOptions, target: LoadTarget, demand: Demand) {
    const { workload } = target;
    const { cluster, profile } = provisionedCluster(target.cluster, catalog);
    this.provisioning = profile;
    this.options = options;
    this.estate = estate;
    this.target = target;
    this.demand = demand;
    this.prices = loadPrices(estate, cluster, catalog, options.today);
    this.read = estateBlueprint(estate, cluster, workload, catalog, this.prices.nodeHour, profile?.sizes);
    this.pointSeconds = Math.max(1, Math.ceil(demand.durationSeconds / mostPoints / 3600)) * 3600;
    this.perReplica = this.replicaCapacity();
    this.hours = openingHours(estate, workload.environment, cluster, demand);
    this.nodeScaling = nodeScalingOf(cluster);
    this.diagnostics.push(...this.prices.diagnostics, ...this.read.diagnostics);
  }

  run(): readonly StrategyOutcome[] {
    const { onProgress, seed } = this.options;
    const strategies = this.options.strategies ?? usualStrategies(this.hours);
    const basis = this.basis();
    if (basis === undefined) return [];
    this.noteSurroundings();
    onProgress?.("simulating the cluster without the workload");
    const without = simulateLoad(this.input(undefined, basis.declaredStops));
    this.noteUnplaced(without);
    const stops = this.hours.clusterClosed;
    const withoutStopped =
      strategies.includes("off-hours") && stops.length > 0 ? simulateLoad(this.input(undefined, stops)) : without;
    return strategies.flatMap((strategy) => {
      onProgress?.(`simulating ${strategy}`);
      const workload = workloadUnder(strategy, basis);
      if (workload === undefined) {
        this.noteLeftOut(strategy, basis);
        return [];
      }
      this.noteStrategy(strategy, workload, basis.leadSeconds);
      const isStopped = strategy === "off-hours";
      const outcome = simulateLoad(this.input(workload, isStopped ? stops : basis.declaredStops));
      const costWithout = (isStopped ? withoutStopped : without).totals.nodeCost;
      this.noteStop(strategy, outcome);
      const { prices, perReplica } = this;
      const days = Number((this.demand.durationSeconds / 86_400).toFixed(2));
      return [strategyOutcome(strategy, outcome, { prices, days, seed, perReplica, costWithout })];
    });
  }

  private input(workload: SimulatedWorkload | undefined, clusterStops: readonly CronWindow[]): LoadSimulationInput {
    const { seed, mostEvents = defaultMostEvents, signal } = this.options;
    return {
      demand: this.demand,
      cluster: this.read.blueprint,
      workload,
      nodeScaling: this.nodeScaling,
      ...(this.provisioning === undefined ? {} : { nodeProvisioning: this.provisioning }),
      clusterStops,
      timing: {
        boot: bootTime,
        metricSeconds: autoscalingDefault("metrics.resolution").value,
        syncSeconds:
          workload?.runsOn.kind === "serverless"
            ? workload.runsOn.platform.decisionSeconds
            : autoscalingDefault("hpa.syncPeriod").value,
      },
      seed,
      mostEvents,
      pointSeconds: this.pointSeconds,
      ...(signal === undefined ? {} : { signal }),
    };
  }

  private basis(): StrategyBasis | undefined {
    const { workload } = this.target;
    const { podOf } = this.read;
    if (podOf === undefined) return undefined;
    const imagePullSeconds =
      assumedImageMegabytes / autoscalingDefault("image.pullRate").value +
      autoscalingDefault("image.pullOverhead").value;
    const start = this.startTime(imagePullSeconds);
    const scaler = this.scaler();
    const [metric] = scaler.kind === "HorizontalPodAutoscaler" ? scaler.metrics : [];
    const targetShare = metric?.signal === "utilization" ? Math.min(1, metric.percent / 100) : assumedTargetShare;
    const bad = bootTime.p95Seconds + imagePullSeconds + start.p95Seconds;
    return {
      demand: this.demand,
      perReplica: this.perReplica,
      patienceSeconds: this.patience(),
      pods: { kind: "pods", podOf, imageName: workload.id, imagePullSeconds, start },
      scaler,
      targetShare,
      podSize: {
        vcpu: (workload.podRequests.cpuMillicores ?? 100) / 1000,
        memoryGiB: (workload.podRequests.memoryBytes ?? 200 * 1024 ** 2) / bytesPerGiB,
      },
      containerApps: this.prices.containerApps,
      functions: this.prices.functions,
      leadSeconds: Math.ceil(bad / 300) * 300,
      offHours: this.hours.environmentClosed,
      declaredStops: this.target.cluster.stopsOutsideHours === true ? this.hours.clusterClosed : [],
    };
  }

  private replicaCapacity(): number {
    const { perReplica, workload, profile } = this.target;
    const given = this.options.perReplica ?? perReplica;
    const unit = profile?.unit ?? "requestsPerSecond";
    const most = Math.max(1, workload.replicas.maximum);
    const assumed = Math.max(0.001, peakOf(this.demand).rate / (most * assumedTargetShare));
    const capacity = given ?? Number(assumed.toPrecision(3));
    if (given === undefined)
      this.assumptions.push(assume(replicaCapacity, workload.id, { perReplica: capacity, unit }));
    const lagSeconds = autoscalingDefault("metrics.resolution").value;
    this.assumptions.push(assume(cpuFollowsLoad, workload.id, { perReplica: capacity, unit, lagSeconds }));
    return capacity;
  }

  private scaler(): StrategyBasis["scaler"] {
    const { workload } = this.target;
    const fromSeconds = this.demand.startSeconds - 86_400;
    const untilSeconds = this.demand.startSeconds + this.demand.durationSeconds;
    const { settings, diagnostics } = estateScaler(this.estate, workload, { fromSeconds, untilSeconds });
    this.diagnostics.push(...diagnostics);
    if (settings !== undefined) return settings;
    const percent = assumedTargetShare * 100;
    const minimum = Math.max(1, workload.replicas.minimum);
    const forPeak = Math.ceil(peakOf(this.demand).rate / (this.perReplica * assumedTargetShare));
    const maximum = Math.max(minimum, workload.replicas.maximum, forPeak);
    this.assumptions.push(assume(assumedAutoscaler, workload.id, { minimum, maximum, percent }));
    const metrics = [{ signal: "utilization", percent } as const];
    const scaler: HorizontalPodAutoscalerSettings = {
      kind: "HorizontalPodAutoscaler",
      minimum,
      maximum,
      metrics,
      behavior: undefined,
      tolerance: autoscalingDefault("hpa.tolerance").value,
    };
    return scaler;
  }

  private patience(): number {
    const { workload } = this.target;
    const application = this.estate.applications.find(({ name }) => name === workload.application);
    if (application?.longestRequestSeconds !== undefined) return application.longestRequestSeconds;
    const seconds = assumedPatienceSeconds;
    this.assumptions.push(assume(demandPatience, workload.id, { seconds }));
    return seconds;
  }

  private startTime(pullSeconds: number) {
    const { workload } = this.target;
    const probes = secondsToReady(workload);
    const median = assumedReplicaStart.medianSeconds + probes;
    const p95 = assumedReplicaStart.p95Seconds + probes;
    const seconds = Number(pullSeconds.toFixed(2));
    const parameters = { median, p95, megabytes: assumedImageMegabytes, pullSeconds: seconds };
    this.assumptions.push(assume(replicaStartTime, workload.id, parameters));
    return { medianSeconds: median, p95Seconds: p95 };
  }

  private noteSurroundings(): void {
    const { cluster, workload, otherClusters } = this.target;
    const subject = `Cluster/${cluster.name}`;
    const others = this.estate.workloads.filter((each) => each.cluster === cluster.name && each.id !== workload.id);
    this.assumptions.push(
      assume(nodeBootTime, subject, { median: bootTime.medianSeconds, p95: bootTime.p95Seconds }),
      assume(backgroundStaysStill, subject, { workloads: others.length }),
      this.provisioning === undefined
        ? assume(autoscalerProfile, subject, { expander: expanderWords(this.target.cluster, this.nodeScaling) })
        : assume(nodeProvisioningProfile, subject, { sizes: this.provisioning.sizes.size, most: mostProvisionedNodes }),
    );
    if (otherClusters.length === 0) return;
    const parameters = { cluster: cluster.name, others: otherClusters };
    this.assumptions.push(assume(demandGoesToOneCluster, this.target.entryPoint.name, parameters));
  }

  private noteStrategy(strategy: LoadStrategy, { runsOn }: SimulatedWorkload, leadSeconds: number): void {
    if (strategy === "prescaled") {
      const leadMinutes = leadSeconds / 60;
      const parameters = { leadMinutes, stepMinutes: prescalingStepSeconds / 60 };
      this.assumptions.push(assume(prescalingPlan, this.target.workload.id, parameters));
    }
    if (runsOn.kind === "serverless") {
      const { start, name } = runsOn.platform;
      const platform = name === "functions" ? "Functions" : "Container Apps";
      const parameters = { platform, median: start.medianSeconds, p95: start.p95Seconds };
      this.assumptions.push(assume(serverlessStart, platform, parameters));
    }
  }

  private noteLeftOut(strategy: LoadStrategy, { containerApps, functions, podSize }: StrategyBasis): void {
    const { environment } = this.target.workload;
    const prices = strategy === "functions" ? functions : containerApps;
    const reason =
      strategy === "off-hours"
        ? `environment ${environment} is needed always`
        : prices === undefined
          ? `the catalog has no price of it in ${this.target.cluster.region}`
          : `no instance of it has ${podSize.vcpu} vCPU and ${podSize.memoryGiB} GiB`;
    this.diagnostics.push(diagnose(strategyLeftOut, { strategy, reason }));
  }

  private noteUnplaced({ unplaced }: LoadOutcome): void {
    if (unplaced.length === 0) return;
    this.diagnostics.push(diagnose(simulatedPodsPending, { cluster: this.target.cluster.name, pods: unplaced }));
  }

  private noteStop(strategy: LoadStrategy, { run }: LoadOutcome): void {
    if (run.isComplete) return;
    const hours = Math.round(run.endSeconds / 3600);
    this.diagnostics.push(diagnose(simulationStopped, { strategy, events: run.events, hours }));
  }
}

function usualStrategies({ environmentClosed }: OpeningHours): readonly LoadStrategy[] {
  const offHours = environmentClosed.length > 0 ? (["off-hours"] as const) : [];
  return ["reactive", "prescaled", "scale-to-zero", ...offHours, "serverless"];
}

/** What a workload is held to where its autoscaler does not say. */
const assumedTargetShare = 0.7;

const bootTime = {
  medianSeconds: autoscalingDefault("node.bootMedian").value,
  p95Seconds: autoscalingDefault("node.bootP95").value,
};
