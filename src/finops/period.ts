import { hoursPerMonth } from "./bill/charge.ts";

/** The span that a bill is said for: an hour, a month of 730 hours, a year of 8,760. */
export type Period = "hour" | "month" | "year";

export const periods: readonly Period[] = ["hour", "month", "year"];

/** Hours of a period. */
export function hoursOf(period: Period): number {
  return period === "hour" ? 1 : period === "month" ? hoursPerMonth : 12 * hoursPerMonth;
}

/** What a monthly amount is in a period. */
export function perPeriod(monthly: number, period: Period): number {
  return (monthly * hoursOf(period)) / hoursPerMonth;
}

/** Decimals of printed money: an hour of a small workload costs less than a cent. */
export function decimalsOf(period: Period): number {
  return period === "hour" ? 4 : 2;
}
