import type { Catalog } from "../../catalog/catalog.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { compareAssumptions } from "../../estate/assumptions/catalogue.ts";
import {
  type MinutesRange,
  rebuildStepTime,
  restoreRates,
  restoreThroughput,
} from "../../estate/assumptions/rebuild-rules.ts";
import { nothingToSimulate } from "../../estate/diagnostics/availability-simulation-diagnostics.ts";
import { compareDiagnostics } from "../../estate/diagnostics/catalogue.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import type { Placement } from "../../scheduling/placement.ts";
import { type RebuildRisk, rebuildRisks } from "./simulate-rebuild-risks.ts";
import { planRebuild, type RebuildPlan } from "./simulate-rebuild-steps.ts";
import { criticalPath, scheduleRebuild, type TimedStep } from "./simulate-rebuild-timeline.ts";

export interface SimulateRebuildOptions {
  /** Undefined: every cluster. */
  readonly cluster?: string;
  /** MiB/s at which backups are read back, as measured; undefined: assumed. */
  readonly restoreRate?: number;
}

/** When an application serves again, against what it declares for the loss of its region. */
export interface RebuiltApplication {
  readonly application: string;
  /** Minutes since the loss. */
  readonly backMinutes: MinutesRange;
  readonly rtoMinutes?: number;
  /** `atBest`: only where all goes well. */
  readonly verdict: "met" | "likely" | "atBest" | "missed" | "notDeclared";
}

/** The rebuild of one cluster. */
export interface ClusterRebuild {
  readonly cluster: string;
  readonly region: string;
  /** Minutes from the loss until everything is open again. */
  readonly rtoMinutes: MinutesRange;
  /** In the order of their start. */
  readonly steps: readonly TimedStep[];
  /** Ids of the steps that the likely end hangs on. */
  readonly criticalPath: readonly string[];
  readonly applications: readonly RebuiltApplication[];
  /** Gravest first. */
  readonly risks: readonly RebuildRisk[];
}

/** What `scantling simulate rebuild -o json` prints. */
export interface RebuildReport {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "RebuildTimeline";
  readonly clusters: readonly ClusterRebuild[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The clusters of an estate made anew from Git alone, as timelines. */
export function simulateRebuild(estate: Estate, catalog: Catalog, options: SimulateRebuildOptions = {}): RebuildReport {
  const { cluster: asked, restoreRate } = options;
  const rates = restoreRate === undefined ? restoreRates : { low: restoreRate, likely: restoreRate, high: restoreRate };
  const clusters = estate.clusters.filter(({ name }) => asked === undefined || name === asked);
  const pools = poolsByWorkload(placeWorkloads(estate, catalog));
  const rebuilt = clusters.map((cluster) => ({ cluster, plan: planRebuild(estate, cluster, { rates, pools }) }));
  const empty = clusters.length === 0 ? [diagnose(nothingToSimulate, { lacks: "cluster" })] : [];
  const plans = rebuilt.map(({ plan }) => plan);
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "RebuildTimeline",
    clusters: rebuilt.map(({ cluster, plan }) => rebuildOf(estate, cluster, plan)),
    assumptions: assumptionsOf(plans, restoreRate === undefined).toSorted(compareAssumptions),
    diagnostics: [...plans.flatMap(({ diagnostics }) => diagnostics), ...empty].toSorted(compareDiagnostics),
  };
}

function rebuildOf(estate: Estate, cluster: Cluster, plan: RebuildPlan): ClusterRebuild {
  const steps = scheduleRebuild(plan.steps);
  return {
    cluster: cluster.name,
    region: cluster.region,
    rtoMinutes: lastOf(steps.map(({ ends }) => ends)),
    steps: steps.toSorted((left, right) => left.starts.likely - right.starts.likely),
    criticalPath: criticalPath(steps).map(({ id }) => id),
    applications: applicationsOf(estate, steps),
    risks: rebuildRisks(estate, cluster),
  };
}

/** Pools on which each workload has pods. */
function poolsByWorkload({ pools }: Placement): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { pool, nodes } of pools) {
    for (const { workload } of nodes.flatMap(({ pods }) => pods)) {
      found.set(workload, (found.get(workload) ?? new Set()).add(pool));
    }
  }
  return found;
}

/**
 * An application serves once its pods are ready; one that people reach once names lead to it, which are switched as soon as
 * the address and the application are there.
 */
function applicationsOf(estate: Estate, steps: readonly TimedStep[]): readonly RebuiltApplication[] {
  const declared = new Map(estate.applications.map((application) => [application.name, application]));
  const address = steps.find(({ id }) => id === "entry/address");
  const entry = steps.find(({ id }) => id === "entry/switch");
  return steps.flatMap((step): readonly RebuiltApplication[] => {
    const application = step.kind === "application" ? step.id.slice("application/".length) : undefined;
    if (application === undefined) return [];
    const isReached = estate.journeys.some((journey) => journey.application === application);
    const ready = isReached && address !== undefined ? lastOf([step.ends, address.ends]) : step.ends;
    const backMinutes = isReached && entry !== undefined ? plus(ready, entry.minutes) : ready;
    const rtoSeconds = declared.get(application)?.recovery["region"]?.rtoSeconds;
    if (rtoSeconds === undefined) return [{ application, backMinutes, verdict: "notDeclared" as const }];
    const rtoMinutes = rtoSeconds / 60;
    return [{ application, backMinutes, rtoMinutes, verdict: verdictOf(backMinutes, rtoMinutes) }];
  });
}

function plus(left: MinutesRange, right: MinutesRange): MinutesRange {
  return { low: left.low + right.low, likely: left.likely + right.likely, high: left.high + right.high };
}

function verdictOf({ low, likely, high }: MinutesRange, rto: number): RebuiltApplication["verdict"] {
  if (high <= rto) return "met";
  if (likely <= rto) return "likely";
  return low <= rto ? "atBest" : "missed";
}

function lastOf(ends: readonly MinutesRange[]): MinutesRange {
  return {
    low: Math.max(0, ...ends.map(({ low }) => low)),
    likely: Math.max(0, ...ends.map(({ likely }) => likely)),
    high: Math.max(0, ...ends.map(({ high }) => high)),
  };
}

function assumptionsOf(plans: readonly RebuildPlan[], isRateAssumed: boolean): readonly Assumption[] {
  const times = new Set(plans.flatMap((plan) => [...plan.times]));
  const rate = isRateAssumed && plans.some(({ restores }) => restores);
  return [
    ...[...times].map((step) => assume(rebuildStepTime, step, { step })),
    ...(rate ? [assume(restoreThroughput, "Estate", { mebibytesPerSecond: restoreRates })] : []),
  ];
}
