import type { Reason } from "../../estate/figures/figure.ts";
import type { RecoveryKnowledge } from "../timelines/recovery-knowledge.ts";
import type { JudgedOption } from "./judged-option.ts";
import { optionAvailability } from "./option-availability.ts";
import type { StoreOption } from "./options/store-option.ts";

/** What an option costs a month in the report's currency, or why nobody can say. */
export type OptionQuote =
  | { readonly kind: "priced"; readonly monthlyCost: number; readonly reasons: readonly Reason[] }
  | { readonly kind: "unpriced"; readonly why: string };

/** What the ranking weighs, besides the rules. */
export interface RankingTerms {
  readonly quote: (option: StoreOption) => OptionQuote;
  /** Price of an hour of an operator; undefined: burden is listed in hours only and not weighed. */
  readonly operatorHourCost: number | undefined;
  /** What a minute without the store costs; undefined: downtime is not weighed. */
  readonly downtimeCostPerMinute: number | undefined;
}

export interface RankedOption extends JudgedOption {
  readonly quote: OptionQuote;
  readonly unavailability: number | undefined;
  readonly unavailabilityReasons: readonly Reason[];
  /** Cost of the operators' hours a month. */
  readonly burdenCost: number;
  /** Expected cost of downtime a month; undefined where no availability is stated. */
  readonly downtimeCost: number | undefined;
  /** Service, operators and downtime a month; undefined where the service has no price. */
  readonly totalCost: number | undefined;
  /** Without a price: it would lead if the service cost less than this a month. */
  readonly leadsBelow?: number;
}

const minutesPerMonth = 730 * 60;

/**
 * Survivors first, those that nobody vouches for after those that fit; a managed service before one that the team runs
 * itself; then by service, operators and downtime together. What has no price stands behind what has one, and where all
 * is equal the order of the options decides.
 */
export function rankOptions(
  judged: readonly JudgedOption[],
  terms: RankingTerms,
  known: RecoveryKnowledge,
): readonly RankedOption[] {
  const weighed = judged.filter(({ standing }) => standing !== "rejected").map((each) => weigh(each, terms, known));
  const ranked = weighed.toSorted(compare);
  const [first] = ranked;
  return ranked.map((each) => {
    const { totalCost, burdenCost, downtimeCost = 0 } = each;
    if (totalCost !== undefined || first?.totalCost === undefined || !sameClass(each, first)) return each;
    const leadsBelow = first.totalCost - burdenCost - downtimeCost;
    return leadsBelow > 0 ? { ...each, leadsBelow } : each;
  });
}

function weigh(judged: JudgedOption, terms: RankingTerms, known: RecoveryKnowledge): RankedOption {
  const { option } = judged;
  const quote = terms.quote(option);
  const { unavailability, reasons } = optionAvailability(option, known);
  const burdenCost = option.operatorHours * (terms.operatorHourCost ?? 0);
  const perMinute = terms.downtimeCostPerMinute ?? 0;
  const downtimeCost = unavailability === undefined ? undefined : unavailability * minutesPerMonth * perMinute;
  return {
    ...judged,
    quote,
    unavailability,
    unavailabilityReasons: reasons,
    burdenCost,
    downtimeCost,
    totalCost: quote.kind === "unpriced" ? undefined : quote.monthlyCost + burdenCost + (downtimeCost ?? 0),
  };
}

function sameClass(left: RankedOption, right: RankedOption): boolean {
  return left.standing === right.standing && left.option.host.kind === right.option.host.kind;
}

function compare(left: RankedOption, right: RankedOption): number {
  return (
    classOf(left) - classOf(right) ||
    (left.totalCost ?? Number.POSITIVE_INFINITY) - (right.totalCost ?? Number.POSITIVE_INFINITY) ||
    (left.unavailability ?? 1) - (right.unavailability ?? 1) ||
    left.burdenCost - right.burdenCost
  );
}

function classOf({ standing, option, quote }: RankedOption): number {
  return (standing === "fits" ? 0 : 4) + (option.host.kind === "managed" ? 0 : 2) + (quote.kind === "priced" ? 0 : 1);
}
