import { exactMoney, wholeMoney } from "../figures/money.ts";
import type { ViewState } from "../view-state/view-state.ts";

/** Money of a period: an hour of a small workload costs less than a cent. */
export function periodMoney(currency: string, period: ViewState["period"]): (amount: number) => string {
  if (period !== "hour") return (amount) => exactMoney(amount, currency);
  return (amount) => {
    const sign = wholeMoney(0, currency).replace(/[\d.]+/, "");
    return `${amount < 0 ? "-" : ""}${sign}${Math.abs(amount).toFixed(4)}`;
  };
}

/** A difference with its sign; a dash where there is none. */
export function signedMoney(amount: number, currency: string): string {
  if (Math.abs(amount) < 0.005) return "–";
  return `${amount > 0 ? "+" : "−"}${exactMoney(Math.abs(amount), currency)}`;
}
