import type { EventSeries } from "../alerts/event-series.ts";
import { type ExactRatio, numberOf } from "../exact-ratio.ts";
import type { RuleObjective } from "../objectives/rule-objective.ts";

/** What a budget is counted by: method, and slices where it counts slices. */
export type BudgetMethod = Pick<RuleObjective, "method" | "slice">;

/** The error budget of the window that ends with a series. */
export interface MeasuredBudget {
  /** Time that the rows cover, at most the window. */
  readonly coveredSeconds: number;
  readonly totalEvents: number;
  readonly badEvents: number;
  /** By the method of the objective: bad events, bad slices, or the mean of the slices. */
  readonly errorRatio: number;
  /** 1 when the whole budget is gone, above 1 when more. */
  readonly spentShare: number;
  /** Burn rate of the last hour of the series, of its last six, and of its last day. */
  readonly burnRates: readonly { readonly seconds: number; readonly rate: number }[];
  /** Until the budget is gone at the burn rate of the last day, old errors leaving the window; undefined: it lasts. */
  readonly exhaustedInSeconds: number | undefined;
}

const burnWindows = [3600, 21_600, 86_400] as const;

/** Rows `from` to `to` of a series. */
interface Rows {
  readonly from: number;
  readonly to: number;
}

/** Budget spent in the last window of a series. */
export function measuredBudget(
  series: EventSeries,
  budget: ExactRatio,
  windowSeconds: number,
  counting: BudgetMethod,
): MeasuredBudget {
  const rows = lastRows(series, windowSeconds);
  const share = numberOf(budget);
  const errorRatio = errorRatioOf(series, rows, counting);
  const sums = sumOf(series, rows);
  const first = series.startSeconds[rows.from] ?? 0;
  const end = (series.startSeconds.at(-1) ?? 0) + series.stepSeconds;
  return {
    coveredSeconds: Math.min(windowSeconds, end - first),
    totalEvents: Number(sums.total) / Number(series.scale),
    badEvents: Number(sums.bad) / Number(series.scale),
    errorRatio,
    spentShare: errorRatio / share,
    burnRates: burnWindows.map((seconds) => ({
      seconds,
      rate: errorRatioOf(series, lastRows(series, seconds), counting) / share,
    })),
    exhaustedInSeconds: exhaustion(series, share, windowSeconds),
  };
}

/** Rows whose whole step lies in the last seconds of the series. */
function lastRows({ startSeconds, stepSeconds }: EventSeries, seconds: number): Rows {
  const to = startSeconds.length;
  const earliest = (startSeconds[to - 1] ?? 0) + stepSeconds - seconds;
  let from = to;
  while (from > 0 && (startSeconds[from - 1] ?? 0) >= earliest) from -= 1;
  return { from, to };
}

function sumOf({ bad, total }: EventSeries, { from, to }: Rows): { readonly bad: bigint; readonly total: bigint } {
  const sums = { bad: 0n, total: 0n };
  for (let row = from; row < to; row += 1) {
    sums.bad += bad[row] ?? 0n;
    sums.total += total[row] ?? 0n;
  }
  return sums;
}

function errorRatioOf(series: EventSeries, rows: Rows, { method, slice }: BudgetMethod): number {
  if (method === "Occurrences" || slice === undefined) return quotient(sumOf(series, rows));
  const slices = slicesOf(series, rows, slice.seconds).filter(({ total }) => total > 0n);
  if (slices.length === 0) return 0;
  const { budget } = slice;
  const shares = slices.map((sums) => {
    if (budget === undefined) return quotient(sums);
    return sums.bad * budget.denominator > sums.total * budget.numerator ? 1 : 0;
  });
  return shares.reduce((sum, each) => sum + each, 0) / slices.length;
}

function quotient({ bad, total }: { readonly bad: bigint; readonly total: bigint }): number {
  return total === 0n ? 0 : Number(bad) / Number(total);
}

/** Events by slices of the clock. */
function slicesOf(
  { startSeconds, bad, total }: EventSeries,
  { from, to }: Rows,
  seconds: number,
): readonly { readonly bad: bigint; readonly total: bigint }[] {
  const slices = new Map<number, { bad: bigint; total: bigint }>();
  for (let row = from; row < to; row += 1) {
    const key = Math.floor((startSeconds[row] ?? 0) / seconds);
    const slice = slices.get(key) ?? { bad: 0n, total: 0n };
    slice.bad += bad[row] ?? 0n;
    slice.total += total[row] ?? 0n;
    slices.set(key, slice);
  }
  return [...slices.values()];
}

/** Plays the window forward at the rates of the last day until more than the budget is bad, for one window at most. */
function exhaustion(series: EventSeries, share: number, windowSeconds: number): number | undefined {
  const { startSeconds, stepSeconds } = series;
  const window = lastRows(series, windowSeconds);
  const day = lastRows(series, 86_400);
  const sums = sumOf(series, window);
  const recent = sumOf(series, day);
  const steps = day.to - day.from;
  if (steps === 0) return undefined;
  let [bad, total] = [Number(sums.bad), Number(sums.total)];
  if (bad > share * total) return 0;
  const end = (startSeconds.at(-1) ?? 0) + stepSeconds;
  let oldest = window.from;
  for (let seconds = stepSeconds; seconds <= windowSeconds; seconds += stepSeconds) {
    bad += Number(recent.bad) / steps;
    total += Number(recent.total) / steps;
    while (oldest < window.to && (startSeconds[oldest] ?? 0) < end + seconds - windowSeconds) {
      bad -= Number(series.bad[oldest] ?? 0n);
      total -= Number(series.total[oldest] ?? 0n);
      oldest += 1;
    }
    // Sums of doubles: what is within their rounding of the budget has not spent it.
    if (bad > share * total * (1 + 1e-9)) return seconds;
  }
  return undefined;
}
