import type { CommercialTerms } from "../../estate/model/estate.ts";
import { dayNumber, dayText } from "./calendar.ts";

/** Something known to change costs from a day on: by money a month, or by a factor. */
export interface KnownStep {
  readonly kind: "commitmentEnds" | "priceChange" | "event";
  readonly label: string;
  /** Days since 1970. */
  readonly day: number;
  /** First day on which it holds no more; undefined: it stays. */
  readonly untilDay: number | undefined;
  /** Money for 730 hours, by bearer; empty for a factor. */
  readonly monthly: ReadonlyMap<string, number>;
  /** On everything that costs, or on one bearer. */
  readonly factor: number;
  readonly bearer: string | undefined;
}

/** A price that changes, as the option gives it. */
export interface PriceChange {
  readonly day: number;
  readonly ratio: number;
  readonly bearer: string | undefined;
}

/** Days on which a commitment no longer holds, with what ends there. */
export function commitmentEnds(
  { reservations, savingsPlans }: CommercialTerms,
  fromDay: number,
  untilDay: number,
): readonly { readonly day: number; readonly label: string }[] {
  const ends = [
    ...reservations.map((each) => ({
      until: each.until,
      label: `reservation of ${each.quantity} ${each.vmSize} in ${each.region}`,
    })),
    ...savingsPlans.map((each) => ({ until: each.until, label: `savings plan of ${each.hourlyCommitment} an hour` })),
  ].flatMap(({ until, label }) => {
    const last = until === undefined ? undefined : dayNumber(until);
    return last === undefined || last + 1 <= fromDay || last + 1 >= untilDay ? [] : [{ day: last + 1, label }];
  });
  const byDay = Map.groupBy(ends, ({ day }) => day);
  return [...byDay]
    .map(([day, members]) => ({ day, label: members.map(({ label }) => label).join(" and ") }))
    .toSorted((left, right) => left.day - right.day);
}

/** A change of prices as a step. */
export function priceChangeStep({ day, ratio, bearer }: PriceChange): KnownStep {
  const percent = Number(((ratio - 1) * 100).toFixed(2));
  const label = `prices ${percent >= 0 ? "+" : ""}${percent} %${bearer === undefined ? "" : ` for ${bearer}`}`;
  return { kind: "priceChange", label, day, untilDay: undefined, monthly: new Map(), factor: ratio, bearer };
}

/** Reads `2027-01-01=+3%` or `retail:2027-01-01=-5%`; undefined for anything else. */
export function parsePriceChange(text: string): PriceChange | undefined {
  const match = /^(?:([^:=]+):)?(\d{4}-\d{2}-\d{2})=([+-]?\d+(?:\.\d+)?)%$/.exec(text.trim());
  const day = dayNumber(match?.[2] ?? "");
  const percent = Number(match?.[3]);
  if (match === null || day === undefined || !(percent > -100 && percent <= 1000)) return undefined;
  return { day, ratio: 1 + percent / 100, bearer: match[1] };
}

/** Money that the steps of a bearer add on days from `fromDay` to before `untilDay`. */
export function stepMoney(steps: readonly KnownStep[], bearer: string, fromDay: number, untilDay: number): number {
  return steps.reduce((sum, step) => {
    const days = Math.max(0, Math.min(untilDay, step.untilDay ?? untilDay) - Math.max(fromDay, step.day));
    return sum + ((step.monthly.get(bearer) ?? 0) * days * 24) / 730;
  }, 0);
}

/** Days on which a factor changes inside a span, the span's ends included. */
export function spansBetweenFactors(
  steps: readonly KnownStep[],
  bearer: string,
  fromDay: number,
  untilDay: number,
): readonly { readonly fromDay: number; readonly untilDay: number; readonly factor: number }[] {
  const own = steps.filter((step) => step.factor !== 1 && (step.bearer === undefined || step.bearer === bearer));
  const cuts = own.map(({ day }) => day).filter((day) => day > fromDay && day < untilDay);
  const edges = [...new Set([fromDay, ...cuts, untilDay])].toSorted((left, right) => left - right);
  return edges.slice(0, -1).map((from, index) => ({
    fromDay: from,
    untilDay: edges[index + 1] ?? untilDay,
    factor: own.reduce((product, step) => (step.day <= from ? product * step.factor : product), 1),
  }));
}

/** Label and day of a step for people. */
export function stepText({ day, label }: KnownStep): string {
  return `${dayText(day)}: ${label}`;
}
