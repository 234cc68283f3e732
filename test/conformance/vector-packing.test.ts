import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type VectorPackingInstance, vectorPackingProblem } from "../../bench/vector-packing.ts";
import { loadHighsSolver } from "../../src/scheduling/packing/exact/highs-solver.ts";
import { type PackingOptions, packShapes } from "../../src/scheduling/packing/pack-shapes.ts";
import type { PackingResult } from "../../src/scheduling/packing/packing-plan.ts";
import { planFaults } from "../../src/scheduling/packing/testing/plan-faults.ts";

const shared = process.env.SCANTLING_SHARED ?? join(import.meta.dirname, "../../../shared");
const solver = await loadHighsSolver();

function readFamily(family: string): readonly VectorPackingInstance[] {
  return readFileSync(join(shared, `conformance/vector-packing/${family}.jsonl`), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as VectorPackingInstance);
}

function pack(instance: VectorPackingInstance, options: PackingOptions): PackingResult {
  const problem = vectorPackingProblem(instance);
  const result = packShapes(problem, options);
  if ("invalid" in result) throw new Error(`${instance.id}: ${JSON.stringify(result.invalid)}`);
  expect(planFaults(problem, result.plan), instance.id).toEqual([]);
  expect(result.lowerBound, instance.id).toBeLessThanOrEqual(result.plan.price);
  return result;
}

describe.each([
  ["panigrahy", 162],
  ["new", 108],
  ["triplet", 24],
])("%s", (family, expected) => {
  const instances = readFamily(family);
  const known = instances.filter(({ opt }) => opt >= 0);

  test("a short search is never below the optimum and nearer to it than the best published heuristic", () => {
    expect(instances).toHaveLength(expected);
    let own = 0;
    let published = 0;
    for (const instance of known) {
      const { plan, lowerBound } = pack(instance, { comparisons: 1_000_000 });
      expect(plan.price, instance.id).toBeGreaterThanOrEqual(instance.opt);
      expect(lowerBound, instance.id).toBeLessThanOrEqual(instance.opt);
      own += plan.price / instance.opt - 1;
      published += instance.best / instance.opt - 1;
    }
    expect(own).toBeLessThanOrEqual(published);
  });

  test("with few items the optimum is proven", () => {
    const small = known.filter(({ items }) => items.length <= (family === "triplet" ? 60 : 41));
    expect(small.length).toBeGreaterThan(4);
    for (const instance of small) {
      const { plan, lowerBound, proven } = pack(instance, { comparisons: 1_000_000, exact: { solver } });
      expect({ id: instance.id, price: plan.price, lowerBound, proven }).toEqual({
        id: instance.id,
        price: instance.opt,
        lowerBound: instance.opt,
        proven: true,
      });
    }
  });
});
