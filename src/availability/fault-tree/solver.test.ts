import { describe, expect, test } from "vitest";
import { CutSets } from "./cut-sets.ts";
import { FALSE, FaultTree, type NodeId, TRUE } from "./fault-tree.ts";
import { changedProbability, importanceOf } from "./importance.ts";
import { findModules } from "./modules.ts";
import { defaultSolverOptions, FaultTreeSolver, type Solution, type SolverOptions, topFrequency } from "./solver.ts";

function events(tree: FaultTree, count: number): readonly NodeId[] {
  return Array.from({ length: count }, () => tree.event());
}

function solve(tree: FaultTree, top: NodeId, q: ArrayLike<number>, options: Partial<SolverOptions> = {}): Solution {
  const solver = new FaultTreeSolver(tree, { ...defaultSolverOptions, ...options });
  return solver.evaluate(solver.compile(top), q);
}

function exact(tree: FaultTree, top: NodeId, q: ArrayLike<number>, options: Partial<SolverOptions> = {}) {
  const solution = solve(tree, top, q, options);
  if (solution.kind !== "exact") throw new Error("not exact");
  return solution;
}

describe("building", () => {
  test("folds constants, repetitions and trivial gates, and makes equal gates one node", () => {
    const tree = new FaultTree();
    const [a = FALSE, b = FALSE, c = FALSE] = events(tree, 3);
    expect(tree.and([a, TRUE, a])).toBe(a);
    expect(tree.and([a, FALSE])).toBe(FALSE);
    expect(tree.or([a, FALSE])).toBe(a);
    expect(tree.or([])).toBe(FALSE);
    expect(tree.and([])).toBe(TRUE);
    expect(tree.or([b, a])).toBe(tree.or([a, b]));
    expect(tree.atLeast(0, [a])).toBe(TRUE);
    expect(tree.atLeast(3, [a, b])).toBe(FALSE);
    expect(tree.atLeast(1, [a, b])).toBe(tree.or([a, b]));
    expect(tree.atLeast(3, [a, b, c])).toBe(tree.and([a, b, c]));
    expect(tree.atLeast(2, [a, b, TRUE])).toBe(tree.or([a, b]));
    expect(tree.atLeast(2, [a, b, c], [2, 2, 2])).toBe(tree.or([a, b, c]));
  });

  test("an argument that stands twice in a k-of-n counts twice", () => {
    const tree = new FaultTree();
    const [a = FALSE, b = FALSE] = events(tree, 2);
    expect(exact(tree, tree.atLeast(2, [a, a, b]), [0.1, 0.2]).probability).toBeCloseTo(0.1, 15);
  });
});

describe("solving", () => {
  test("constants and bare events", () => {
    const tree = new FaultTree();
    const [a = FALSE] = events(tree, 1);
    expect(exact(tree, TRUE, [0.3]).probability).toBe(1);
    expect(exact(tree, FALSE, [0.3]).probability).toBe(0);
    expect(exact(tree, a, [0.3])).toEqual({ kind: "exact", probability: 0.3, birnbaum: new Map([[0, 1]]) });
  });

  test("tiny probabilities keep their figures", () => {
    const tree = new FaultTree();
    const members = events(tree, 12);
    const q = members.map(() => 1e-13);
    expect(exact(tree, tree.or(members), q).probability / 1.2e-12).toBeCloseTo(1, 11);
    expect(exact(tree, tree.atLeast(2, members), q).probability / (66 * 1e-26)).toBeCloseTo(1, 9);
  });

  test("k-of-n equals the binomial tail without listing combinations", () => {
    const tree = new FaultTree();
    const members = events(tree, 300);
    const q = members.map(() => 0.02);
    let term = 0.98 ** 300;
    let below = 0;
    for (let k = 0; k < 12; k += 1) {
      below += term;
      term *= ((300 - k) / (k + 1)) * (0.02 / 0.98);
    }
    expect(exact(tree, tree.atLeast(12, members), q).probability).toBeCloseTo(1 - below, 12);
  });

  test("a chain of 20,000 gates and an OR of 100,000 events neither overflow nor lose their way", () => {
    const tree = new FaultTree();
    let chain = tree.event();
    for (let depth = 0; depth < 10_000; depth += 1) {
      chain = tree.or([tree.and([chain, tree.event()]), tree.event()]);
    }
    expect(exact(tree, chain, new Float64Array(20_001).fill(0.5)).probability).toBeCloseTo(2 / 3, 12);
    const wide = new FaultTree();
    const members = events(wide, 100_000);
    const q = new Float64Array(100_000).fill(1e-6);
    expect(exact(wide, wide.or(members), q).probability).toBeCloseTo(-Math.expm1(100_000 * Math.log1p(-1e-6)), 12);
  });

  test("parts of equal structure are solved alike, wherever they stand", () => {
    const tree = new FaultTree();
    const stamps = Array.from({ length: 50 }, () => {
      const [a = FALSE, b = FALSE, c = FALSE] = events(tree, 3);
      return tree.or([tree.and([a, b]), tree.and([b, c]), tree.and([a, c])]);
    });
    const q = new Float64Array(150).fill(0.01);
    const one = 3 * 0.01 ** 2 - 2 * 0.01 ** 3;
    expect(exact(tree, tree.and(stamps.slice(0, 3)), q).probability).toBeCloseTo(one ** 3, 18);
    const solver = new FaultTreeSolver(tree);
    const { modules } = solver.compile(tree.or(stamps));
    expect(new Set(modules.slice(0, 50).map(({ diagram }) => diagram)).size).toBe(1);
  });

  test("what does not compile within the limit gets bounds that hold the exact value", () => {
    const tree = new FaultTree();
    const members = events(tree, 24);
    const pairs = members.flatMap((left, index) =>
      members
        .slice(index + 1)
        .map((right, offset) => ((index * 7 + offset * 3) % 4 === 0 ? tree.and([left, right]) : FALSE)),
    );
    const top = tree.or(pairs);
    const q = members.map((_, index) => 0.01 + index / 1000);
    const { probability } = exact(tree, top, q);
    const bounded = solve(tree, top, q, { nodeLimits: [40], boundEvaluations: 201 });
    expect(bounded.kind).toBe("bounds");
    if (bounded.kind !== "bounds") return;
    expect(bounded.lower).toBeLessThanOrEqual(probability);
    expect(bounded.upper).toBeGreaterThanOrEqual(probability);
    expect(bounded.upper / bounded.lower).toBeLessThan(20);
  });
});

describe("modules", () => {
  test("are the gates that share nothing with the rest", () => {
    const tree = new FaultTree();
    const [a = FALSE, b = FALSE, c = FALSE, d = FALSE, e = FALSE] = events(tree, 5);
    const own = tree.and([a, b]);
    const left = tree.or([c, d]);
    const right = tree.and([d, e]);
    const top = tree.or([own, tree.and([left, right])]);
    const modules = findModules(tree, top);
    expect(modules).toContain(own);
    expect(modules).toContain(top);
    expect(modules).not.toContain(left);
    expect(modules).not.toContain(right);
  });
});

describe("importance", () => {
  test("measures follow from P, q and B; a changed q changes P exactly", () => {
    const tree = new FaultTree();
    const [a = FALSE, b = FALSE, c = FALSE] = events(tree, 3);
    const top = tree.or([a, tree.and([b, c])]);
    const q = [0.1, 0.2, 0.3];
    const { probability, birnbaum } = exact(tree, top, q);
    expect(probability).toBeCloseTo(0.1 + 0.06 - 0.006, 15);
    const ofA = importanceOf(probability, 0.1, birnbaum.get(0) ?? 0);
    expect(ofA?.birnbaum).toBeCloseTo(1 - 0.06, 15);
    expect(ofA?.share).toBeCloseTo((0.1 * 0.94) / 0.154, 12);
    expect(ofA?.riskAchievementWorth).toBeCloseTo(1 / 0.154, 12);
    expect(ofA?.riskReductionWorth).toBeCloseTo(0.154 / 0.06, 12);
    expect(importanceOf(0, 0.1, 0)).toBeUndefined();
    const changed = exact(tree, top, [0.1, 0.2, 0.9]).probability;
    expect(changedProbability(probability, birnbaum.get(2) ?? 0, 0.3, 0.9)).toBeCloseTo(changed, 14);
  });

  test("the top event happens as often as its events decide it", () => {
    const tree = new FaultTree();
    const [a = FALSE, b = FALSE] = events(tree, 2);
    const { birnbaum } = exact(tree, tree.and([a, b]), [0.01, 0.02]);
    // Two redundant parts: w = w1 q2 + w2 q1.
    expect(topFrequency(birnbaum, [0.001, 0.002])).toBeCloseTo(0.001 * 0.02 + 0.002 * 0.01, 18);
  });
});

describe("cut sets", () => {
  test("counts go beyond what a float can hold", () => {
    const tree = new FaultTree();
    const gates = Array.from({ length: 60 }, () => tree.or(events(tree, 3)));
    const solver = new FaultTreeSolver(tree);
    const sets = CutSets.of(solver.compile(tree.and(gates)), new Map());
    expect(sets?.countsByOrder(() => 1).at(60)).toBe(3n ** 60n);
  });

  test("counts can leave out what never happens, as the listing does", () => {
    const tree = new FaultTree();
    const [a = FALSE, b = FALSE, c = FALSE, d = FALSE] = events(tree, 4);
    const sets = CutSets.of(new FaultTreeSolver(tree).compile(tree.or([a, b, tree.and([c, d])])), new Map());
    const probabilities = [0, 0.1, 0.2, 0.3];
    const isPossible = (event: number) => (probabilities[event] ?? 0) > 0;
    const limits = { maximumOrder: 9, maximumSets: 9, maximumSteps: 99 };
    expect(sets?.countsByOrder(() => 1)).toEqual([0n, 2n, 1n]);
    expect(sets?.countsByOrder(() => 1, isPossible)).toEqual([0n, 1n, 1n]);
    expect(sets?.mostProbable({ probabilities, orderOf: () => 1, ...limits })).toHaveLength(2);
  });

  test("conditions add nothing to the order of a set", () => {
    const tree = new FaultTree();
    const [node = FALSE, window = FALSE, pod = FALSE] = events(tree, 3);
    const solver = new FaultTreeSolver(tree);
    const sets = CutSets.of(solver.compile(tree.or([tree.and([node, window]), pod])), new Map());
    const orderOf = (event: number) => (event === 1 ? 0 : 1);
    expect(sets?.countsByOrder(orderOf)).toEqual([0n, 2n]);
    const limits = { maximumOrder: 1, maximumSets: 10, maximumSteps: 100 };
    expect(sets?.mostProbable({ probabilities: [0.1, 0.5, 0.02], orderOf, ...limits })).toEqual([
      { events: [0, 1], probability: 0.05 },
      { events: [2], probability: 0.02 },
    ]);
  });
});
