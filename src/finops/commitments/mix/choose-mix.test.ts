import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { instancesByQuantile, loadDurationCurves } from "../demand/load-duration-curve.ts";
import { type CommittablePool, demandOver, hoursOf, type NodeDemand } from "../demand/node-demand.ts";
import { billMix } from "./bill-mix.ts";
import { chooseMix } from "./choose-mix.ts";
import {
  type CommitmentMix,
  type CommitmentOffers,
  emptyMix,
  type OwnedCommitments,
  type PlanOffer,
  type ReservationOffer,
} from "./commitment-mix.ts";
import { loadMixedIntegerSolver, type MixedIntegerSolver } from "./mixed-integer-solver.ts";

let solver: MixedIntegerSolver;
beforeAll(async () => {
  solver = await loadMixedIntegerSolver();
});

const nothingOwned: OwnedCommitments = { reservations: [], plans: [] };

function pool(name: string, given: Partial<CommittablePool> = {}): CommittablePool {
  return {
    cluster: "main",
    pool: name,
    region: "westeurope",
    vmSize: "Standard_D4s_v5",
    payAsYouGo: 0.2,
    group: "Dsv5 Series",
    ratio: 2,
    ...given,
  };
}

function reservation(termYears: 1 | 3, price: number, given: Partial<ReservationOffer> = {}): ReservationOffer {
  const group = given.group ?? "Dsv5 Series";
  return {
    id: `${group}/${termYears}`,
    region: "westeurope",
    group,
    vmSize: "Standard_D4s_v5",
    units: 2,
    termYears,
    price,
    ...given,
  };
}

function plan(termYears: 1 | 3, ratio: number | ((group: string) => number)): PlanOffer {
  const of = typeof ratio === "number" ? () => ratio : ratio;
  return { id: `plan/${termYears}`, termYears, rateOf: ({ payAsYouGo = 0, group }) => payAsYouGo * of(group) };
}

const offers = (given: Partial<CommitmentOffers>): CommitmentOffers => ({
  reservations: [],
  plans: [],
  spot: [],
  ...given,
});

/** Nodes by hour of a day. */
function daily(
  pools: readonly CommittablePool[],
  hours: readonly (readonly [hours: number, ...nodes: number[]])[],
  months = 12,
) {
  const pattern = hours.map(([count, ...nodes]) => ({ hours: count, nodes }));
  return demandOver(pools, pattern, { months, growthPerMonth: 0 });
}

describe("the best mix", () => {
  test("reserves what runs longer than the break-even hours a day, not what runs longer than 8", () => {
    // 0.12 of 0.2: 14.4 hours a day. Two nodes always, one for 14 hours, one for 15.
    const demand = daily(
      [pool("a")],
      [
        [9, 2],
        [1, 3],
        [14, 4],
      ],
    );
    const { mix, bill, bound } = chooseMix(
      demand,
      nothingOwned,
      offers({ reservations: [reservation(1, 0.12)] }),
      solver,
    );
    expect(mix.reservations.map(({ instances }) => instances)).toEqual([3]);
    expect(bill.total).toBeCloseTo(bound, 2);
  });

  test("a plan pools groups that are busy at different hours, which no reservation can", () => {
    const pools = [pool("day"), pool("night", { group: "Esv5 Series", vmSize: "Standard_E4s_v5" })];
    const demand = daily(pools, [
      [12, 4, 0],
      [12, 0, 4],
    ]);
    const both = offers({
      reservations: [reservation(3, 0.11), reservation(3, 0.11, { group: "Esv5 Series" })],
      plans: [plan(3, 0.6)],
    });
    const { mix, bill, bound } = chooseMix(
      daily(
        pools,
        [
          [12, 4, 0],
          [12, 0, 4],
        ],
        36,
      ),
      nothingOwned,
      both,
      solver,
    );
    expect(mix.reservations).toEqual([]);
    expect(mix.plans[0]?.hourlyCommitment).toBeCloseTo(4 * 0.2 * 0.6, 3);
    expect(bill.unused).toBeCloseTo(0, 2);
    expect(bill.total).toBeCloseTo(bound, 2);
    expect(hoursOf(demand)).toBe(8_760);
  });

  test("a shrinking estate takes three years for what stays and single years for what goes", () => {
    const demand = demandOver([pool("a")], [{ hours: 1, nodes: [20] }], { months: 36, growthPerMonth: -0.04 });
    const { mix } = chooseMix(
      demand,
      nothingOwned,
      offers({ reservations: [reservation(1, 0.12), reservation(3, 0.08)] }),
      solver,
    );
    const three = mix.reservations.find(({ offer }) => offer.termYears === 3)?.instances ?? 0;
    const firstYear = mix.reservations.find(({ offer, year }) => offer.termYears === 1 && year === 0)?.instances ?? 0;
    expect(three).toBeGreaterThan(5);
    expect(three).toBeLessThan(15);
    expect(firstYear).toBeGreaterThan(0);
    expect(mix.reservations.filter(({ offer }) => offer.termYears === 1).length).toBeLessThan(3);
  });

  test("a term that outlives the estate is paid in full", () => {
    const reservations = [reservation(1, 0.15), reservation(3, 0.08)];
    const over = (months: number) => {
      const { mix } = chooseMix(daily([pool("a")], [[1, 2]], months), nothingOwned, offers({ reservations }), solver);
      return mix.reservations.map(({ offer }) => offer.termYears);
    };
    expect(over(36)).toEqual([3]);
    expect(over(12)).toEqual([1]);
    expect(over(6)).toEqual([]);
  });

  test("what is owned counts first, and spot is taken where it is the cheapest", () => {
    const pools = [pool("a"), pool("b")];
    const demand = daily(pools, [[1, 3, 2]], 36);
    const owned: OwnedCommitments = {
      reservations: [{ label: "owned", region: "westeurope", group: "Dsv5 Series", units: 4, pricePerUnit: 0.05 }],
      plans: [],
    };
    const some = offers({ reservations: [reservation(3, 0.08)] });
    expect(chooseMix(demand, owned, some, solver).mix.reservations[0]?.instances).toBe(3);
    const spot = { ...some, spot: [{ pool: 1, price: 0.03 }] };
    const chosen = chooseMix(demand, owned, spot, solver);
    expect(chosen.mix.spot.length).toBe(1);
    expect(chosen.mix.reservations[0]?.instances).toBe(1);
    const dearSpot = { ...some, spot: [{ pool: 1, price: 0.09 }] };
    expect(chooseMix(demand, owned, dearSpot, solver).mix.spot).toEqual([]);
  });

  test("nothing to buy, nothing running, no prices: an empty mix", () => {
    expect(chooseMix(daily([pool("a")], [[1, 2]]), nothingOwned, offers({}), solver).mix).toEqual(emptyMix);
    const all = offers({ reservations: [reservation(1, 0.1)], plans: [plan(1, 0.7)] });
    expect(chooseMix(daily([], []), nothingOwned, all, solver).mix).toEqual(emptyMix);
    expect(chooseMix(daily([pool("a")], [[1, 0]]), nothingOwned, all, solver).mix).toEqual(emptyMix);
    const unpriced = daily([pool("a", { payAsYouGo: undefined })], [[1, 5]]);
    expect(chooseMix(unpriced, nothingOwned, all, solver).mix).toEqual(emptyMix);
  });
});

const anyDemand = fc.record({
  hours: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 }),
  nodes: fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })), {
    minLength: 4,
    maxLength: 4,
  }),
  prices: fc.tuple(fc.integer({ min: 5, max: 40 }), fc.integer({ min: 5, max: 40 })),
});
const ratio = fc.integer({ min: 30, max: 95 }).map((percent) => percent / 100);

function twoGroups({ hours, nodes, prices }: { hours: number[]; nodes: [number, number][]; prices: [number, number] }) {
  const pools = [
    pool("a", { payAsYouGo: prices[0] / 100 }),
    pool("b", { payAsYouGo: prices[1] / 100, group: "Esv5 Series", vmSize: "Standard_E4s_v5" }),
  ];
  return daily(
    pools,
    hours.map((count, index) => [count, ...(nodes[index] ?? [0, 0])] as const),
  );
}

/** A price or rate as a share of the pool's pay-as-you-go price. */
function priced(demand: NodeDemand, shares: readonly [number, number]) {
  const price = (index: number) => (demand.pools[index]?.payAsYouGo ?? 0) * (shares[index] ?? 1);
  return [reservation(1, price(0)), reservation(1, price(1), { group: "Esv5 Series" })] as const;
}

describe("laws", () => {
  test("the chosen mix is that of brute force over every count and every break of the plan", () => {
    fc.assert(
      fc.property(anyDemand, fc.tuple(ratio, ratio), fc.tuple(ratio, ratio), (given, reserved, planned) => {
        const demand = twoGroups(given);
        const reservations = priced(demand, reserved);
        const savingsPlan = plan(1, (group) => (group === "Esv5 Series" ? planned[1] : planned[0]));
        const chosen = chooseMix(demand, nothingOwned, offers({ reservations, plans: [savingsPlan] }), solver);
        const best = bruteForce(demand, reservations, savingsPlan);
        // The plan is bought in steps of a thousandth of money an hour.
        expect(Math.abs(chosen.bill.total - best)).toBeLessThan(0.001 * 8_760 + 1e-6);
        expect(chosen.bound).toBeLessThanOrEqual(best + 0.01);
      }),
      { numRuns: 60 },
    );
  });

  test("with plans of both terms, which the program may mix freely, the bound holds and little is left open", () => {
    fc.assert(
      fc.property(anyDemand, fc.tuple(ratio, ratio), ratio, ratio, (given, reserved, oneYear, threeYears) => {
        const { pools, years } = twoGroups(given);
        const demand = { pools, months: 36, years: years.map((year) => ({ ...year, times: 3 })) };
        const reservations = priced(demand, reserved);
        const plans = [plan(1, oneYear), plan(3, (group) => (group === "Esv5 Series" ? threeYears : 0.9 * threeYears))];
        const { bill, bound } = chooseMix(demand, nothingOwned, offers({ reservations, plans }), solver);
        expect(bound).toBeLessThanOrEqual(bill.total + 0.01);
        expect(bill.total).toBeLessThanOrEqual(bill.pools.reduce((sum, { list }) => sum + list, 0) + 1e-6);
      }),
      { numRuns: 60 },
    );
  });

  test("reservations alone are the newsvendor's quantile", () => {
    fc.assert(
      fc.property(anyDemand, fc.tuple(ratio, ratio), (given, reserved) => {
        const demand = twoGroups(given);
        const reservations = priced(demand, reserved);
        const { bill } = chooseMix(demand, nothingOwned, offers({ reservations }), solver);
        const byQuantile = loadDurationCurves(demand).flatMap((curve) => {
          const index = curve.group === "Dsv5 Series" ? 0 : 1;
          const instances = instancesByQuantile(curve, 2, reserved[index]);
          const offer = reservations[index];
          return instances === 0 || offer === undefined ? [] : [{ offer, instances, year: 0 }];
        });
        const quantile = billMix(demand, nothingOwned, { ...emptyMix, reservations: byQuantile });
        expect(bill.total).toBeCloseTo(quantile.total, 4);
      }),
      { numRuns: 60 },
    );
  });

  test("no sampled mix costs less; more commitment never raises the pay-as-you-go part", () => {
    const anyMix = fc.record({
      instances: fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })),
      money: fc.integer({ min: 0, max: 1_500 }),
      moreInstances: fc.integer({ min: 0, max: 3 }),
      moreMoney: fc.integer({ min: 0, max: 500 }),
    });
    fc.assert(
      fc.property(anyDemand, fc.tuple(ratio, ratio), ratio, anyMix, (given, reserved, planned, sampled) => {
        const demand = twoGroups(given);
        const reservations = priced(demand, reserved);
        const savingsPlan = plan(1, planned);
        const mixOf = (more: number, money: number): CommitmentMix => ({
          reservations: reservations.map((offer, index) => ({
            offer,
            year: 0,
            instances: (sampled.instances[index] ?? 0) + more,
          })),
          plans: [{ offer: savingsPlan, year: 0, hourlyCommitment: (sampled.money + money) / 1_000 }],
          spot: [],
        });
        const bill = billMix(demand, nothingOwned, mixOf(0, 0));
        const more = billMix(demand, nothingOwned, mixOf(sampled.moreInstances, sampled.moreMoney));
        expect(more.payAsYouGo).toBeLessThanOrEqual(bill.payAsYouGo + 1e-6);
        const chosen = chooseMix(demand, nothingOwned, offers({ reservations, plans: [savingsPlan] }), solver);
        expect(chosen.bill.total).toBeLessThanOrEqual(bill.total + 0.001 * 8_760 + 1e-6);
      }),
      { numRuns: 100 },
    );
  });
});

/** Every count of both reservations; for each, the plan at every level at which some hour's usage ends. */
function bruteForce(demand: NodeDemand, reservations: readonly ReservationOffer[], savingsPlan: PlanOffer): number {
  let best = Number.POSITIVE_INFINITY;
  for (let first = 0; first <= 4; first += 1) {
    for (let second = 0; second <= 4; second += 1) {
      const held = reservations.map((offer, index) => ({ offer, year: 0, instances: index === 0 ? first : second }));
      for (const hourlyCommitment of levels(demand, [first, second], savingsPlan)) {
        const plans = [{ offer: savingsPlan, year: 0, hourlyCommitment }];
        best = Math.min(best, billMix(demand, nothingOwned, { reservations: held, plans, spot: [] }).total);
      }
    }
  }
  return best;
}

function levels(demand: NodeDemand, held: readonly number[], { rateOf }: PlanOffer): readonly number[] {
  const breaks = new Set([0]);
  for (const { nodes } of demand.years.flatMap(({ states }) => states)) {
    const items = demand.pools.map((each, index) => {
      const rate = Math.min(rateOf(each), each.payAsYouGo ?? 0);
      return {
        money: Math.max(0, (nodes[index] ?? 0) - (held[index] ?? 0)) * rate,
        share: rate / (each.payAsYouGo ?? 1),
      };
    });
    let level = 0;
    for (const { money } of items.toSorted((left, right) => left.share - right.share)) {
      level += money;
      breaks.add(level);
    }
  }
  return [...breaks];
}
