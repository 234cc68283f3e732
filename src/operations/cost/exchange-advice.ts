import { exchangeableBefore } from "../../catalog/commitment-exchange.ts";
import { likelyValue } from "../../estate/figures/figure.ts";
import { formatMoney } from "../../estate/figures/format-figure.ts";
import type { CommitmentPurchase, OwnedCommitment } from "./cost-commit-report.ts";

/** What the advice stands on. */
export interface ExchangeBasis {
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly currency: string;
  /** What is advised to buy. */
  readonly purchases: readonly CommitmentPurchase[];
}

/** Less unused than this share of what is paid is left alone. */
const worthAWord = 0.01;
const daysPerMonth = 365 / 12;

/**
 * What to do with a commitment that lies unused: exchange a reservation that Azure still takes back for what is advised
 * to buy, as long as that commits to no less than what is left of it; a savings plan is final. Undefined where it is used.
 */
export function exchangeAdvice(
  { kind, monthly, unused, until, termYears }: Omit<OwnedCommitment, "advice">,
  { today, currency, purchases }: ExchangeBasis,
): string | undefined {
  if (monthly <= 0 || unused < worthAWord * monthly) return undefined;
  if (kind === "savingsPlan") return "a savings plan is final: move nodes under it, or let it end";
  const { day } = exchangeableBefore();
  const bought = until === undefined ? undefined : `${Number(until.slice(0, 4)) - termYears}${until.slice(4)}`;
  if (today >= day && bought === undefined) return `exchange it in Azure if it was bought before ${day}`;
  if (bought !== undefined && bought >= day)
    return `bought from ${day} on, it cannot be exchanged: return it within the limit of refunds, or trade it in for a savings plan`;
  if (until === undefined) return `exchange it in Azure: it was bought before ${day}`;
  const months = Math.max(0, (Date.parse(until) - Date.parse(today)) / 86_400_000 / daysPerMonth);
  // Part of a reservation can be returned: what is unused of it.
  const left = unused * months;
  const [target] = purchases
    .filter(({ kind: each, termTotal }) => each === "reservation" && termTotal >= left)
    .toSorted((one, other) => one.termTotal - other.termTotal);
  const least = `at least ${formatMoney(left, currency)} over its term`;
  return target === undefined
    ? `exchange what is unused for a reservation that commits to ${least}`
    : `exchange what is unused for the advised ${target.label}: the new one must commit to ${least}, and this one to ${formatMoney(target.termTotal, currency)} (${formatMoney(likelyValue(target.monthly) ?? 0, currency)} a month)`;
}
