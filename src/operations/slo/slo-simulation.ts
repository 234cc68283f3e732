import { readEventSeries } from "../../availability/slo/alerts/event-series.ts";
import { falseAlarmRate } from "../../availability/slo/alerts/false-alarms.ts";
import { type FiredAlert, simulateAlerts } from "../../availability/slo/alerts/simulate-alerts.ts";
import { measuredBudget } from "../../availability/slo/budget/measured-budget.ts";
import { numberOf, ratioOfNumber, shownRatio } from "../../availability/slo/exact-ratio.ts";
import { budgetOf, percentText } from "../../availability/slo/objectives/rule-objective.ts";
import { prometheusDuration } from "../../availability/slo/prometheus-duration.ts";
import { type BurnRateAlert, thresholdOf } from "../../availability/slo/rules/burn-rate-alert.ts";
import { firingAlerts } from "../../availability/slo/rules/rule-groups.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { seriesTooCoarse, seriesTooShort, targetLeavesNoBudget } from "../../estate/diagnostics/slo-diagnostics.ts";

export interface SloSimulationOptions {
  /** Share that may be bad, exact from the decimal text of the objective. */
  readonly unavailability: number;
  readonly windowSeconds: number;
}

interface SloSimulationAlert {
  readonly severity: "page" | "ticket";
  readonly longWindow: string;
  readonly shortWindow: string;
  readonly factor: string;
  readonly threshold: number;
  /** Undefined where the series is too coarse. */
  readonly times?: number;
  readonly firingSeconds?: number;
  /** At the series' mean traffic and its own error ratio. */
  readonly falseAlarmProbability?: number;
}

export interface SloFiredAlert {
  readonly severity: "page" | "ticket";
  readonly longWindow: string;
  /** Seconds of the series' own clock. */
  readonly startSeconds: number;
  /** Absent when it fires at the end. */
  readonly endSeconds?: number;
  /** The same as instants, where the series has them. */
  readonly start?: string;
  readonly end?: string;
  readonly budgetSpent: number;
}

/** What `scantling slo simulate -o json` prints. */
export interface SloSimulation {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "SloSimulation";
  readonly objective: string;
  readonly window: string;
  readonly series: {
    readonly file: string;
    readonly rows: number;
    readonly stepSeconds: number;
    readonly coveredSeconds: number;
    readonly totalEvents: number;
    readonly badEvents: number;
    readonly errorRatio: number;
  };
  readonly alerts: readonly SloSimulationAlert[];
  readonly fired: readonly SloFiredAlert[];
  /** Of the whole series, in budgets of one window. */
  readonly budgetSpent: number;
  /** Share of bad events while no alert fired; absent where nothing was bad. */
  readonly unnoticedShare?: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Plays the burn-rate alerts of an objective over a series of good and total events. Undefined where none can be used. */
export function simulateSlo(
  file: string,
  text: string,
  { unavailability, windowSeconds }: SloSimulationOptions,
): { readonly simulation: SloSimulation | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const { series, diagnostics: unread } = readEventSeries(file, text);
  const budget = budgetOf({ unavailability });
  const target = percentText(ratioOfNumber(Number((1 - unavailability).toPrecision(15))));
  if (budget === undefined) {
    const refused = diagnose(targetLeavesNoBudget, { slo: "--objective", target });
    return { simulation: undefined, diagnostics: [...unread, refused] };
  }
  if (series === undefined) return { simulation: undefined, diagnostics: unread };
  const { alerts, diagnostics: dead } = firingAlerts({ slo: "--objective", budget, windowSeconds });
  const played = simulateAlerts(series, alerts, budget, windowSeconds);
  const whole = (series.startSeconds.at(-1) ?? 0) + series.stepSeconds - (series.startSeconds[0] ?? 0);
  const measured = measuredBudget(series, budget, whole, { method: "Occurrences", slice: undefined });
  const step = prometheusDuration(Math.max(1, Math.round(series.stepSeconds)));
  const window = prometheusDuration(windowSeconds);
  const covered = prometheusDuration(Math.max(1, Math.round(whole)));
  const diagnostics = [
    ...unread,
    ...dead,
    ...(whole < windowSeconds ? [diagnose(seriesTooShort, { file, covered, window })] : []),
    ...played.notEvaluable.map((alert) =>
      diagnose(seriesTooCoarse, { file, step, alert: `${alert.severity} ${prometheusDuration(alert.longSeconds)}` }),
    ),
  ];
  const perSecond = measured.totalEvents / whole;
  const simulation: SloSimulation = {
    apiVersion: "scantling/v1alpha1",
    kind: "SloSimulation",
    objective: target,
    window,
    series: {
      file,
      rows: series.startSeconds.length,
      stepSeconds: series.stepSeconds,
      coveredSeconds: whole,
      totalEvents: measured.totalEvents,
      badEvents: measured.badEvents,
      errorRatio: measured.errorRatio,
    },
    alerts: alerts.map((alert) => ({
      ...describe(alert),
      threshold: numberOf(thresholdOf(alert, budget)),
      ...(played.notEvaluable.includes(alert)
        ? {}
        : timesOf(alert, played.fired, whole + (series.startSeconds[0] ?? 0))),
      falseAlarmProbability: falseAlarmRate(alert, budget, perSecond, measured.errorRatio).probability,
    })),
    fired: played.fired.map(reportFired),
    budgetSpent: measured.spentShare * (whole / windowSeconds),
    ...(played.unnoticedShare === undefined ? {} : { unnoticedShare: played.unnoticedShare }),
    diagnostics,
  };
  return { simulation, diagnostics };
}

function describe(
  alert: BurnRateAlert,
): Pick<SloSimulationAlert, "severity" | "longWindow" | "shortWindow" | "factor"> {
  return {
    severity: alert.severity,
    longWindow: prometheusDuration(alert.longSeconds),
    shortWindow: prometheusDuration(alert.shortSeconds),
    factor: shownRatio(alert.factor),
  };
}

function timesOf(
  alert: BurnRateAlert,
  fired: readonly FiredAlert[],
  endOfSeries: number,
): Pick<SloSimulationAlert, "times" | "firingSeconds"> {
  const own = fired.filter((each) => each.alert === alert);
  const firingSeconds = own.reduce((sum, each) => sum + (each.endSeconds ?? endOfSeries) - each.startSeconds, 0);
  return { times: own.length, firingSeconds };
}

function reportFired({ alert, startSeconds, endSeconds, budgetSpent }: FiredAlert): SloFiredAlert {
  return {
    severity: alert.severity,
    longWindow: prometheusDuration(alert.longSeconds),
    startSeconds,
    ...(endSeconds === undefined ? {} : { endSeconds }),
    ...instants(startSeconds, endSeconds),
    budgetSpent,
  };
}

/** Times since 1970 as instants; small ones are of a clock of their own. */
function instants(startSeconds: number, endSeconds: number | undefined): Pick<SloFiredAlert, "start" | "end"> {
  if (startSeconds < 1e8 || startSeconds > 1e11) return {};
  return {
    start: instantText(startSeconds),
    ...(endSeconds === undefined ? {} : { end: instantText(endSeconds) }),
  };
}

function instantText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/\.000Z$/, "Z");
}
