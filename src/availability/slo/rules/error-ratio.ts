import { decimalText, promqlNumber, ratioOfNumber } from "../exact-ratio.ts";
import type { Indicator } from "../objectives/indicator.ts";
import type { RuleObjective } from "../objectives/rule-objective.ts";
import { prometheusDuration } from "../prometheus-duration.ts";
import { errorRatioName, seriesNames, seriesOf } from "./series-names.ts";

/** From here on windows are added up from 5-minute records: over raw counters Prometheus would time out. */
const derivedFromSeconds = 86_400;
const gaugeStepSeconds = 60;

/** What is bad, where a comparison says what is good. */
const opposite = { lte: ">", lt: ">=", gte: "<", gt: "<=" } as const;

/** PromQL of the error ratio of an objective over a window. */
export function errorRatio(objective: RuleObjective, windowSeconds: number): string {
  const { indicator, method } = objective;
  const isDerived = windowSeconds >= derivedFromSeconds;
  const countsEvents = indicator.kind === "events" && method === "Occurrences";
  if (isDerived && countsEvents) return ratioOfSums(objective, prometheusDuration(windowSeconds));
  const isCheap = indicator.kind === "ratio" && indicator.windowed !== undefined && method === "Occurrences";
  if (isDerived && !(isCheap && windowSeconds < objective.windowSeconds)) {
    const record = seriesOf(errorRatioName("5m"), objective);
    return `avg_over_time(${record}[${prometheusDuration(windowSeconds)}])`;
  }
  return method === "Occurrences" || indicator.kind === "threshold"
    ? measuredRatio(objective, windowSeconds)
    : slicedRatio(objective, windowSeconds);
}

/** True where bad and total are recorded, so that long windows weigh every event alike. */
export function recordsEvents({ indicator, method }: RuleObjective): boolean {
  return indicator.kind === "events" && method === "Occurrences";
}

/** PromQL of the bad events over a window. A part that has no series yet, such as errors before the first, is 0. */
export function badEvents({ part, partIs, total }: Extract<Indicator, { kind: "events" }>, window: string): string {
  const all = total.over(window);
  const counted = `((${part.over(window)}) or 0 * (${all}))`;
  return partIs === "bad" ? counted : `(${all}) - ${counted}`;
}

function ratioOfSums(objective: RuleObjective, window: string): string {
  const bad = seriesOf(seriesNames.badEvents, objective);
  const total = seriesOf(seriesNames.totalEvents, objective);
  return `sum_over_time(${bad}[${window}])\n/\nsum_over_time(${total}[${window}])`;
}

function measuredRatio({ indicator, slice }: RuleObjective, windowSeconds: number): string {
  const window = prometheusDuration(windowSeconds);
  switch (indicator.kind) {
    case "events":
      return ratioOfEvents(indicator, window);
    case "ratio":
      return ratioAsMeasured(indicator, windowSeconds, slice?.seconds ?? gaugeStepSeconds);
    case "threshold": {
      const step = slice?.seconds ?? gaugeStepSeconds;
      const value = decimalText(ratioOfNumber(indicator.value)) ?? String(indicator.value);
      const bad = `(${indicator.query}) ${opposite[indicator.operator]} bool ${value}`;
      return `avg_over_time((${bad})${subquery(windowSeconds, step)})`;
    }
  }
}

function ratioOfEvents(indicator: Extract<Indicator, { kind: "events" }>, window: string): string {
  const { part, partIs, total } = indicator;
  const all = total.over(window);
  const share = `(\n  (${part.over(window)}) or 0 * (${all})\n)\n/\n(${all})`;
  return partIs === "bad" ? share : `1 -\n${share}`;
}

/** No traffic is NaN, which would spoil every average over it: it is left out by the comparison. */
function ratioAsMeasured(
  { query, windowed, ratioOf }: Extract<Indicator, { kind: "ratio" }>,
  windowSeconds: number,
  stepSeconds: number,
): string {
  const measured =
    windowed === undefined
      ? `avg_over_time(((${query}) >= 0)${subquery(windowSeconds, stepSeconds)})`
      : `(${windowed.over(prometheusDuration(windowSeconds))})`;
  return `${ratioOf === "success" ? `(1 - ${measured})` : measured} >= 0`;
}

/** Share of bad slices, or mean of the ratios of slices; a slice without traffic is good, or left out of the mean. */
function slicedRatio(objective: RuleObjective, windowSeconds: number): string {
  const seconds = objective.slice?.seconds ?? gaugeStepSeconds;
  const ofSlice = measuredRatio(objective, seconds);
  const compared =
    objective.slice?.budget === undefined
      ? `(${ofSlice}) >= 0`
      : `(${ofSlice}) > bool (${promqlNumber(objective.slice.budget)})`;
  return `avg_over_time((${compared})${subquery(windowSeconds, seconds)})`;
}

/** A window shorter than one step looks at one step. */
function subquery(windowSeconds: number, stepSeconds: number): string {
  const range = prometheusDuration(Math.max(windowSeconds, stepSeconds));
  return `[${range}:${prometheusDuration(stepSeconds)}]`;
}
