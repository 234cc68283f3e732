import { beforeAll, expect, test } from "vitest";
import { demandOver } from "../demand/node-demand.ts";
import { chooseMix } from "../mix/choose-mix.ts";
import type { CommitmentOffers, OwnedCommitments } from "../mix/commitment-mix.ts";
import { loadMixedIntegerSolver, type MixedIntegerSolver } from "../mix/mixed-integer-solver.ts";
import { fallRisk } from "./falling-demand.ts";
import { planSensitivity, reservationSensitivity } from "./rate-sensitivity.ts";

let solver: MixedIntegerSolver;
beforeAll(async () => {
  solver = await loadMixedIntegerSolver();
});

const owned: OwnedCommitments = { reservations: [], plans: [] };
const pool = {
  cluster: "main",
  pool: "user",
  region: "westeurope",
  vmSize: "Standard_D4s_v5",
  payAsYouGo: 0.2,
  group: "Dsv5 Series",
  ratio: 2,
};
/** Ten nodes by day, five by night. */
const pattern = [
  { hours: 12, nodes: [10] },
  { hours: 12, nodes: [5] },
];
const demand = demandOver([pool], pattern, { months: 36, growthPerMonth: 0 });
const reserve = (price: number): CommitmentOffers => ({
  reservations: [
    { id: "r", region: "westeurope", group: "Dsv5 Series", vmSize: pool.vmSize, units: 2, termYears: 3, price },
  ],
  plans: [],
  spot: [],
});

test("the break-even fall is where what is left of the use is the ratio of the prices", () => {
  const offers = reserve(0.12);
  const { mix } = chooseMix(demand, owned, offers, solver);
  expect(mix.reservations[0]?.instances).toBe(5);
  const risk = fallRisk(demand, owned, mix, 0.8);
  // By day ten fall to more than five up to a half; then five instances are used (10 + 5) ÷ 2 × (1 − fall) ÷ 5 = 60 %.
  expect(risk.breakEvenFall).toBeCloseTo(0.6, 2);
  expect(risk.chanceOfLoss).toBeCloseTo(0.25, 2);
  expect(risk.points[0]?.unused).toBe(0);
  expect(risk.points.map(({ unused }) => unused)).toEqual(
    risk.points.map(({ unused }) => unused).toSorted((left, right) => left - right),
  );
  expect(fallRisk(demand, owned, { reservations: [], plans: [], spot: [] }, 0.3).breakEvenFall).toBeUndefined();
});

test("within the interval the choice stays, beyond it it flips", () => {
  const price = 0.08;
  const offers = reserve(price);
  const chosen = chooseMix(demand, owned, offers, solver);
  const [purchase] = chosen.mix.reservations;
  if (purchase === undefined) throw new Error("nothing bought");
  expect(purchase.instances).toBe(10);
  const { mayRise, mayFall } = reservationSensitivity({ demand, owned, offers, solver }, chosen, purchase);
  // The tenth node runs half the time: worth 0.1.
  expect(mayRise).toBeCloseTo(0.25, 6);
  expect(mayFall).toBeUndefined();
  const at = (share: number) =>
    chooseMix(demand, owned, reserve(price * (1 + share)), solver).mix.reservations[0]?.instances;
  expect([at(mayRise - 0.01), at(mayRise + 0.01)]).toEqual([10, 5]);
});

test("a plan may rise until its last dollar is worth no more than pay as you go", () => {
  const plan = { id: "p", termYears: 3, rateOf: () => 0.12 } as const;
  const offers: CommitmentOffers = { reservations: [], plans: [plan], spot: [] };
  const chosen = chooseMix(demand, owned, offers, solver);
  const [purchase] = chosen.mix.plans;
  if (purchase === undefined) throw new Error("nothing bought");
  expect(purchase.hourlyCommitment).toBeCloseTo(5 * 0.12, 3);
  const { mayRise, mayFall } = planSensitivity({ demand, owned, offers, solver }, chosen, purchase);
  expect(mayRise).toBeCloseTo(0.2 / 0.12 - 1, 2);
  // A dollar more is used half the time: 0.5 × 0.2 ÷ 0.12 of its cost.
  expect(mayFall).toBeCloseTo(1 - 0.5 * (0.2 / 0.12), 2);
});
