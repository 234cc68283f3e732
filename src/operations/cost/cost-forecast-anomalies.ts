import type { Estate } from "../../estate/model/estate.ts";
import { dayText, firstDayOf, monthOf } from "../../finops/forecast/calendar.ts";
import type { SeriesForecast } from "../../finops/forecast/forecast-series.ts";
import type { TenantHistory } from "../../finops/forecast/history/cost-history.ts";
import { median } from "../../finops/forecast/robust-statistics.ts";
import { profileEvents } from "../../scheduling/clock/from-estate/estate-demand.ts";
import type { CostAnomaly } from "./cost-forecast-report.ts";

const mostChanges = 3;
/** Differences below this share of the whole one are not named. */
const smallestChange = 0.05;

/** What stood out in the history of a bearer: periods in a row together, then steps of the level; by date. */
export function anomaliesOf(estate: Estate, history: TenantHistory, forecast: SeriesForecast): readonly CostAnomaly[] {
  const { series, tenant } = history;
  const dateOf = (index: number) =>
    dayText(series.step === "month" ? firstDayOf(monthOf(series.startDay) + index) : series.startDay + index);
  const known = forecast.oddValues.filter(({ index }) => !history.filled.includes(index));
  const runs: (typeof known)[number][][] = [];
  for (const odd of known) {
    const last = runs.at(-1)?.at(-1);
    if (last !== undefined && odd.index === last.index + 1 && Math.sign(odd.score) === Math.sign(last.score)) {
      runs.at(-1)?.push(odd);
    } else runs.push([odd]);
  }
  const peaks = runs.map((run): CostAnomaly => {
    const [first, last] = [run[0]?.index ?? 0, run.at(-1)?.index ?? 0];
    const sum = (of: (odd: (typeof run)[number]) => number) => run.reduce((total, each) => total + of(each), 0);
    const [actual, expected] = [sum((each) => each.actual), sum((each) => each.expected)];
    return {
      bearer: tenant,
      kind: actual > expected ? "above" : "below",
      from: dateOf(first),
      to: dateOf(last),
      actual: cents(actual),
      expected: cents(expected),
      score: Number(Math.max(...run.map(({ score }) => Math.abs(score))).toFixed(1)),
      changes: changesIn(history, first, last, forecast.season, actual - expected),
      coincidesWith: eventsBetween(estate, dateOf(first), dateOf(last)),
    };
  });
  const shifts = forecast.levelShifts.map(
    ({ index, size, before, after }): CostAnomaly => ({
      bearer: tenant,
      kind: "shift",
      from: dateOf(index),
      to: dateOf(index),
      actual: cents(after),
      expected: cents(before),
      changes: changesAcross(history, index, 2 * forecast.season, size),
      coincidesWith: eventsBetween(estate, dateOf(index), dateOf(index)),
    }),
  );
  return [...peaks, ...shifts].toSorted((left, right) =>
    left.from < right.from ? -1 : left.from > right.from ? 1 : 0,
  );
}

/** Things against their medians at the same position of neighbouring seasons. */
function changesIn({ items }: TenantHistory, from: number, to: number, season: number, whole: number) {
  const differences = [...items].map(([item, costs]) => {
    let difference = 0;
    for (let index = from; index <= to; index += 1) {
      const near = [-3, -2, -1, 1, 2, 3]
        .map((step) => index + step * Math.max(season, to - from + 1))
        .filter((position) => position >= 0 && position < costs.length && (position < from || position > to));
      difference += (costs[index] ?? 0) - median(near.map((position) => costs[position] ?? 0));
    }
    return { item, difference };
  });
  return largest(differences, whole);
}

/** Things by their medians before and after. */
function changesAcross({ items }: TenantHistory, index: number, reach: number, whole: number) {
  const span = Math.max(reach, 4);
  const differences = [...items].map(([item, costs]) => ({
    item,
    difference: median(costs.slice(index, index + span)) - median(costs.slice(Math.max(0, index - span), index)),
  }));
  return largest(differences, whole);
}

function largest(differences: readonly { readonly item: string; readonly difference: number }[], whole: number) {
  return differences
    .filter(({ difference }) => difference * Math.sign(whole) >= smallestChange * Math.abs(whole) && difference !== 0)
    .toSorted(
      (left, right) => Math.abs(right.difference) - Math.abs(left.difference) || (left.item < right.item ? -1 : 1),
    )
    .slice(0, mostChanges)
    .map(({ item, difference }) => ({ item, difference: cents(difference) }));
}

/** Declared events that touch the days. */
function eventsBetween({ loadProfiles }: Estate, from: string, to: string): readonly string[] {
  const names = loadProfiles.flatMap((profile) =>
    profileEvents(profile)
      .filter(({ startSeconds, durationSeconds }) => {
        const [first, last] = [
          dayText(Math.floor(startSeconds / 86_400)),
          dayText(Math.floor((startSeconds + durationSeconds) / 86_400)),
        ];
        return first <= to && last >= from;
      })
      .map(({ name }) => name),
  );
  return [...new Set(names)].toSorted();
}

function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}
