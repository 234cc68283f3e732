import fc from "fast-check";
import { expect, test } from "vitest";
import { decisionProbabilities } from "../fault-tree/boolean-difference.ts";
import { FaultTree, type NodeId } from "../fault-tree/fault-tree.ts";
import { defaultSolverOptions, FaultTreeSolver } from "../fault-tree/solver.ts";
import { buildFaultTree } from "./build-fault-tree.ts";
import { readOpenPsa } from "./read-open-psa.ts";
import { writeOpenPsa } from "./write-open-psa.ts";

const eventCount = 7;

/** One gate over earlier nodes; members are taken modulo what is there. */
const gateArbitrary = fc.record({
  type: fc.constantFrom("and", "or", "atLeast", "not"),
  members: fc.array(fc.record({ node: fc.nat(30), weight: fc.integer({ min: 1, max: 3 }) }), {
    minLength: 1,
    maxLength: 4,
  }),
  minimum: fc.integer({ min: 1, max: 6 }),
});

interface GivenTree {
  readonly tree: FaultTree;
  readonly top: NodeId;
  /** Whether the top event happens when these events do, counted out gate by gate. */
  readonly happens: (state: readonly boolean[]) => boolean;
}

function givenTree(
  gates: readonly (typeof gateArbitrary extends fc.Arbitrary<infer Gate> ? Gate : never)[],
): GivenTree {
  const tree = new FaultTree();
  const nodes: NodeId[] = Array.from({ length: eventCount }, () => tree.event());
  type State = readonly boolean[];
  const truths: ((state: State) => boolean)[] = nodes.map((_, index) => (state) => state[index] === true);
  for (const { type, members, minimum } of gates) {
    const picked = members.map(({ node, weight }) => ({ index: node % nodes.length, weight }));
    const inner = picked.map(({ index }) => nodes[index] ?? 0);
    const holds = picked.map(({ index }) => truths[index] ?? (() => false));
    switch (type) {
      case "and":
        nodes.push(tree.and(inner));
        truths.push((state) => holds.every((hold) => hold(state)));
        break;
      case "or":
        nodes.push(tree.or(inner));
        truths.push((state) => holds.some((hold) => hold(state)));
        break;
      case "not":
        nodes.push(tree.not(inner[0] ?? 0));
        truths.push((state) => holds[0]?.(state) !== true);
        break;
      case "atLeast": {
        const weights = picked.map(({ weight }) => weight);
        nodes.push(tree.atLeast(minimum, inner, weights));
        truths.push(
          (state) => holds.reduce((sum, hold, index) => sum + (hold(state) ? (weights[index] ?? 0) : 0), 0) >= minimum,
        );
      }
    }
  }
  return { tree, top: nodes.at(-1) ?? 0, happens: (state) => truths.at(-1)?.(state) === true };
}

const states = Array.from({ length: 2 ** eventCount }, (_, bits) =>
  Array.from({ length: eventCount }, (_event, index) => (bits >> index) % 2 === 1),
);

function weight(state: readonly boolean[], q: readonly number[]): number {
  return state.reduce((product, happened, index) => product * (happened ? (q[index] ?? 0) : 1 - (q[index] ?? 0)), 1);
}

const treeArbitrary = fc.array(gateArbitrary, { minLength: 1, maxLength: 10 });
const probabilitiesArbitrary = fc.array(fc.double({ min: 0.01, max: 0.99, noNaN: true }), {
  minLength: eventCount,
  maxLength: eventCount,
});

test("with negations and weights: the solver, with and without modules, equals counting out all states", () => {
  fc.assert(
    fc.property(treeArbitrary, probabilitiesArbitrary, (gates, q) => {
      const { tree, top, happens } = givenTree(gates);
      const expected = states.reduce((sum, state) => sum + (happens(state) ? weight(state, q) : 0), 0);
      for (const modules of [true, false]) {
        const solver = new FaultTreeSolver(tree, { ...defaultSolverOptions, modules });
        const compiled = solver.compile(top);
        const solution = solver.evaluate(compiled, q);
        if (solution.kind !== "exact") throw new Error("not exact");
        expect(solution.probability).toBeCloseTo(expected, 12);
        const decides = decisionProbabilities(compiled, q);
        for (let event = 0; event < eventCount; event += 1) {
          const flipped = (state: readonly boolean[]) => state.with(event, state[event] !== true);
          const either = states.reduce(
            (sum, state) => sum + (happens(state) === happens(flipped(state)) ? 0 : weight(state, q)),
            0,
          );
          expect(decides?.get(event) ?? 0).toBeCloseTo(either, 12);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test("bounds hold the exact probability, also with negations and at every budget", () => {
  fc.assert(
    fc.property(treeArbitrary, probabilitiesArbitrary, fc.integer({ min: 1, max: 60 }), (gates, q, budget) => {
      const { tree, top, happens } = givenTree(gates);
      const expected = states.reduce((sum, state) => sum + (happens(state) ? weight(state, q) : 0), 0);
      const solver = new FaultTreeSolver(tree, { nodeLimits: [3], boundEvaluations: budget });
      const solution = solver.evaluate(solver.compile(top), q);
      const lower = solution.kind === "exact" ? solution.probability : solution.lower;
      const upper = solution.kind === "exact" ? solution.probability : solution.upper;
      expect(lower).toBeLessThanOrEqual(expected + 1e-9);
      expect(upper).toBeGreaterThanOrEqual(expected - 1e-9);
    }),
    { numRuns: 300 },
  );
});

test("what is written reads as the same tree", () => {
  fc.assert(
    fc.property(treeArbitrary, probabilitiesArbitrary, (gates, q) => {
      const { tree, top, happens } = givenTree(gates);
      const text = writeOpenPsa({
        label: "a < b & c",
        tree,
        top,
        events: (index) => ({ label: `event ${index}`, probability: q[index] ?? 0 }),
      });
      const reading = readOpenPsa(new Map([["tree.xml", text]]));
      const built = buildFaultTree(reading, 1);
      expect([...reading.diagnostics, ...built.diagnostics]).toEqual([]);
      const gate = built.gateOf("top");
      if (gate === undefined || !("node" in gate)) throw new Error("no top event");
      const solver = new FaultTreeSolver(built.tree);
      const solution = solver.evaluate(
        solver.compile(gate.node),
        built.events.map(({ probability }) => probability),
      );
      const expected = states.reduce((sum, state) => sum + (happens(state) ? weight(state, q) : 0), 0);
      expect(solution.kind === "exact" ? solution.probability : Number.NaN).toBeCloseTo(expected, 12);
    }),
    { numRuns: 200 },
  );
});
