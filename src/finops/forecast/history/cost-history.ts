import type { Diagnostic } from "../../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import { costHistoryGaps } from "../../../estate/diagnostics/finops-diagnostics.ts";
import { dayText, firstDayOf, monthOf } from "../calendar.ts";
import type { CostSeries } from "../forecast-series.ts";
import type { CostRecord } from "./read-cost-history.ts";

/** What one bearer cost, period by period. */
export interface TenantHistory {
  readonly tenant: string;
  readonly series: CostSeries;
  /** Cost of each thing in each period; empty where the file names no things. */
  readonly items: ReadonlyMap<string, readonly number[]>;
  /** Periods without a row, or below zero: their values are interpolated. */
  readonly filled: readonly number[];
}

export interface CostHistory {
  readonly step: "day" | "month";
  /** Days since 1970 of the first period, and of the first day after the last. */
  readonly startDay: number;
  readonly endDay: number;
  /** By name. */
  readonly tenants: readonly TenantHistory[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Orders records by bearer and period. A file whose days are all firsts of months is monthly. Undefined without records. */
export function costHistory(records: readonly CostRecord[], source: string): CostHistory | undefined {
  if (records.length === 0) return undefined;
  const days = [...new Set(records.map(({ day }) => day))].toSorted((left, right) => left - right);
  const isMonthly = days.length > 1 && days.every((day) => firstDayOf(monthOf(day)) === day);
  const periodOf = (day: number) => (isMonthly ? monthOf(day) : day);
  const [first, last] = [periodOf(days[0] ?? 0), periodOf(days.at(-1) ?? 0)];
  const byTenant = Map.groupBy(records, ({ tenant }) => tenant);
  const step = isMonthly ? "month" : "day";
  const histories = [...byTenant]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([tenant, own]) => tenantHistory(tenant, own, { step, periodOf, first, last }));
  const gaps = histories.flatMap(({ tenant, filled, series }) => {
    const [earliest] = filled;
    if (earliest === undefined) return [];
    const at = isMonthly ? firstDayOf(monthOf(series.startDay) + earliest) : series.startDay + earliest;
    return [diagnose(costHistoryGaps, { source, tenant, periods: filled.length, step, first: dayText(at) })];
  });
  return {
    step,
    startDay: isMonthly ? firstDayOf(first) : first,
    endDay: isMonthly ? firstDayOf(last + 1) : last + 1,
    tenants: histories,
    diagnostics: gaps,
  };
}

interface Span {
  readonly step: "day" | "month";
  readonly periodOf: (day: number) => number;
  readonly first: number;
  readonly last: number;
}

/** A bearer counts from its first row; what is missing after that is a gap. */
function tenantHistory(tenant: string, records: readonly CostRecord[], { step, periodOf, last }: Span): TenantHistory {
  const start = Math.min(...periodsOf(records, periodOf));
  const length = last - start + 1;
  const sums = new Map<number, number>();
  const items = new Map<string, number[]>();
  for (const { day, item, cost } of records) {
    const period = periodOf(day) - start;
    sums.set(period, (sums.get(period) ?? 0) + cost);
    if (item === "") continue;
    const costs = items.get(item) ?? Array.from({ length }, () => 0);
    costs[period] = (costs[period] ?? 0) + cost;
    items.set(item, costs);
  }
  const known = Array.from({ length }, (_, period) => {
    const sum = sums.get(period);
    return sum === undefined || sum < 0 ? undefined : sum;
  });
  const filled = known.flatMap((value, period) => (value === undefined ? [period] : []));
  const startDay = step === "month" ? firstDayOf(start) : start;
  return { tenant, series: { step, startDay, values: withoutHoles(known) }, items, filled };
}

function periodsOf(records: readonly CostRecord[], periodOf: (day: number) => number): readonly number[] {
  return [...new Set(records.map(({ day }) => periodOf(day)))];
}

/** Holes lie on the line between their neighbours. */
function withoutHoles(values: readonly (number | undefined)[]): readonly number[] {
  const known = values.flatMap((value, index) => (value === undefined ? [] : [{ index, value }]));
  let next = 0;
  return values.map((value, index) => {
    if (value !== undefined) return value;
    while (next < known.length && (known[next]?.index ?? 0) < index) next += 1;
    const [before, after] = [known[next - 1], known[next]];
    if (before === undefined || after === undefined) return before?.value ?? after?.value ?? 0;
    const part = (index - before.index) / (after.index - before.index);
    return before.value + part * (after.value - before.value);
  });
}
