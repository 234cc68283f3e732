import type { Catalog } from "../../catalog/catalog.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { peakOf, totalOf } from "../../scheduling/clock/demand/demand.ts";
import { demandFor } from "./simulate-load-demand.ts";
import type { LoadSimulation } from "./simulate-load-report.ts";
import { LoadStudy, type SimulateLoadOptions } from "./simulate-load-study.ts";
import { findLoadTarget, type NoLoadTarget } from "./simulate-load-target.ts";
import { loadVerdict } from "./simulate-load-verdict.ts";

/**
 * Plays demand through an entry point of an estate under several scaling strategies and sets them side by side. The same
 * input and seed give the same report. Throws only when the signal aborts.
 */
export function simulateEstateLoad(
  estate: Estate,
  catalog: Catalog,
  options: SimulateLoadOptions,
): LoadSimulation | NoLoadTarget {
  const target = findLoadTarget(estate, options);
  if ("problem" in target) return target;
  const reading = demandFor({
    profile: target.profile,
    series: options.series,
    textOf: options.textOf,
    days: options.days,
    startSeconds: options.startSeconds,
    todaySeconds: Date.parse(options.today) / 1000,
    seed: options.seed,
  });
  const { demand } = reading;
  if (demand === undefined) {
    const [first] = reading.diagnostics;
    return {
      problem: first?.message ?? `Entry point "${target.entryPoint.name}" has no LoadProfile and no series was given`,
      hint: first?.hint ?? "name a series with --series, or a LoadProfile under Application.spec.load",
    };
  }
  const study = new LoadStudy(estate, catalog, options, target, demand);
  const strategies = study.run();
  const peak = peakOf(demand);
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "LoadSimulation",
    estate: estate.name,
    seed: options.seed,
    currency: study.prices.currency,
    target: {
      entryPoint: target.entryPoint.name,
      environment: target.workload.environment,
      cluster: target.cluster.name,
      workload: target.workload.id,
      unit: target.profile?.unit ?? "requestsPerSecond",
      perReplica: study.perReplica,
    },
    demand: {
      source: reading.source,
      start: instant(demand.startSeconds),
      days: Number((demand.durationSeconds / 86_400).toFixed(2)),
      scale: Number(reading.scale.toPrecision(6)),
      total: Math.round(totalOf(demand)),
      peak: Number(peak.rate.toFixed(3)),
      peakAt: instant(demand.startSeconds + peak.seconds),
    },
    pointSeconds: study.pointSeconds,
    strategies,
    verdict: loadVerdict(strategies),
    assumptions: study.assumptions.toSorted((left, right) => (left.id < right.id ? -1 : 1)),
    diagnostics: [...reading.diagnostics, ...study.diagnostics],
  };
}

function instant(epochSeconds: number): string {
  return new Date(Math.round(epochSeconds) * 1000).toISOString().replace(".000Z", "Z");
}
