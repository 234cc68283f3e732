import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FALSE, FaultTree, type NodeId, TRUE } from "../../src/availability/fault-tree/fault-tree.ts";
import { preprocess } from "../../src/availability/fault-tree/preprocess.ts";
import { simplifyBySiblings } from "../../src/availability/fault-tree/simplify-by-siblings.ts";
import { simplifyInContext } from "../../src/availability/fault-tree/simplify-in-context.ts";

/** Gates over the youngest nodes, so that nearly all of them are shared, some negated, some of them constants. */
const gatePlan = fc.record({
  type: fc.constantFrom("and", "or", "atLeast", "and", "or"),
  picks: fc.array(fc.record({ back: fc.nat(9), negated: fc.nat(9), weight: fc.integer({ min: 1, max: 3 }) }), {
    minLength: 2,
    maxLength: 5,
  }),
  minimum: fc.integer({ min: 1, max: 5 }),
});

const treePlan = fc.record({
  events: fc.integer({ min: 1, max: 9 }),
  constants: fc.array(fc.boolean(), { maxLength: 2 }),
  gates: fc.array(gatePlan, { minLength: 1, maxLength: 40 }),
  negations: fc.boolean(),
});

type TreePlan = typeof treePlan extends fc.Arbitrary<infer Plan> ? Plan : never;

/** What a node says by state of the events, and the tree that should say the same. */
interface Built {
  readonly tree: FaultTree;
  readonly top: NodeId;
  readonly states: number;
  readonly expected: readonly boolean[];
}

function build({ events, constants, gates, negations }: TreePlan): Built {
  const tree = new FaultTree();
  const states = 2 ** events;
  const truth = (holds: (state: number) => boolean) => Array.from({ length: states }, (_, state) => holds(state));
  const nodes: { readonly node: NodeId; readonly table: readonly boolean[] }[] = [
    ...Array.from({ length: events }, (_, event) => ({
      node: tree.event(),
      table: truth((state) => ((state >> event) & 1) === 1),
    })),
    ...constants.map((constant) => ({ node: constant ? TRUE : FALSE, table: truth(() => constant) })),
  ];
  for (const { type, picks, minimum } of gates) {
    const members = picks.map(({ back, negated, weight }) => {
      const { node, table } = nodes[Math.max(0, nodes.length - 1 - back)] ?? { node: FALSE, table: [] };
      if (!negations || negated > 1) return { node, table, weight };
      return { node: tree.not(node), table: table.map((holds) => !holds), weight };
    });
    const arguments_ = members.map(({ node }) => node);
    const weights = members.map(({ weight }) => weight);
    const weigh = (state: number) => members.reduce((sum, { table, weight }) => sum + (table[state] ? weight : 0), 0);
    if (type === "and") {
      nodes.push({ node: tree.and(arguments_), table: truth((state) => members.every(({ table }) => table[state])) });
    } else if (type === "or") {
      nodes.push({ node: tree.or(arguments_), table: truth((state) => members.some(({ table }) => table[state])) });
    } else {
      nodes.push({
        node: tree.atLeast(minimum, arguments_, weights),
        table: truth((state) => weigh(state) >= minimum),
      });
    }
  }
  const { node: top, table: expected } = nodes.at(-1) ?? { node: FALSE, table: [] };
  return { tree, top, states, expected };
}

/** What a node says by state of the events, from its gates alone. */
function truthTable(tree: FaultTree, top: NodeId, states: number): readonly boolean[] {
  return Array.from({ length: states }, (_, state) => {
    const known = new Map<NodeId, boolean>([
      [FALSE, false],
      [TRUE, true],
    ]);
    const holds = (node: NodeId): boolean => {
      const found = known.get(node);
      if (found !== undefined) return found;
      const gate = tree.gate(node);
      const members = gate?.arguments.map(holds) ?? [];
      const weight = members.reduce((sum, each, index) => sum + (each ? (gate?.weights?.[index] ?? 1) : 0), 0);
      const needed = { and: members.length, or: 1, atLeast: gate?.minimum ?? 0, not: 0 }[gate?.type ?? "or"];
      const result =
        gate === undefined
          ? ((state >> tree.eventIndex(node)) & 1) === 1
          : gate.type === "not"
            ? members[0] === false
            : (gate.type === "atLeast" ? weight : members.filter(Boolean).length) >= needed;
      known.set(node, result);
      return result;
    };
    return holds(top);
  });
}

describe("preprocessing of fault trees", () => {
  test.each([
    ["what siblings say", simplifyBySiblings],
    ["what is known in context", (tree: FaultTree, top: NodeId) => simplifyInContext(tree, top, "keep")],
    ["with what decides alone taken out", (tree: FaultTree, top: NodeId) => simplifyInContext(tree, top, "extract")],
    ["all of it", preprocess],
  ])("%s: the tree says the same in every state", (_, simplify) => {
    fc.assert(
      fc.property(treePlan, (plan) => {
        const { tree, top, states, expected } = build(plan);
        expect(truthTable(tree, simplify(tree, top), states)).toEqual(expected);
      }),
      { numRuns: 1_500 },
    );
  });

  test("a gate is simplified differently under each of its parents", () => {
    const tree = new FaultTree();
    const [a, b, c, d] = [tree.event(), tree.event(), tree.event(), tree.event()] as const;
    const shared = tree.or([tree.and([a, c]), tree.and([b, d])]);
    const top = tree.and([tree.or([a, shared]), tree.or([b, shared])]);
    const simplified = tree.and([tree.or([a, tree.and([b, d])]), tree.or([b, tree.and([a, c])])]);
    expect(simplifyInContext(tree, top, "keep")).toBe(simplified);
  });

  test("what decides a gate alone is taken out, also where it lies deeper", () => {
    const tree = new FaultTree();
    const [x, a, b, c, d] = [tree.event(), tree.event(), tree.event(), tree.event(), tree.event()] as const;
    const top = tree.and([tree.or([x, a]), tree.or([b, tree.and([tree.or([x, c]), tree.or([x, d])])])]);
    const simplified = tree.or([x, tree.and([a, tree.or([b, tree.and([c, d])])])]);
    expect(simplifyInContext(tree, top, "extract")).toBe(simplified);
  });

  test("of two arguments that imply one another's part, one keeps it", () => {
    const tree = new FaultTree();
    const [x, y, z] = [tree.event(), tree.event(), tree.event()] as const;
    const top = tree.and([tree.and([x, y]), tree.and([x, z])]);
    expect(preprocess(tree, top)).toBe(tree.and([x, y, z]));
  });

  test("what follows for nodes further down is used: no copy of an absorbed branch is left", () => {
    const tree = new FaultTree();
    const [x, y, z, w] = [tree.event(), tree.event(), tree.event(), tree.event()] as const;
    const either = tree.or([x, y]);
    // x or y decides the top alone, so below the other branch neither happens.
    const branch = tree.and([tree.or([x, z]), tree.or([y, w])]);
    expect(preprocess(tree, tree.or([either, branch]))).toBe(tree.or([x, y, tree.and([z, w])]));
  });
});
