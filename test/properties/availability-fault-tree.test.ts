import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CutSets } from "../../src/availability/fault-tree/cut-sets.ts";
import { FaultTree, type NodeId, TRUE } from "../../src/availability/fault-tree/fault-tree.ts";
import { defaultSolverOptions, FaultTreeSolver, type SolverOptions } from "../../src/availability/fault-tree/solver.ts";
import { variableOrders } from "../../src/availability/fault-tree/variable-order.ts";

/** A random coherent tree: gate i takes events (0 … n-1) and earlier gates (n …), the last gate is the top. */
interface TreePlan {
  readonly probabilities: readonly number[];
  readonly gates: readonly {
    readonly type: number;
    readonly picks: readonly number[];
    readonly weights: readonly number[];
    readonly minimum: number;
  }[];
}

const probability = fc.oneof(
  fc.double({ min: 0.01, max: 0.99, noNaN: true }),
  fc.double({ min: 1e-9, max: 1e-3, noNaN: true }),
);

function treePlan(maximumEvents: number, maximumGates: number): fc.Arbitrary<TreePlan> {
  return fc.record({
    probabilities: fc.array(probability, { minLength: 1, maxLength: maximumEvents }),
    gates: fc.array(
      fc.record({
        type: fc.integer({ min: 0, max: 3 }),
        picks: fc.array(fc.nat(1_000), { minLength: 1, maxLength: 5 }),
        weights: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 5, maxLength: 5 }),
        minimum: fc.integer({ min: 1, max: 6 }),
      }),
      { minLength: 1, maxLength: maximumGates },
    ),
  });
}

interface Built {
  readonly tree: FaultTree;
  readonly top: NodeId;
  /** Whether the top event happens for a state of the events. */
  readonly happens: (state: number) => boolean;
}

/** Builds the plan, or its dual (AND and OR exchanged, k-of-n turned round). */
function build({ probabilities, gates }: TreePlan, dual = false): Built {
  const tree = new FaultTree();
  const nodes: NodeId[] = probabilities.map(() => tree.event());
  const functions: ((state: number) => boolean)[] = probabilities.map(
    (_, event) => (state) => ((state >> event) & 1) === 1,
  );
  for (const { type, picks, weights, minimum } of gates) {
    const chosen = picks.map((pick) => pick % nodes.length);
    const members = chosen.map((index) => nodes[index] ?? TRUE);
    const test = chosen.map((index) => functions[index] ?? (() => true));
    const used = type === 3 ? chosen.map((_, index) => weights[index] ?? 1) : chosen.map(() => 1);
    const sum = used.reduce((left, right) => left + right, 0);
    const least = type === 0 ? sum : type === 1 ? 1 : Math.min(minimum, sum);
    const needed = dual ? sum - least + 1 : least;
    if (needed === sum) nodes.push(tree.and(members));
    else if (needed === 1) nodes.push(tree.or(members));
    else nodes.push(tree.atLeast(needed, members, used));
    functions.push(
      (state) => test.reduce((total, holds, index) => total + (holds(state) ? (used[index] ?? 1) : 0), 0) >= needed,
    );
  }
  return { tree, top: nodes.at(-1) ?? TRUE, happens: functions.at(-1) ?? (() => true) };
}

function bruteForce(plan: TreePlan, happens: (state: number) => boolean, forced = -1, forcedState = 0): number {
  let sum = 0;
  for (let state = 0; state < 2 ** plan.probabilities.length; state += 1) {
    if (forced >= 0 && ((state >> forced) & 1) !== forcedState) continue;
    if (!happens(state)) continue;
    sum += plan.probabilities.reduce(
      (product, q, event) => (event === forced ? product : product * ((state >> event) & 1 ? q : 1 - q)),
      1,
    );
  }
  return sum;
}

function bruteForceCutSets(plan: TreePlan, happens: (state: number) => boolean): readonly number[] {
  const sets: number[] = [];
  for (let state = 0; state < 2 ** plan.probabilities.length; state += 1) {
    if (!happens(state)) continue;
    const isMinimal = plan.probabilities.every(
      (_, event) => ((state >> event) & 1) === 0 || !happens(state & ~(1 << event)),
    );
    if (isMinimal) sets.push(state);
  }
  return sets;
}

function solve({ tree, top }: Built, probabilities: ArrayLike<number>, options: Partial<SolverOptions> = {}) {
  const solver = new FaultTreeSolver(tree, { ...defaultSolverOptions, ...options });
  return solver.evaluate(solver.compile(top), probabilities);
}

function exact(built: Built, probabilities: ArrayLike<number>, options: Partial<SolverOptions> = {}) {
  const solution = solve(built, probabilities, options);
  if (solution.kind !== "exact") throw new Error("expected an exact solution");
  return solution;
}

function expectClose(actual: number, expected: number, relative = 1e-9) {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.max(Math.abs(expected), 1e-300));
}

describe("the fault tree engine", () => {
  test("equals brute force over all states", () => {
    fc.assert(
      fc.property(treePlan(12, 14), (plan) => {
        const built = build(plan);
        expectClose(exact(built, plan.probabilities).probability, bruteForce(plan, built.happens));
      }),
      { numRuns: 400 },
    );
  });

  test("gives the same with and without modules, and in every order", () => {
    fc.assert(
      fc.property(treePlan(15, 20), (plan) => {
        const built = build(plan);
        const reference = exact(built, plan.probabilities).probability;
        expectClose(exact(built, plan.probabilities, { modules: false }).probability, reference);
        for (const order of variableOrders) {
          expectClose(exact(built, plan.probabilities, { orders: [order] }).probability, reference);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("the dual tree over complements happens with 1 - P", () => {
    fc.assert(
      fc.property(treePlan(12, 14), (plan) => {
        const complements = plan.probabilities.map((q) => 1 - q);
        const dual = exact(build(plan, true), complements).probability;
        expect(Math.abs(dual - (1 - exact(build(plan), plan.probabilities).probability))).toBeLessThanOrEqual(1e-12);
      }),
      { numRuns: 200 },
    );
  });

  test("a higher unavailability of an event never makes the top event less likely", () => {
    fc.assert(
      fc.property(treePlan(12, 14), fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (plan, pick, part) => {
        const built = build(plan);
        const event = pick % plan.probabilities.length;
        const raised = plan.probabilities.map((q, index) => (index === event ? q + part * (1 - q) : q));
        const before = exact(built, plan.probabilities).probability;
        expect(exact(built, raised).probability).toBeGreaterThanOrEqual(before * (1 - 1e-12));
      }),
      { numRuns: 300 },
    );
  });

  test("Birnbaum importance is the difference between the event happened and not happened", () => {
    fc.assert(
      fc.property(treePlan(10, 12), (plan) => {
        const built = build(plan);
        const { birnbaum, probability: top } = exact(built, plan.probabilities);
        for (const event of plan.probabilities.keys()) {
          const difference = bruteForce(plan, built.happens, event, 1) - bruteForce(plan, built.happens, event, 0);
          expect(Math.abs((birnbaum.get(event) ?? 0) - difference)).toBeLessThanOrEqual(1e-9);
          const raised = plan.probabilities.map((q, index) => (index === event ? q + 1e-4 : q));
          const finite = (exact(built, raised).probability - top) / 1e-4;
          expect(Math.abs((birnbaum.get(event) ?? 0) - finite)).toBeLessThanOrEqual(1e-6);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("minimal cut sets, their counts and their order by probability equal brute force", () => {
    fc.assert(
      fc.property(treePlan(10, 12), fc.boolean(), (plan, modules) => {
        const built = build(plan);
        const solver = new FaultTreeSolver(built.tree, { ...defaultSolverOptions, modules });
        const sets = CutSets.of(solver.compile(built.top), new Map());
        const expected = bruteForceCutSets(plan, built.happens);
        if (sets === undefined) throw new Error("expected cut sets");
        const found = sets.mostProbable({
          probabilities: plan.probabilities,
          orderOf: () => 1,
          maximumOrder: 99,
          maximumSets: 100_000,
          maximumSteps: 1_000_000,
        });
        const states = found.map(({ events }) => events.reduce((state, event) => state | (1 << event), 0));
        expect(states.toSorted((left, right) => left - right)).toEqual(expected);
        for (const [index, { probability: q }] of found.entries()) {
          expect(q).toBeLessThanOrEqual((found[index - 1]?.probability ?? 1) * (1 + 1e-12));
        }
        const counts = sets.countsByOrder(() => 1);
        expect(counts.reduce((sum, count) => sum + count, 0n)).toBe(BigInt(expected.length));
        for (const [order, count] of counts.entries()) {
          expect(count).toBe(BigInt(found.filter(({ events }) => events.length === order).length));
        }
      }),
      { numRuns: 300 },
    );
  });

  test("lies between its largest cut set and the sum of all", () => {
    fc.assert(
      fc.property(treePlan(10, 12), (plan) => {
        const built = build(plan);
        const top = exact(built, plan.probabilities).probability;
        const products = bruteForceCutSets(plan, built.happens).map((state) =>
          plan.probabilities.reduce((product, q, event) => ((state >> event) & 1 ? product * q : product), 1),
        );
        expect(top).toBeGreaterThanOrEqual(Math.max(0, ...products) * (1 - 1e-12));
        expect(top).toBeLessThanOrEqual(products.reduce((sum, q) => sum + q, 0) * (1 + 1e-12));
      }),
      { numRuns: 200 },
    );
  });

  test("bounds hold the exact value at every budget, and do not widen with more", () => {
    fc.assert(
      fc.property(treePlan(12, 14), fc.boolean(), (plan, modules) => {
        const built = build(plan);
        const top = bruteForce(plan, built.happens);
        let previous = { lower: 0, upper: 1 };
        for (const boundEvaluations of [1, 3, 9, 41, 201]) {
          const solution = solve(built, plan.probabilities, { nodeLimits: [3], boundEvaluations, modules });
          const bounds =
            solution.kind === "bounds" ? solution : { lower: solution.probability, upper: solution.probability };
          expect(bounds.lower).toBeLessThanOrEqual(top * (1 + 1e-9));
          expect(bounds.upper).toBeGreaterThanOrEqual(top * (1 - 1e-9));
          expect(bounds.lower).toBeGreaterThanOrEqual(previous.lower * (1 - 1e-12));
          expect(bounds.upper).toBeLessThanOrEqual(previous.upper * (1 + 1e-12));
          previous = bounds;
        }
      }),
      { numRuns: 200 },
    );
  });
});
