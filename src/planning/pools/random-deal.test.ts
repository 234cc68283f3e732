import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { seededRandom } from "../../scheduling/packing/heuristics/seeded-random.ts";
import { demandSums, fewestNodes } from "./demand-sums.ts";
import { type PlannedPods, type PoolProblem, type PoolSize, planDimensions } from "./pool-problem.ts";
import { randomDeal } from "./random-deal.ts";

const [vmSize] = defaultCatalog.vmSizes();

function sizeOf(cpu: number): PoolSize {
  if (vmSize === undefined) throw new Error("the catalog has sizes");
  const capacity = planDimensions.map((_, dimension) => (dimension === 0 ? cpu : 1_000_000));
  return { size: vmSize, osDisk: { type: "Managed", sizeGiB: 128 }, maxPods: 30, capacity, hourlyMicros: cpu };
}

const pods = fc.integer({ min: 1, max: 30 }).map(
  (cpu): Omit<PlannedPods, "id"> => ({
    tenant: "shop",
    size: planDimensions.map((_, dimension) => (dimension === 0 ? cpu : 0)),
    quantity: 2,
    perNode: undefined,
    isServing: true,
    isZoneBound: false,
    needsEveryZone: false,
    spreadOver: 0,
  }),
);

test("a deal has every workload once, each pool as many nodes as its sums ask for, and repeats for a seed", () => {
  fc.assert(
    fc.property(fc.array(pods, { minLength: 2, maxLength: 12 }), fc.integer({ min: 1, max: 99 }), (given, seed) => {
      const problem: PoolProblem = {
        pods: given.map((each, index) => ({ ...each, id: `w${index}` })),
        sizes: [sizeOf(40), sizeOf(80)],
        zones: 3,
        headroom: true,
        minimumNodes: 2,
      };
      const pools = problem.sizes.map((size) => ({ size, nodes: 12 }));
      const deal = randomDeal(pools, problem, seededRandom(seed));
      expect(randomDeal(pools, problem, seededRandom(seed))).toEqual(deal);
      if (deal === undefined) return;
      const dealt = deal.flatMap((pool) => pool.pods.map(({ id }) => id));
      expect(dealt.toSorted()).toEqual(problem.pods.map(({ id }) => id).toSorted());
      for (const { pods: own, size, nodes } of deal) {
        expect(fewestNodes(demandSums(own, problem), size, problem.zones)).toBeLessThanOrEqual(nodes);
      }
    }),
  );
});
