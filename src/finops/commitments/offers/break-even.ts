import type { PricingContext } from "../../bill/pricing-context.ts";
import { planRate, reservedPrice } from "../declared-commitments.ts";
import type { CommittablePool } from "../demand/node-demand.ts";
import { usageOf } from "../mix/commitment-mix.ts";

/** From how many hours a day on a commitment costs less than pay as you go. */
export interface BreakEven {
  readonly region: string;
  readonly vmSize: string;
  readonly kind: "reservation" | "savingsPlan";
  readonly termYears: 1 | 3;
  /** Per node and hour, with the negotiated discount. */
  readonly payAsYouGo: number;
  /** Per node and hour, amortised. */
  readonly committed: number;
  /** 24 × committed ÷ pay as you go. */
  readonly hoursPerDay: number;
  /** False: the price is derived, recalled or of other regions. */
  readonly verified: boolean;
  readonly note: string | undefined;
}

/** The rule of thumb that is set beside the true figures: reserve what runs more than 8 hours a day. */
export const ruleOfThumbHoursPerDay = 8;

const terms = [1, 3] as const;

/** Break-even hours of every size and region of the pools, for reservations and savings plans of both terms. */
export function breakEvens(context: PricingContext, pools: readonly CommittablePool[]): readonly BreakEven[] {
  const sizes = new Map(pools.map((pool) => [`${pool.region}/${pool.vmSize}`, pool]));
  const ordered = [...sizes].toSorted(([left], [right]) => (left < right ? -1 : 1));
  return ordered.flatMap(([, pool]) => [
    ...terms.flatMap((termYears) => ofReservation(context, pool, termYears)),
    ...terms.flatMap((termYears) => ofPlan(context, pool, termYears)),
  ]);
}

function ofReservation(context: PricingContext, pool: CommittablePool, termYears: 1 | 3): readonly BreakEven[] {
  const price = reservedPrice(context, { ...pool, termYears }, "break-even");
  if (price.amount === undefined || price.amount <= 0) return [];
  const [elsewhere] = price.assumptions;
  const isVerified =
    elsewhere === undefined && price.reasons.every((reason) => reason.kind !== "fact" || reason.verified);
  const fact = context.catalog.reservationPrice(pool.region, pool.vmSize, termYears);
  return row(pool, "reservation", termYears, price.amount, isVerified, elsewhere?.text ?? fact?.note);
}

function ofPlan(context: PricingContext, pool: CommittablePool, termYears: 1 | 3): readonly BreakEven[] {
  const rate = planRate(context, usageOf(pool, 0), termYears)?.amount;
  if (rate === undefined || rate <= 0) return [];
  const fact = context.catalog.savingsPlanPrice(pool.region, pool.vmSize, termYears);
  return row(pool, "savingsPlan", termYears, rate, fact?.verified === true, fact?.note);
}

function row(
  { region, vmSize, payAsYouGo }: CommittablePool,
  kind: BreakEven["kind"],
  termYears: 1 | 3,
  committed: number,
  verified: boolean,
  note: string | undefined,
): readonly BreakEven[] {
  if (payAsYouGo === undefined || payAsYouGo <= 0) return [];
  const hoursPerDay = (24 * committed) / payAsYouGo;
  return [{ region, vmSize, kind, termYears, payAsYouGo, committed, hoursPerDay, verified, note }];
}
