import { addCustomer, type CustomerGroup, showUpDistribution, type Turnout, turnoutOf } from "./show-ups.ts";

/** What is sold, to whom, and what one bumped customer costs. Money in one currency. */
export interface OverbookingQuestion {
  readonly capacity: number;
  /** Sold already; may be empty. */
  readonly booked: readonly CustomerGroup[];
  /** Chance that the next buyers turn up. */
  readonly nextShowUp: number;
  readonly price: number;
  /** Beyond the refund where no-shows pay nothing; with it where they pay. */
  readonly bumpCost: number;
  /** False: no-shows pay all the same. */
  readonly refundable: boolean;
}

export interface BookingLevel {
  readonly sold: number;
  readonly turnout: Turnout;
  readonly expectedRevenue: number;
}

export interface OverbookingPolicy {
  /** What is sold already and no more. */
  readonly now: BookingLevel;
  /** Selling up to the capacity. */
  readonly atCapacity: BookingLevel;
  readonly best: BookingLevel;
  /** The next seat is sold while the chance that all are taken stays below this. */
  readonly criticalRatio: number;
  /** Levels around the best one, for a curve. */
  readonly curve: readonly BookingLevel[];
  /** True: no level was found to be the best, since another sale never costs. */
  readonly isUnbounded: boolean;
}

const mostSold = 20_000;
const curveReach = 12;

/**
 * How many to sell. One more seat pays while P(S >= C) < v / (v + b) when no-shows are refunded, or < v / (p b) when they
 * pay: S show-ups of those sold, C capacity, v price, b cost of a bumped customer, p chance to turn up.
 */
export function overbookingPolicy(question: OverbookingQuestion): OverbookingPolicy {
  const { capacity, booked, nextShowUp, price, bumpCost, refundable } = question;
  const criticalRatio = Math.min(1, refundable ? price / (price + bumpCost) : price / (nextShowUp * bumpCost));
  const levels: BookingLevel[] = [];
  let distribution = showUpDistribution(booked);
  const first = distribution.length - 1;
  const levelOf = (sold: number) => revenueOf(question, sold, turnoutOf(distribution, capacity));
  let best: BookingLevel | undefined;
  const until = Math.min(mostSold, Math.max(first, capacity) * 4 + curveReach);
  for (let sold = first; sold <= until; sold++) {
    const level = levelOf(sold);
    levels.push(level);
    best ??= bumpCost <= 0 || allTaken(distribution, capacity) < criticalRatio ? undefined : level;
    if (best !== undefined && sold >= Math.max(best.sold, capacity) + curveReach) break;
    distribution = addCustomer(distribution, nextShowUp);
  }
  const now = levels[0] as BookingLevel;
  const chosen = best ?? (levels.at(-1) as BookingLevel);
  return {
    now,
    atCapacity: levels.find(({ sold }) => sold >= capacity) ?? chosen,
    best: chosen,
    criticalRatio,
    curve: levels.filter(({ sold }) => Math.abs(sold - chosen.sold) <= curveReach),
    isUnbounded: best === undefined,
  };
}

function allTaken(distribution: readonly number[], capacity: number): number {
  return distribution.slice(capacity).reduce((sum, chance) => sum + chance, 0);
}

function revenueOf({ price, bumpCost, refundable }: OverbookingQuestion, sold: number, turnout: Turnout): BookingLevel {
  const paid = refundable ? turnout.expectedServed : sold;
  return { sold, turnout, expectedRevenue: paid * price - turnout.expectedBumped * bumpCost };
}
