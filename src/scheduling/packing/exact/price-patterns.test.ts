import fc from "fast-check";
import { expect, test } from "vitest";
import { isFeasible, type PackingInstance, type Pattern, packingInstance } from "../packing-instance.ts";
import { completePattern } from "./complete-pattern.ts";
import { type PricingMethod, pricePatterns } from "./price-patterns.ts";
import { startWeights } from "./surrogate-knapsack.ts";

interface Case {
  readonly instance: PackingInstance;
  readonly values: Float64Array;
  readonly threshold: number;
}

/** Six shapes of up to two pods on one node, some giving room back, one pair in conflict. */
const cases: fc.Arbitrary<Case> = fc
  .record({
    capacity: fc.array(fc.integer({ min: 8, max: 20 }), { minLength: 3, maxLength: 3 }),
    shapes: fc.array(
      fc.record({
        size: fc.array(fc.integer({ min: -2, max: 9 }), { minLength: 3, maxLength: 3 }),
        positive: fc.integer({ min: 0, max: 3 }),
        quantity: fc.integer({ min: 1, max: 2 }),
        value: fc.integer({ min: 0, max: 20 }),
      }),
      { minLength: 2, maxLength: 6 },
    ),
    threshold: fc.integer({ min: 0, max: 40 }),
  })
  .map(({ capacity, shapes, threshold }) => ({
    instance: packingInstance({
      dimensions: ["d0", "d1", "d2"],
      nodeTypes: [{ name: "node", capacity, price: 1 }],
      shapes: shapes.map(({ size, positive, quantity }, index) => ({
        name: `s${index}`,
        size: positive > 0 ? size.map(Math.abs) : size,
        quantity,
      })),
      conflicts: [["s0", "s1"]],
    }),
    values: Float64Array.from(shapes, ({ value }) => value),
    threshold,
  }));

/** Every feasible filling of the node with its value. */
function allFillings({ instance, values }: Case): readonly { readonly pattern: Pattern; readonly value: number }[] {
  let counts: number[][] = [[]];
  for (const most of instance.demand) {
    counts = counts.flatMap((before) => Array.from({ length: most + 1 }, (_, copies) => [...before, copies]));
  }
  return counts.flatMap((copies) => {
    const present = copies.flatMap((count, shape) => (count > 0 ? [shape] : []));
    const pattern = {
      nodeType: 0,
      shapes: Int32Array.from(present),
      counts: Int32Array.from(present, (shape) => copies[shape] ?? 0),
    };
    if (!isFeasible(instance, pattern)) return [];
    return [{ pattern, value: copies.reduce((sum, count, shape) => sum + count * (values[shape] ?? 0), 0) }];
  });
}

function price(given: Case, method: PricingMethod, all = false) {
  const { instance, values, threshold } = given;
  const weights = startWeights(instance, 0);
  return pricePatterns(instance, { nodeType: 0, values, stock: instance.demand, threshold, method, all, weights });
}

function keyOf({ shapes, counts }: Pattern): string {
  return `${shapes.join()}:${counts.join()}`;
}

test.each<PricingMethod>([
  { kind: "labels", width: 100_000 },
  { kind: "depthFirst", steps: 1_000_000 },
])("the most valuable filling above the threshold is found: $kind", (method) => {
  fc.assert(
    fc.property(cases, (given) => {
      const best = Math.max(...allFillings(given).map(({ value }) => value));
      const result = price(given, method);
      expect(result.complete).toBe(true);
      if (best <= given.threshold) {
        expect(result.patterns).toEqual([]);
        expect(result.upper).toBeLessThanOrEqual(given.threshold);
        return;
      }
      expect(result.patterns[0]?.value).toBe(best);
      expect(result.upper).toBe(best);
      for (const { pattern } of result.patterns) expect(isFeasible(given.instance, pattern)).toBe(true);
    }),
  );
});

test.each<PricingMethod>([
  { kind: "labels", width: 1 },
  { kind: "labels", width: 3 },
  { kind: "depthFirst", steps: 4 },
])("cut short, the upper bound still holds: %o", (method) => {
  fc.assert(
    fc.property(cases, (given) => {
      const best = Math.max(...allFillings(given).map(({ value }) => value));
      const result = price(given, method);
      expect(result.upper).toBeGreaterThanOrEqual(best);
      if (result.complete && best > given.threshold) expect(result.patterns[0]?.value).toBe(best);
    }),
  );
});

test("all fillings above the threshold are listed", () => {
  fc.assert(
    fc.property(cases, (given) => {
      const wanted = allFillings(given).flatMap(({ pattern, value }) =>
        value > given.threshold ? [keyOf(pattern)] : [],
      );
      const result = price(given, { kind: "labels", width: 100_000 }, true);
      expect(result.complete).toBe(true);
      expect(new Set(result.patterns.map(({ pattern }) => keyOf(pattern)))).toEqual(new Set(wanted));
    }),
  );
});

test("a completed pattern is feasible and holds what it held", () => {
  fc.assert(
    fc.property(cases, (given) => {
      for (const { pattern } of allFillings(given)) {
        const completed = completePattern(given.instance, pattern, given.instance.demand);
        expect(isFeasible(given.instance, completed)).toBe(true);
        for (const [position, shape] of pattern.shapes.entries()) {
          const at = completed.shapes.indexOf(shape);
          expect(completed.counts[at] ?? 0).toBeGreaterThanOrEqual(pattern.counts[position] ?? 0);
        }
      }
    }),
    { numRuns: 30 },
  );
});
