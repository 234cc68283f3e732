import type { NodeUsage, ReservedUnits, SavingsPlan } from "../bill-hour.ts";
import type { CommittablePool } from "../demand/node-demand.ts";

/** A reserved instance that may be bought. Prices per instance and hour, amortised over the term. */
export interface ReservationOffer {
  readonly id: string;
  readonly region: string;
  readonly group: string;
  readonly vmSize: string;
  /** Units of the group that an instance covers. */
  readonly units: number;
  readonly termYears: 1 | 3;
  readonly price: number;
}

/** A compute savings plan that may be bought for any amount of money an hour. */
export interface PlanOffer {
  readonly id: string;
  readonly termYears: 1 | 3;
  readonly rateOf: (usage: CommittablePool) => number;
}

/** What is bought. `year` is the index of the demand year that it is for; undefined: for all of them. */
interface Bought {
  readonly year: number | undefined;
}

export interface ReservationPurchase extends Bought {
  readonly offer: ReservationOffer;
  readonly instances: number;
}

export interface PlanPurchase extends Bought {
  readonly offer: PlanOffer;
  readonly hourlyCommitment: number;
}

/** A pool's nodes as spot; `price` per node and hour. */
export interface SpotOffer {
  /** Index of the pool in the demand. */
  readonly pool: number;
  readonly price: number;
}

/** Everything that may be bought beside what is owned. */
export interface CommitmentOffers {
  readonly reservations: readonly ReservationOffer[];
  readonly plans: readonly PlanOffer[];
  readonly spot: readonly SpotOffer[];
}

export interface CommitmentMix {
  readonly reservations: readonly ReservationPurchase[];
  readonly plans: readonly PlanPurchase[];
  readonly spot: readonly SpotOffer[];
}

/** What is owned already and counts first. */
export interface OwnedCommitments {
  readonly reservations: readonly ReservedUnits[];
  readonly plans: readonly SavingsPlan[];
}

export const emptyMix: CommitmentMix = { reservations: [], plans: [], spot: [] };

/** A pool with a number of nodes, as an hour is billed. */
export function usageOf(pool: CommittablePool, nodes: number): NodeUsage {
  return { ...pool, nodes };
}
