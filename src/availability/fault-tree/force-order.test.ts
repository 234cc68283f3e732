import { expect, test } from "vitest";
import { compileFormula } from "./compile-formula.ts";
import { FaultTree } from "./fault-tree.ts";
import { drawnTogether } from "./force-order.ts";
import { extractFormula, type Formula } from "./formula.ts";

const PAIRS = 30;

/** Fails when both halves of any pair fail: about 2^30 nodes when all first halves come before all second ones. */
function pairs(): Formula {
  const tree = new FaultTree();
  const gates = Array.from({ length: PAIRS }, () => tree.and([tree.event(), tree.event()]));
  return extractFormula(tree, tree.or(gates), () => false);
}

function firstHalvesFirst({ leaves }: Formula): readonly number[] {
  const all = [...leaves.keys()];
  return [...all.filter((leaf) => leaf % 2 === 0), ...all.filter((leaf) => leaf % 2 === 1)];
}

test("keeps every leaf once", () => {
  const formula = pairs();
  const order = drawnTogether(formula, firstHalvesFirst(formula));
  expect(order.toSorted((left, right) => left - right)).toEqual([...formula.leaves.keys()]);
});

test("brings together what a bad order took apart", () => {
  const compile = (order: (formula: Formula) => readonly number[]) => compileFormula(pairs(), [2_000], [order]);
  expect(compile(firstHalvesFirst)).toBeUndefined();
  expect(compile((formula) => drawnTogether(formula, firstHalvesFirst(formula)))).toBeDefined();
});
