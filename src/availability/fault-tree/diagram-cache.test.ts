import { expect, test } from "vitest";
import { compileFormula } from "./compile-formula.ts";
import { DiagramCache } from "./diagram-cache.ts";
import { FaultTree } from "./fault-tree.ts";
import { extractFormula, type Formula } from "./formula.ts";

/** Fails when all of so many parts fail. */
function series(length: number): Formula {
  const tree = new FaultTree();
  return extractFormula(tree, tree.and(Array.from({ length }, () => tree.event())), () => false);
}

function counting(cache: DiagramCache) {
  const compiled: number[] = [];
  const of = (formula: Formula) =>
    cache.of(formula, () => {
      compiled.push(formula.leaves.length);
      return compileFormula(formula, [1_000]);
    });
  return { compiled, of };
}

test("formulas of one structure are compiled once", () => {
  const { compiled, of } = counting(new DiagramCache());
  expect(of(series(3))).toBe(of(series(3)));
  expect(of(series(4))?.size).toBe(6);
  expect(compiled).toEqual([3, 4]);
});

test("one that does not compile is not tried again", () => {
  const cache = new DiagramCache();
  let tried = 0;
  const fail = () => {
    tried += 1;
    return undefined;
  };
  expect(cache.of(series(3), fail)).toBeUndefined();
  expect(cache.of(series(3), fail)).toBeUndefined();
  expect(tried).toBe(1);
});

test("the oldest go when there is no room", () => {
  const { compiled, of } = counting(new DiagramCache(20));
  for (const length of [3, 4, 5, 5, 4, 3]) of(series(length));
  expect(compiled).toEqual([3, 4, 5, 3]);
});
