import { hoursPerMonth } from "../bill/charge.ts";

/** The days that a bill is of. */
export interface BillingWindow {
  /** `YYYY-MM-DD`. */
  readonly from: string;
  /** The first day that is not in it any more. */
  readonly to: string;
  readonly hours: number;
  /** Months of 730 hours that it is compared with: whole calendar months count as such. */
  readonly months: number;
  readonly isWholeMonths: boolean;
}

/** The window from the first day to the day after the last one; undefined where they are no days. */
export function billingWindow(from: string, to: string): BillingWindow | undefined {
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  if (!(end > begin)) return undefined;
  const hours = (end - begin) / 3_600_000;
  const isWholeMonths = from.endsWith("-01") && to.endsWith("-01");
  const months = isWholeMonths ? monthsBetween(from, to) : hours / hoursPerMonth;
  return { from, to, hours, months, isWholeMonths };
}

function monthsBetween(from: string, to: string): number {
  const count = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return count(to) - count(from);
}
