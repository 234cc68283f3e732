import { averageStates, hoursOf, type NodeDemand } from "../demand/node-demand.ts";
import { type AlikePools, mergeAlikePools } from "./alike-pools.ts";
import {
  type CommitmentMix,
  type CommitmentOffers,
  type OwnedCommitments,
  type PlanOffer,
  type ReservationOffer,
  usageOf,
} from "./commitment-mix.ts";
import type { MixedIntegerProgram, ProgramColumn } from "./mixed-integer-solver.ts";
import { mostInstances, paidHours } from "./purchase-terms.ts";

/** Instances that a solution must have: to see what one more or one less of something would come to. */
export interface HeldInstances {
  readonly offer: string;
  readonly year: number | undefined;
  readonly instances: number;
}

/** The program of the best mix, and how its solution reads. */
export interface MixProgram {
  readonly program: MixedIntegerProgram;
  /** Cost that no choice changes: of what is owned. */
  readonly fixedCost: number;
  /** Money of plans is rounded to a step of a thousandth by `round`. */
  readonly read: (values: ArrayLike<number>, round: (steps: number) => number) => CommitmentMix;
}

/** Money of a savings plan is committed in thousandths of a dollar an hour. */
const commitmentStep = 0.001;
/** Of two mixes that cost the same, the one that commits to less. */
export const tieBreak = 1e-7;
/** Pool-hours that the program tells apart; beyond it neighbouring states become their mean. */
const mostCells = 3_000;

/**
 * The choice of commitments as a mixed-integer program: whole instances, money of plans, pools on spot; and for each state
 * the nodes of each pool that are reserved, under each plan or pay as you go. It may cover any node with anything, where
 * Azure has an order, and knows states beyond a limit by their mean only: its optimum is a lower bound of every mix.
 */
export function mixProgram(
  demand: NodeDemand,
  owned: OwnedCommitments,
  offers: CommitmentOffers,
  held: readonly HeldInstances[] = [],
): MixProgram {
  const alike = mergeAlikePools(demand, owned, offers);
  return new ProgramBuilder(alike, owned, offers).build(held);
}

interface Scoped<Offer> {
  readonly offer: Offer;
  readonly year: number | undefined;
  readonly column: number;
}

interface Cell {
  readonly hours: number;
  readonly year: number;
  readonly nodes: readonly number[];
}

class ProgramBuilder {
  readonly #demand: NodeDemand;
  readonly #indexOf: (pool: number) => number;
  readonly #owned: OwnedCommitments;
  readonly #offers: CommitmentOffers;
  readonly #rows: { lower: number; upper: number }[] = [];
  readonly #columns: { cost: number; upper: number; isInteger: boolean; rows: number[]; values: number[] }[] = [];
  readonly #reservations: readonly Scoped<ReservationOffer>[];
  readonly #plans: readonly Scoped<PlanOffer>[];
  /** Column of the choice of spot, by pool. */
  readonly #spot = new Map<number, number>();

  constructor({ demand, indexOf }: AlikePools, owned: OwnedCommitments, offers: CommitmentOffers) {
    this.#demand = demand;
    this.#indexOf = indexOf;
    this.#owned = owned;
    this.#offers = offers;
    this.#reservations = offers.reservations.flatMap((offer) =>
      this.#scopes(offer.termYears).map((year) => {
        const cost = offer.price * paidHours(offer.termYears, year, this.#demand) * (1 + tieBreak);
        return { offer, year, column: this.#addColumn(cost, mostInstances(this.#demand, offer), true) };
      }),
    );
    this.#plans = offers.plans.flatMap((offer) =>
      this.#scopes(offer.termYears).map((year) => {
        const cost = paidHours(offer.termYears, year, this.#demand) * (1 + tieBreak);
        return { offer, year, column: this.#addColumn(cost, Number.POSITIVE_INFINITY, false) };
      }),
    );
    for (const { pool: original, price } of offers.spot) {
      const pool = indexOf(original);
      const nodeHours = demand.years.reduce(
        (sum, { states, times }) =>
          sum + times * states.reduce((hours, state) => hours + state.hours * (state.nodes[pool] ?? 0), 0),
        0,
      );
      this.#spot.set(pool, this.#addColumn(price * nodeHours, 1, true));
    }
  }

  build(held: readonly HeldInstances[]): MixProgram {
    for (const cell of this.#cells()) this.#addCell(cell);
    for (const each of held) this.#hold(each);
    return {
      program: { rows: this.#rows, columns: this.#columns satisfies readonly ProgramColumn[] },
      fixedCost: this.#ownedCost(),
      read: (values, round) => this.#read(values, round),
    };
  }

  #scopes(termYears: 1 | 3): readonly (number | undefined)[] {
    return termYears === 3 ? [undefined] : [...this.#demand.years.keys()];
  }

  #cells(): readonly Cell[] {
    const pools = this.#demand.pools.filter(({ payAsYouGo }) => payAsYouGo !== undefined).length;
    const states = Math.max(4, Math.floor(mostCells / Math.max(1, pools * this.#demand.years.length)));
    return this.#demand.years.flatMap((year, index) =>
      averageStates(year.states, states).map(({ hours, nodes }) => ({ hours: hours * year.times, year: index, nodes })),
    );
  }

  #addCell({ hours, year, nodes }: Cell): void {
    const groups = new Map<string, number>();
    const plans = [
      ...this.#owned.plans.map(({ hourlyCommitment, rateOf }) => ({
        rateOf: (index: number) => this.#rate(index, nodes, rateOf),
        row: this.#addRow(Number.NEGATIVE_INFINITY, hourlyCommitment),
      })),
      ...this.#plans
        .filter((plan) => plan.year === undefined || plan.year === year)
        .map(({ offer, column }) => {
          const row = this.#addRow(Number.NEGATIVE_INFINITY, 0);
          this.#put(column, row, -1);
          return { rateOf: (index: number) => this.#rate(index, nodes, offer.rateOf), row };
        }),
    ];
    for (const [index, pool] of this.#demand.pools.entries()) {
      const count = nodes[index] ?? 0;
      if (count <= 0 || pool.payAsYouGo === undefined) continue;
      const demandRow = this.#addRow(count, count);
      this.#put(this.#addColumn(hours * pool.payAsYouGo, Number.POSITIVE_INFINITY, false), demandRow, 1);
      const spot = this.#spot.get(index);
      if (spot !== undefined) this.#put(spot, demandRow, count);
      const groupRow = this.#groupRow(groups, pool.region, pool.group, year);
      if (groupRow !== undefined) {
        const reserved = this.#addColumn(0, Number.POSITIVE_INFINITY, false);
        this.#put(reserved, demandRow, 1);
        this.#put(reserved, groupRow, pool.ratio);
      }
      for (const { rateOf, row } of plans) {
        const rate = rateOf(index);
        if (!(rate > 0)) continue;
        const planned = this.#addColumn(0, Number.POSITIVE_INFINITY, false);
        this.#put(planned, demandRow, 1);
        this.#put(planned, row, rate);
      }
    }
  }

  #rate(index: number, nodes: readonly number[], rateOf: (usage: ReturnType<typeof usageOf>) => number): number {
    const pool = this.#demand.pools[index];
    if (pool?.payAsYouGo === undefined) return 0;
    return Math.min(pool.payAsYouGo, rateOf(usageOf(pool, nodes[index] ?? 0)));
  }

  /** The row that bounds the reserved units of a group; undefined where nothing is owned or on offer. */
  #groupRow(groups: Map<string, number>, region: string, group: string, year: number): number | undefined {
    const key = `${region}\n${group}`;
    const known = groups.get(key);
    if (known !== undefined) return known;
    const isOf = (each: { readonly region: string; readonly group: string }) =>
      each.region === region && each.group === group;
    const owned = this.#owned.reservations.filter(isOf).reduce((sum, { units }) => sum + units, 0);
    const offered = this.#reservations.filter(
      (each) => isOf(each.offer) && (each.year === undefined || each.year === year),
    );
    if (owned === 0 && offered.length === 0) return undefined;
    const row = this.#addRow(Number.NEGATIVE_INFINITY, owned);
    for (const { offer, column } of offered) this.#put(column, row, -offer.units);
    groups.set(key, row);
    return row;
  }

  #hold({ offer, year, instances }: HeldInstances): void {
    const scoped = this.#reservations.find((each) => each.offer.id === offer && each.year === year);
    if (scoped !== undefined) this.#put(scoped.column, this.#addRow(instances, instances), 1);
  }

  #ownedCost(): number {
    const hours = hoursOf(this.#demand);
    const reserved = this.#owned.reservations.reduce(
      (sum, { units, pricePerUnit = 0 }) => sum + units * pricePerUnit * hours,
      0,
    );
    return this.#owned.plans.reduce((sum, { hourlyCommitment }) => sum + hourlyCommitment * hours, reserved);
  }

  #read(values: ArrayLike<number>, round: (steps: number) => number): CommitmentMix {
    return {
      reservations: this.#reservations.flatMap(({ offer, year, column }) => {
        const instances = Math.round(values[column] ?? 0);
        return instances > 0 ? [{ offer, year, instances }] : [];
      }),
      plans: this.#plans.flatMap(({ offer, year, column }) => {
        const steps = round(Number(((values[column] ?? 0) / commitmentStep).toFixed(4)));
        return steps > 0 ? [{ offer, year, hourlyCommitment: steps * commitmentStep }] : [];
      }),
      spot: this.#offers.spot.filter(({ pool }) => (values[this.#spot.get(this.#indexOf(pool)) ?? -1] ?? 0) > 0.5),
    };
  }

  #addColumn(cost: number, upper: number, isInteger: boolean): number {
    this.#columns.push({ cost, upper, isInteger, rows: [], values: [] });
    return this.#columns.length - 1;
  }

  #addRow(lower: number, upper: number): number {
    this.#rows.push({ lower, upper });
    return this.#rows.length - 1;
  }

  #put(column: number, row: number, value: number): void {
    const own = this.#columns[column];
    own?.rows.push(row);
    own?.values.push(value);
  }
}
