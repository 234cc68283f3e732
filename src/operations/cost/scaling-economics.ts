import type { Catalog } from "../../catalog/catalog.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { dutyCycleInBursts } from "../../estate/assumptions/forecast-rules.ts";
import { exactFigure, type Figure, likelyValue, type Reason } from "../../estate/figures/figure.ts";
import type { Estate, LoadProfile } from "../../estate/model/estate.ts";
import { assumptionReason } from "../../finops/bill/charge.ts";
import { costAt, crossings, samplesOf } from "../../finops/scaling-economics/cost-curve.ts";
import { type WayToRun, waysToRun } from "../../finops/scaling-economics/ways-to-run.ts";
import { type Demand, peakOf, totalOf } from "../../scheduling/clock/demand/demand.ts";
import type { Progress } from "../ports.ts";
import { demandFor } from "../simulation/simulate-load-demand.ts";
import type { LoadStrategy, StrategyOutcome } from "../simulation/simulate-load-report.ts";
import { LoadStudy } from "../simulation/simulate-load-study.ts";
import type { LoadTarget, NoLoadTarget } from "../simulation/simulate-load-target.ts";
import type { BreakEven, ScalingCurve, ScalingEconomics, ScalingStrategy } from "./scaling-economics-report.ts";
import { findScalingTarget, type ScalingTargetOptions } from "./scaling-economics-target.ts";
import { scalingTerms, type TermsReading } from "./scaling-economics-terms.ts";
import { scalingVerdict, wayLabels } from "./scaling-economics-verdict.ts";

export interface ScalingEconomicsOptions extends ScalingTargetOptions {
  readonly days: number;
  /** Seconds since 1970; undefined: today. */
  readonly startSeconds?: number;
  /** Units a second that one replica serves, where it is not as declared. */
  readonly perReplica?: number;
  readonly burstsPerDay: number;
  readonly seed: number;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Text of a file that a load profile names; undefined when it was not read. */
  readonly textOf: (profile: LoadProfile, file: string) => string | undefined;
  readonly onProgress?: Progress;
  readonly signal?: AbortSignal;
}

const hoursPerMonth = 730;
/** Evenly spaced points of a curve, besides its knots. */
const curveSteps = 50;

/**
 * What scaling strategies cost a workload under its declared demand, played on the clock, and from which duty cycle on
 * what is there all the time is cheaper than what is paid by use, exactly. Throws only when the signal aborts.
 */
export function scalingEconomics(
  estate: Estate,
  catalog: Catalog,
  options: ScalingEconomicsOptions,
): ScalingEconomics | NoLoadTarget {
  const target = findScalingTarget(estate, options);
  if ("problem" in target) return target;
  const reading = demandFor({
    profile: target.profile,
    series: undefined,
    textOf: options.textOf,
    days: options.days,
    startSeconds: options.startSeconds ?? Date.parse(options.today) / 1000,
    todaySeconds: Date.parse(options.today) / 1000,
    seed: options.seed,
  });
  const { demand } = reading;
  if (demand === undefined) {
    const [first] = reading.diagnostics;
    return {
      problem: first?.message ?? `Nothing declares the load of ${target.workload.id}`,
      hint: first?.hint ?? "declare it under Application.spec.load with a LoadProfile",
    };
  }
  const strategies = strategiesFor(estate, target);
  const study = new LoadStudy(estate, catalog, { ...options, strategies }, target, demand);
  const outcomes = study.run();
  const peak = peakOf(demand).rate;
  const fixed = outcomes.find(({ strategy }) => strategy === "fixed")?.mostReplicas;
  const replicas = fixed ?? Math.max(1, Math.ceil(peak / study.perReplica));
  const { prices } = study;
  const { burstsPerDay } = options;
  const terms = scalingTerms(estate, catalog, target, { prices, replicas, peakRate: peak, burstsPerDay });
  const bursts = assume(dutyCycleInBursts, target.workload.id, { burstsPerDay });
  const duty = dutyOf(demand);
  const ways = waysToRun(terms.terms);
  const reasons = [...prices.reasons, ...[bursts, ...terms.assumptions].map(assumptionReason)];
  const curves = ways.map((way) => curveOf(way, duty));
  const breakEvens = breakEvensOf(ways, reasons, target.workload.id);
  const monthly = outcomes.map((each) => monthlyOutcome(each, demand.durationSeconds / 3600, prices.currency));
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "ScalingEconomics",
    estate: estate.name,
    currency: prices.currency,
    seed: options.seed,
    target: targetOf(target, terms, study.perReplica, replicas),
    demand: {
      source: reading.source,
      start: new Date(Math.round(demand.startSeconds) * 1000).toISOString().replace(".000Z", "Z"),
      days: Number((demand.durationSeconds / 86_400).toFixed(2)),
      peak: Number(peak.toFixed(3)),
      mean: Number((totalOf(demand) / demand.durationSeconds).toFixed(3)),
      duty: Number(duty.toFixed(4)),
    },
    burstsPerDay,
    strategies: monthly,
    curves,
    breakEvens,
    missing: [...new Set(terms.missing)],
    verdict: scalingVerdict({ strategies: monthly, curves, breakEvens, duty, currency: prices.currency }),
    assumptions: [...study.assumptions, bursts, ...terms.assumptions].toSorted((left, right) =>
      left.id < right.id ? -1 : left.id > right.id ? 1 : 0,
    ),
    diagnostics: [...reading.diagnostics, ...study.diagnostics],
  };
}

/** All of them; off-hours where the environment has hours. */
function strategiesFor({ environments }: Estate, { workload }: LoadTarget): readonly LoadStrategy[] {
  const hours = environments.find(({ name }) => name === workload.environment)?.hours ?? "always";
  const offHours: readonly LoadStrategy[] = hours === "always" ? [] : ["off-hours"];
  return ["fixed", "reactive", "prescaled", "scale-to-zero", ...offHours, "serverless", "functions"];
}

/** Mean over peak; 0 where there is no demand. */
function dutyOf(demand: Demand): number {
  const peak = peakOf(demand).rate;
  return peak > 0 ? Math.min(1, totalOf(demand) / demand.durationSeconds / peak) : 0;
}

function targetOf(
  { workload, cluster, profile }: LoadTarget,
  { pool, terms }: TermsReading,
  perReplica: number,
  replicas: number,
): ScalingEconomics["target"] {
  return {
    workload: workload.id,
    environment: workload.environment,
    cluster: cluster.name,
    ...(pool === undefined ? {} : { pool: pool.name, vmSize: pool.vmSize }),
    unit: profile?.unit ?? "requestsPerSecond",
    perReplica,
    replicas,
    ...(terms.nodes === undefined ? {} : { replicasPerNode: terms.nodes.replicasPerNode }),
  };
}

function curveOf(way: WayToRun, duty: number): ScalingCurve {
  const atDemand = costAt(way.curve, duty);
  return {
    way: way.name,
    label: wayLabels[way.name],
    kind: way.kind,
    formula: way.formula,
    points: samplesOf(way.curve, curveSteps).map((point) => ({
      duty: point.duty,
      monthlyCost: Number(point.monthlyCost.toFixed(4)),
    })),
    ...(atDemand === undefined ? {} : { atDemand: cents(atDemand) }),
  };
}

/** Every crossing of a way that is used with one that is held, the ways in their order. */
function breakEvensOf(ways: readonly WayToRun[], reasons: readonly Reason[], workload: string): readonly BreakEven[] {
  const used = ways.filter(({ kind }) => kind === "used");
  const held = ways.filter(({ kind }) => kind === "held");
  return used.flatMap((each) =>
    held.flatMap((other) =>
      crossings(each.curve, other.curve).map(({ duty, monthlyCost, cheaperBelow }, index): BreakEven => {
        const below = cheaperBelow === "first" ? each.name : other.name;
        const id = `cost/scaling/${workload}/${each.name}/${other.name}${index === 0 ? "" : `/${index + 1}`}`;
        const label = `Duty cycle at which ${wayLabels[each.name]} costs as much as ${wayLabels[other.name]}`;
        return {
          used: each.name,
          held: other.name,
          cheaperBelow: below,
          duty: exactFigure(id, label, "ratio", duty, [
            { kind: "formula", text: `${each.formula} = ${other.formula}` },
            ...reasons,
          ]),
          hoursPerDay: Number((24 * duty).toFixed(4)),
          monthlyCost: cents(monthlyCost),
        };
      }),
    ),
  );
}

function monthlyOutcome(outcome: StrategyOutcome, hours: number, currency: string): ScalingStrategy {
  const factor = hoursPerMonth / hours;
  const monthly = (figure: Figure): Figure => {
    const value = likelyValue(figure);
    const id = `${figure.id}/monthly`;
    const unit = `${currency}/month`;
    const reasons: readonly Reason[] = [
      { kind: "formula", text: `× ${hoursPerMonth} h / ${Number(hours.toFixed(2))} h simulated` },
      { kind: "figure", figure },
    ];
    if (value !== undefined) return exactFigure(id, figure.label, unit, cents(value * factor), reasons);
    return { id, label: figure.label, unit, result: figure.result, reasons };
  };
  return {
    strategy: outcome.strategy,
    description: outcome.description,
    monthlyRoom: monthly(outcome.heldCost),
    monthlyNodes: monthly(outcome.workloadCost),
    unservedShare: outcome.unservedShare,
    servedLateShare: outcome.servedLateShare,
    pendingSeconds: outcome.pendingSeconds,
    coldStarts: outcome.coldStarts,
    mostReplicas: outcome.mostReplicas,
    mostNodes: outcome.mostNodes,
  };
}

function cents(amount: number): number {
  const rounded = Math.round(amount * 100) / 100;
  return rounded === 0 ? 0 : rounded;
}
