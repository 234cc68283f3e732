import { billHour, type NodeUsage, type ReservedUnits, type SavingsPlan } from "../bill-hour.ts";
import type { DemandYear, NodeDemand } from "../demand/node-demand.ts";
import {
  type CommitmentMix,
  type OwnedCommitments,
  type PlanPurchase,
  type ReservationPurchase,
  usageOf,
} from "./commitment-mix.ts";
import { pricePerHourFactor } from "./purchase-terms.ts";

/** What a commitment costs over the whole time, and how much of it is used. Money unrounded. */
export interface CommitmentUse {
  readonly cost: number;
  readonly unused: number;
  /** What the nodes that it covers cost at pay as you go. */
  readonly replaced: number;
}

/** How a pool is paid over the whole time; money unrounded. */
interface PoolBill {
  readonly payAsYouGo: number;
  readonly spot: number;
  /** Cost of reserved nodes and of those under a savings plan. */
  readonly committed: number;
  /** What all its nodes would cost at pay as you go. */
  readonly list: number;
  readonly coveredList: number;
}

/** The bill of a mix over the whole time. */
export interface MixBill {
  readonly total: number;
  readonly payAsYouGo: number;
  readonly spot: number;
  readonly unused: number;
  readonly ownedReservations: readonly CommitmentUse[];
  readonly ownedPlans: readonly CommitmentUse[];
  /** In the order of the mix. */
  readonly reservations: readonly CommitmentUse[];
  readonly plans: readonly CommitmentUse[];
  /** In the order of the demand's pools. */
  readonly pools: readonly PoolBill[];
}

/**
 * Bills every hour of a demand in Azure's order (reservations, savings plans, pay as you go) under what is owned and what a
 * mix adds. A term that outlives the time is paid in full. Pools without a price cost nothing and are not counted.
 */
export function billMix(demand: NodeDemand, owned: OwnedCommitments, mix: CommitmentMix): MixBill {
  const tally = new Tally(demand, owned, mix);
  for (const [index, year] of demand.years.entries()) tally.addYear(year, index);
  return tally.bill();
}

interface UseTally {
  cost: number;
  unused: number;
  replaced: number;
}

const newUse = (): UseTally => ({ cost: 0, unused: 0, replaced: 0 });

interface BilledPlan extends SavingsPlan {
  /** Paid for a dollar of commitment in an hour. */
  readonly factor: number;
  readonly use: UseTally;
}

interface BilledReservation extends ReservedUnits {
  readonly use: UseTally;
}

class Tally {
  readonly #demand: NodeDemand;
  readonly #owned: OwnedCommitments;
  readonly #mix: CommitmentMix;
  readonly #ownedReservations: readonly UseTally[];
  readonly #ownedPlans: readonly UseTally[];
  readonly #reservations: readonly UseTally[];
  readonly #plans: readonly UseTally[];
  readonly #pools: { payAsYouGo: number; spot: number; committed: number; list: number; coveredList: number }[];
  readonly #spotPrices: ReadonlyMap<number, number>;

  constructor(demand: NodeDemand, owned: OwnedCommitments, mix: CommitmentMix) {
    this.#demand = demand;
    this.#owned = owned;
    this.#mix = mix;
    this.#ownedReservations = owned.reservations.map(newUse);
    this.#ownedPlans = owned.plans.map(newUse);
    this.#reservations = mix.reservations.map(newUse);
    this.#plans = mix.plans.map(newUse);
    this.#pools = demand.pools.map(() => ({ payAsYouGo: 0, spot: 0, committed: 0, list: 0, coveredList: 0 }));
    this.#spotPrices = new Map(mix.spot.map(({ pool, price }) => [pool, price]));
  }

  addYear(year: DemandYear, index: number): void {
    const reservations = this.#reservationsOf(index);
    const plans = this.#plansOf(index);
    for (const { hours, nodes } of year.states) this.#addHours(hours * year.times, nodes, reservations, plans);
  }

  bill(): MixBill {
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    const uses = [...this.#ownedReservations, ...this.#ownedPlans, ...this.#reservations, ...this.#plans];
    const payAsYouGo = sum(this.#pools.map((pool) => pool.payAsYouGo));
    const spot = sum(this.#pools.map((pool) => pool.spot));
    return {
      total: payAsYouGo + spot + sum(uses.map(({ cost }) => cost)),
      payAsYouGo,
      spot,
      unused: sum(uses.map(({ unused }) => unused)),
      ownedReservations: this.#ownedReservations,
      ownedPlans: this.#ownedPlans,
      reservations: this.#reservations,
      plans: this.#plans,
      pools: this.#pools,
    };
  }

  #reservationsOf(year: number): readonly BilledReservation[] {
    const bought = (each: ReservationPurchase, index: number): readonly BilledReservation[] => {
      const { offer, instances } = each;
      if (each.year !== undefined && each.year !== year) return [];
      const factor = pricePerHourFactor(offer.termYears, year, this.#demand);
      return [
        {
          label: offer.id,
          region: offer.region,
          group: offer.group,
          units: instances * offer.units,
          pricePerUnit: (offer.price / offer.units) * factor,
          use: this.#reservations[index] ?? newUse(),
        },
      ];
    };
    return [
      ...this.#owned.reservations.map((each, index) => ({ ...each, use: this.#ownedReservations[index] ?? newUse() })),
      ...this.#mix.reservations.flatMap(bought),
    ];
  }

  #plansOf(year: number): readonly BilledPlan[] {
    const bought = (each: PlanPurchase, index: number): readonly BilledPlan[] => {
      const { offer, hourlyCommitment } = each;
      if (each.year !== undefined && each.year !== year) return [];
      const factor = pricePerHourFactor(offer.termYears, year, this.#demand);
      const { id: label, termYears, rateOf } = offer;
      return [{ label, termYears, hourlyCommitment, rateOf, factor, use: this.#plans[index] ?? newUse() }];
    };
    return [
      ...this.#owned.plans.map((each, index) => ({ ...each, factor: 1, use: this.#ownedPlans[index] ?? newUse() })),
      ...this.#mix.plans.flatMap(bought),
    ];
  }

  #addHours(
    hours: number,
    nodes: readonly number[],
    reservations: readonly BilledReservation[],
    plans: readonly BilledPlan[],
  ): void {
    const positions = new Map<NodeUsage, number>();
    const usages = this.#demand.pools.map((pool, index) => {
      const count = nodes[index] ?? 0;
      const spotPrice = this.#spotPrices.get(index);
      const tally = this.#pools[index];
      if (tally !== undefined) {
        tally.list += count * (pool.payAsYouGo ?? 0) * hours;
        if (spotPrice !== undefined) tally.spot += count * spotPrice * hours;
      }
      const usage = usageOf(pool, spotPrice === undefined ? count : 0);
      positions.set(usage, index);
      return usage;
    });
    const bill = billHour(usages, reservations, plans);
    const cover = (usage: NodeUsage, covered: number, price: number, use: UseTally | undefined) => {
      const list = covered * (usage.payAsYouGo ?? 0) * hours;
      const tally = this.#pools[positions.get(usage) ?? -1];
      if (tally !== undefined) {
        tally.committed += covered * price * hours;
        tally.coveredList += list;
      }
      if (use !== undefined) {
        use.cost += covered * price * hours;
        use.replaced += list;
      }
    };
    for (const { usage, commitment, nodes: covered, pricePerNode } of bill.reserved)
      cover(usage, covered, pricePerNode, reservations[commitment]?.use);
    for (const { usage, commitment, nodes: covered, pricePerNode } of bill.planned) {
      const plan = plans[commitment];
      cover(usage, covered, pricePerNode * (plan?.factor ?? 1), plan?.use);
    }
    for (const { usage, nodes: rest } of bill.payAsYouGo) {
      const tally = this.#pools[positions.get(usage) ?? -1];
      if (tally !== undefined) tally.payAsYouGo += rest * (usage.payAsYouGo ?? 0) * hours;
    }
    for (const [index, { pricePerUnit = 0, use }] of reservations.entries())
      addUnused(use, (bill.unusedUnits[index] ?? 0) * pricePerUnit * hours);
    for (const [index, { factor, use }] of plans.entries())
      addUnused(use, (bill.unusedCommitment[index] ?? 0) * factor * hours);
  }
}

function addUnused(use: UseTally, amount: number): void {
  use.cost += amount;
  use.unused += amount;
}
