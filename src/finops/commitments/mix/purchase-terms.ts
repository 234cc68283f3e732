import { hoursOf, type NodeDemand } from "../demand/node-demand.ts";
import type { ReservationOffer } from "./commitment-mix.ts";

const hoursPerYear = 8_760;
const monthsPerYear = 12;

/** By how much a purchase costs more an hour of the time than an hour of its term: above 1 when the term is longer. */
export function pricePerHourFactor(termYears: 1 | 3, year: number | undefined, demand: NodeDemand): number {
  if (termYears === 3) return Math.max(1, (3 * hoursPerYear) / hoursOf(demand));
  const { months = monthsPerYear } = demand.years[year ?? 0] ?? {};
  return monthsPerYear / months;
}

/** Hours that are paid of a purchase over the whole time. */
export function paidHours(termYears: 1 | 3, year: number | undefined, demand: NodeDemand): number {
  const factor = pricePerHourFactor(termYears, year, demand);
  if (year === undefined) return factor * hoursOf(demand);
  const { months = 0, times = 0 } = demand.years[year] ?? {};
  return factor * hoursOf({ months: months * times });
}

/** Instances that the busiest hour could use. */
export function mostInstances({ pools, years }: NodeDemand, { region, group, units }: ReservationOffer): number {
  const unitsOf = (nodes: readonly number[]) =>
    pools.reduce(
      (sum, pool, index) =>
        pool.region === region && pool.group === group ? sum + (nodes[index] ?? 0) * pool.ratio : sum,
      0,
    );
  const peak = years.flatMap(({ states }) => states).reduce((most, { nodes }) => Math.max(most, unitsOf(nodes)), 0);
  return Math.ceil(peak / units - 1e-9);
}
