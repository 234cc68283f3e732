/** The calendar month of a day, as FOCUS writes it: `end` is the first moment that is not in it any more. */
export interface BillingMonth {
  readonly start: string;
  readonly end: string;
}

/** The month of `YYYY-MM-DD`. */
export function billingMonthOf(day: string): BillingMonth {
  const [year = "1970", month = "01"] = day.split("-");
  const next = Number(month) === 12 ? [Number(year) + 1, 1] : [Number(year), Number(month) + 1];
  return {
    start: `${year}-${month}-01T00:00:00Z`,
    end: `${next[0]}-${String(next[1]).padStart(2, "0")}-01T00:00:00Z`,
  };
}
