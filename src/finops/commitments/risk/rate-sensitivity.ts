import type { NodeDemand } from "../demand/node-demand.ts";
import { billMix } from "../mix/bill-mix.ts";
import { type ChosenMix, chooseMix } from "../mix/choose-mix.ts";
import type {
  CommitmentMix,
  CommitmentOffers,
  OwnedCommitments,
  PlanPurchase,
  ReservationOffer,
  ReservationPurchase,
} from "../mix/commitment-mix.ts";
import type { HeldInstances } from "../mix/mix-program.ts";
import type { MixedIntegerSolver } from "../mix/mixed-integer-solver.ts";
import { mostInstances, paidHours } from "../mix/purchase-terms.ts";

/** How far the price of a purchase may move before another quantity of it is better; shares of its price. */
export interface RateSensitivity {
  /** Above it, less of it is better. */
  readonly mayRise: number;
  /** Below it, more of it is better; undefined where more could not be used. */
  readonly mayFall: number | undefined;
}

/** What a choice was made from. */
export interface ChoiceBasis {
  readonly demand: NodeDemand;
  readonly owned: OwnedCommitments;
  readonly offers: CommitmentOffers;
  readonly solver: MixedIntegerSolver;
}

/**
 * One instance more or less; what else serves its group, and the plans, are chosen anew, the other groups stay. The cost is
 * convex in the instances, so the neighbours decide over all other numbers.
 */
export function reservationSensitivity(
  basis: ChoiceBasis,
  { mix, bill }: ChosenMix,
  { offer, year, instances }: ReservationPurchase,
): RateSensitivity {
  const { demand, owned, offers, solver } = basis;
  const price = offer.price * paidHours(offer.termYears, year, demand);
  const others = heldElsewhere(basis, mix, offer);
  const besides = (count: number) => {
    const held = [...others, { offer: offer.id, year, instances: count }];
    return (chooseMix(demand, owned, offers, solver, held).bill.total - bill.total) / price;
  };
  const more = instances + 1 > mostInstances(demand, offer) ? undefined : besides(instances + 1);
  return {
    mayRise: Math.max(0, besides(instances - 1)),
    mayFall: more === undefined || more > unusable ? undefined : Math.max(0, more),
  };
}

/** What the mix has of other groups, none where it has none. */
function heldElsewhere(
  { demand, offers }: ChoiceBasis,
  mix: CommitmentMix,
  { region, group }: ReservationOffer,
): readonly HeldInstances[] {
  const elsewhere = offers.reservations.filter((each) => each.region !== region || each.group !== group);
  return elsewhere.flatMap(({ id, termYears }) => {
    const years = termYears === 3 ? [undefined] : [...demand.years.keys()];
    return years.map((year) => {
      const bought = mix.reservations.find((each) => each.offer.id === id && each.year === year);
      return { offer: id, year, instances: bought?.instances ?? 0 };
    });
  });
}

/** A hundredth more or less money, everything else as it is. */
export function planSensitivity(basis: ChoiceBasis, { mix, bill }: ChosenMix, purchase: PlanPurchase): RateSensitivity {
  const step = purchase.hourlyCommitment * planStep;
  const price = step * paidHours(purchase.offer.termYears, purchase.year, basis.demand);
  const besides = (money: number) => {
    const plans = mix.plans.map((each) => (each === purchase ? { ...each, hourlyCommitment: money } : each));
    return (billMix(basis.demand, basis.owned, { ...mix, plans }).total - bill.total) / price;
  };
  const more = besides(purchase.hourlyCommitment + step);
  return {
    mayRise: Math.max(0, besides(purchase.hourlyCommitment - step)),
    mayFall: more > unusable ? undefined : Math.max(0, more),
  };
}

const planStep = 0.01;
/** What is bought in vain costs its whole price: only as a gift would there be more of it. */
const unusable = 0.99;
