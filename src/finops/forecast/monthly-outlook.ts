import { daysOf, firstDayOf, monthOf, monthText } from "./calendar.ts";
import type { CostSeries, SeriesForecast } from "./forecast-series.ts";
import { type KnownStep, spansBetweenFactors, stepMoney } from "./known-steps.ts";
import { quantile90 } from "./normal-distribution.ts";

/** What a month is expected to cost. */
export interface MonthOutlook {
  /** `YYYY-MM`. */
  readonly month: string;
  /** Of it, what the history already holds. */
  readonly actual: number;
  /** With what is expected for the rest. */
  readonly likely: number;
  /** 80 % lie between; undefined where nothing says how likely the ends are. */
  readonly deviation: number | undefined;
  readonly low: number;
  readonly high: number;
  /** Of it, what known steps add to what the past alone would give. */
  readonly fromSteps: number;
}

export interface OutlookSpan {
  /** First day without history. */
  readonly fromDay: number;
  readonly lastMonth: number;
}

/** Months from the one in which the history ends; the deviation of a month is that of its forecast periods together. */
export function monthlyOutlook(
  bearer: string,
  series: CostSeries,
  forecast: SeriesForecast,
  steps: readonly KnownStep[],
  span: OutlookSpan,
): readonly MonthOutlook[] {
  const { fromDay, lastMonth } = span;
  const months: MonthOutlook[] = [];
  for (let month = monthOf(fromDay); month <= lastMonth; month += 1) {
    const start = Math.max(fromDay, firstDayOf(month));
    const end = firstDayOf(month + 1);
    const actual = actualOf(series, month, fromDay);
    let [expected, alone, scale] = [0, 0, 1];
    for (const part of spansBetweenFactors(steps, bearer, start, end)) {
      const own = sumOf(series, forecast, fromDay, part.fromDay, part.untilDay);
      alone += own;
      expected += own * part.factor;
      scale = Math.max(scale, part.factor);
    }
    expected = Math.max(0, expected + stepMoney(steps, bearer, start, end));
    const [from, to] = leads(series, fromDay, start, end);
    const deviation = scale * forecast.deviationOfSum(from, to);
    months.push({
      month: monthText(month),
      actual,
      likely: actual + expected,
      deviation,
      low: actual + Math.max(0, expected - quantile90 * deviation),
      high: actual + expected + quantile90 * deviation,
      fromSteps: expected - Math.max(0, alone),
    });
  }
  return months;
}

/** What the history holds of a month that is not over. */
function actualOf({ step, startDay, values }: CostSeries, month: number, fromDay: number): number {
  if (step === "month" || firstDayOf(month) >= fromDay) return 0;
  const first = Math.max(0, firstDayOf(month) - startDay);
  return values.slice(first, fromDay - startDay).reduce((sum, value) => sum + value, 0);
}

function leads({ step }: CostSeries, fromDay: number, start: number, end: number): readonly [number, number] {
  if (step === "day") return [start - fromDay + 1, end - fromDay];
  const lead = monthOf(start) - monthOf(fromDay) + 1;
  return [lead, lead];
}

/** Expected cost of days; of a monthly series the part of the month that they are. */
function sumOf(series: CostSeries, forecast: SeriesForecast, fromDay: number, start: number, end: number): number {
  if (series.step === "month") {
    const month = monthOf(start);
    return (forecast.at(month - monthOf(fromDay) + 1) * (end - start)) / daysOf(month);
  }
  let sum = 0;
  for (let day = start; day < end; day += 1) sum += forecast.at(day - fromDay + 1);
  return sum;
}
