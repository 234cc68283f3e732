import {
  addCustomer,
  allTaken,
  type CustomerGroup,
  type ShowUps,
  showUpsOf,
  type Turnout,
  turnoutOf,
} from "./show-ups.ts";

/** What is sold, to whom, and what one bumped customer costs. Money in one currency. */
export interface OverbookingQuestion {
  readonly capacity: number;
  /** Sold already; may be empty. */
  readonly booked: readonly CustomerGroup[];
  /** Chance that the next buyers turn up, above 0. */
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
  /** Selling up to the capacity; what is sold already where that is more. */
  readonly atCapacity: BookingLevel;
  /** The capacity where `isUnbounded`: no level is the best then. */
  readonly best: BookingLevel;
  /** The next seat is sold while the chance that all are taken stays below this. */
  readonly criticalRatio: number;
  /** Levels around the best one, for a curve. */
  readonly curve: readonly BookingLevel[];
  /** True: another sale never costs more than it brings. */
  readonly isUnbounded: boolean;
}

const curveReach = 12;

/**
 * How many to sell. One more seat pays while P(S >= C) < v / (v + b) when no-shows are refunded, or < v / (p b) when they
 * pay: S show-ups of those sold, C capacity, v price, b cost of a bumped customer, p chance to turn up. Where that bound
 * is 1 or more every sale pays: decided on the bound, since a sum of chances may round to 1.
 */
export function overbookingPolicy(question: OverbookingQuestion): OverbookingPolicy {
  const { capacity, booked, nextShowUp, price, bumpCost, refundable } = question;
  const bound = refundable ? price / (price + bumpCost) : price / (nextShowUp * bumpCost);
  const isUnbounded = !(bound < 1);
  const levels: BookingLevel[] = [];
  const last = certainlyFull(question);
  let showUps = showUpsOf(booked, capacity);
  let best: number | undefined;
  for (; best === undefined || showUps.sold <= Math.max(best, capacity) + curveReach; ) {
    levels.push(levelOf(question, showUps));
    const stops = isUnbounded ? showUps.sold >= capacity : allTaken(showUps) >= bound || showUps.sold >= last;
    if (stops) best ??= showUps.sold;
    showUps = addCustomer(showUps, nextShowUp);
  }
  const first = levels[0]?.sold ?? 0;
  const at = (sold: number) => levels[Math.max(0, sold - first)] as BookingLevel;
  return {
    atCapacity: at(capacity),
    best: at(best),
    criticalRatio: Math.min(1, bound),
    curve: levels.filter(({ sold }) => Math.abs(sold - best) <= curveReach),
    isUnbounded,
  };
}

/**
 * So many sales that all places are taken but for a chance below 1e-16, which no sum of chances can show: forty standard
 * deviations and some beyond the capacity on the mean (Chernoff).
 */
function certainlyFull({ capacity, booked, nextShowUp }: OverbookingQuestion): number {
  const sold = booked.reduce((sum, { count }) => sum + count, 0);
  return sold + Math.ceil((capacity + 40 * Math.sqrt(capacity) + 400) / nextShowUp);
}

function levelOf({ price, bumpCost, refundable }: OverbookingQuestion, showUps: ShowUps): BookingLevel {
  const turnout = turnoutOf(showUps);
  const paid = refundable ? turnout.expectedServed : showUps.sold;
  return { sold: showUps.sold, turnout, expectedRevenue: paid * price - turnout.expectedBumped * bumpCost };
}
