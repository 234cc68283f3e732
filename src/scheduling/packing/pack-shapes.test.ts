import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { loadHighsSolver } from "./exact/highs-solver.ts";
import type { LinearSolver } from "./exact/linear-solver.ts";
import { type PackingOptions, packShapes } from "./pack-shapes.ts";
import type { PackingResult } from "./packing-plan.ts";
import type { PackingProblem } from "./packing-problem.ts";
import { arbitraryProblem } from "./testing/arbitrary-problem.ts";
import { cheapestByTrial } from "./testing/cheapest-by-trial.ts";
import { planFaults } from "./testing/plan-faults.ts";

let solver: LinearSolver;
beforeAll(async () => {
  solver = await loadHighsSolver();
});

const quick: PackingOptions = { comparisons: 20_000 };

function pack(problem: PackingProblem, options: PackingOptions = quick): PackingResult {
  const result = packShapes(problem, options);
  if ("invalid" in result) throw new Error(JSON.stringify(result.invalid));
  return result;
}

function packExactly(problem: PackingProblem): PackingResult {
  return pack(problem, { comparisons: 2_000, exact: { solver } });
}

const web: PackingProblem = {
  dimensions: ["cpuMillicores", "memoryBytes", "pods"],
  nodeTypes: [
    { name: "D4", capacity: [3_800, 13_000, 30], price: 200 },
    { name: "D8", capacity: [7_800, 28_000, 30], price: 390 },
  ],
  shapes: [
    { name: "web", size: [1_000, 2_000, 1], quantity: 9 },
    { name: "db", size: [2_000, 9_000, 1], quantity: 3, perNode: 1 },
  ],
};

describe("the cheapest nodes for some pods", () => {
  test("hold every pod, at a price that is proven least", () => {
    const result = packExactly(web);
    expect(planFaults(web, result.plan)).toEqual([]);
    expect(result).toMatchObject({ proven: true, gap: 0, ended: "complete", lowerBound: result.plan.price });
    // A D4 beside its database has CPU for one web only, a D8 for five: two D8 and a D4; five D4 would be 1000.
    expect(result.plan.price).toBe(980);
  });

  test("are the same at every run, and depend on no order of names", () => {
    expect(packExactly(web)).toEqual(packExactly(web));
    expect(pack(web)).toEqual(pack(web));
  });

  test("come with what one pod more costs, none worth more than a node of its own", () => {
    const { marginalPrices } = packExactly({ ...web, shapes: [{ name: "web", size: [1_500, 2_000, 1], quantity: 7 }] });
    expect(marginalPrices.map(({ shape }) => shape)).toEqual(["web"]);
    expect(marginalPrices[0]?.price).toBeLessThanOrEqual(200 / 2);
    expect(marginalPrices[0]?.price).toBeGreaterThan(0);
  });

  test("use up what is owned before anything is bought", () => {
    const [first, second] = web.nodeTypes;
    if (first === undefined || second === undefined) throw new Error("two node types");
    const owned = { ...web, nodeTypes: [first, { ...second, name: "owned D8", price: 0, limit: 2 }] };
    const result = packExactly(owned);
    expect(planFaults(owned, result.plan)).toEqual([]);
    expect(result.plan.price).toBe(200);
    expect(result.proven).toBe(true);
  });

  test("are none for no pods", () => {
    const result = pack({ ...web, shapes: [{ name: "web", size: [1, 1, 1], quantity: 0 }] });
    expect(result).toMatchObject({ plan: { price: 0, nodes: [], unplaced: [] }, proven: true, gap: 0 });
    expect(pack({ ...web, shapes: [] }).proven).toBe(true);
  });
});

describe("pods without a place", () => {
  test("larger than every node: listed with the resource, and left out of the bound", () => {
    const problem = { ...web, shapes: [...web.shapes, { name: "huge", size: [9_000, 100, 1], quantity: 2 }] };
    const result = packExactly(problem);
    expect(result.plan.unplaced).toEqual([
      {
        shape: "huge",
        count: 2,
        reason: "a pod asks for cpuMillicores 9000, but the most a node offers is 7800 (D8)",
      },
    ]);
    expect(result.plan.price).toBe(packExactly(web).plan.price);
    expect(planFaults(problem, result.plan)).toEqual([]);
  });

  test("admitted by no node type, or only by types limited to none", () => {
    const none = { ...web, shapes: [{ name: "gpu", size: [1, 1, 1], quantity: 1, nodeTypes: [] }] };
    expect(pack(none).plan.unplaced[0]?.reason).toBe("no node type admits the pods");
    const closed = { ...web, nodeTypes: web.nodeTypes.map((type) => ({ ...type, limit: 0 })) };
    expect(pack(closed).plan.unplaced.map(({ reason }) => reason)).toEqual([
      "the node types that admit the pods are limited to 0 nodes",
      "the node types that admit the pods are limited to 0 nodes",
    ]);
    expect(pack({ ...web, nodeTypes: [] }).plan.unplaced).toHaveLength(2);
  });

  test("fitting in each resource on some node, but on none in all", () => {
    const result = pack({
      ...web,
      nodeTypes: [
        { name: "cpu", capacity: [8_000, 1_000, 30], price: 1 },
        { name: "memory", capacity: [1_000, 8_000, 30], price: 1 },
      ],
      shapes: [{ name: "both", size: [5_000, 5_000, 1], quantity: 1 }],
    });
    expect(result.plan.unplaced[0]?.reason).toContain("no single node type has room in all of");
  });

  test("for want of nodes: as few as possible, no gap, never proven", () => {
    const limited = { ...web, nodeTypes: web.nodeTypes.map((type) => ({ ...type, limit: 1 })) };
    const result = packExactly(limited);
    expect(planFaults(limited, result.plan)).toEqual([]);
    expect(result).toMatchObject({ proven: false, gap: undefined, provenTooSmall: true });
    expect(result.plan.unplaced.length).toBeGreaterThan(0);
  });
});

describe("input that makes no sense", () => {
  test.each<[string, Partial<PackingProblem>, string, string]>([
    [
      "negative quantity",
      { shapes: [{ name: "x", size: [1, 1, 1], quantity: -1 }] },
      "shape x",
      "its quantity is -1, less than 0",
    ],
    [
      "broken quantity",
      { shapes: [{ name: "x", size: [1, 1, 1], quantity: Number.NaN }] },
      "shape x",
      "its quantity is NaN, not a whole number",
    ],
    [
      "absurd quantity",
      { shapes: [{ name: "x", size: [1, 1, 1], quantity: 2 ** 40 }] },
      "shape x",
      "its quantity is 1099511627776, more than 2147483647",
    ],
    [
      "broken size",
      { shapes: [{ name: "x", size: [0.5, 1, 1], quantity: 1 }] },
      "shape x",
      "its size in cpuMillicores is 0.5, not a whole number",
    ],
    [
      "short size",
      { shapes: [{ name: "x", size: [1], quantity: 1 }] },
      "shape x",
      "its size has 1 numbers for 3 dimensions",
    ],
    [
      "unknown type",
      { shapes: [{ name: "x", size: [1, 1, 1], quantity: 1, nodeTypes: ["y"] }] },
      "shape x",
      "there is no node type y",
    ],
    [
      "negative price",
      { nodeTypes: [{ name: "n", capacity: [1, 1, 1], price: -5 }] },
      "node type n",
      "its price is -5, less than 0",
    ],
    [
      "negative capacity",
      { nodeTypes: [{ name: "n", capacity: [1, -1, 1], price: 5 }] },
      "node type n",
      "its capacity for memoryBytes is -1, less than 0",
    ],
    ["unknown in a conflict", { conflicts: [["web", "ghost"]] }, "conflict web / ghost", "there is no shape ghost"],
    [
      "itself in a conflict",
      { conflicts: [["web", "web"]] },
      "conflict web / web",
      "a shape that conflicts with itself has perNode 1 instead",
    ],
    ["name twice", { shapes: [...web.shapes, ...web.shapes.slice(0, 1)] }, "shape web", "the name occurs twice"],
  ])("is named and nothing is packed: %s", (_case, change, subject, reason) => {
    expect(packShapes({ ...web, ...change })).toEqual({ invalid: [{ subject, reason }] });
  });
});

describe("a search that is watched", () => {
  test("reports its stages, prices that only fall and bounds that only rise", () => {
    const steps: { stage: string; price: number; lowerBound: number }[] = [];
    packShapes(web, { comparisons: 50_000, exact: { solver }, onProgress: (step) => steps.push(step) });
    expect(new Set(steps.map(({ stage }) => stage))).toContain("bound");
    for (const [index, step] of steps.entries()) {
      const before = steps[index - 1] ?? step;
      expect(step.price).toBeLessThanOrEqual(before.price);
      expect(step.lowerBound).toBeGreaterThanOrEqual(before.lowerBound);
    }
  });

  test("ends with a whole plan when it is aborted or due", () => {
    const aborted = pack(tightProblem, { signal: AbortSignal.abort(), exact: { solver } });
    expect(aborted.ended).toBe("aborted");
    expect(planFaults(tightProblem, aborted.plan)).toEqual([]);
    let asked = 0;
    const due = pack(tightProblem, { comparisons: 2_000, exact: { solver }, isDue: () => ++asked > 3 });
    expect(due.ended).toBe("aborted");
    expect(planFaults(tightProblem, due.plan)).toEqual([]);
    expect(due.lowerBound).toBeLessThanOrEqual(due.plan.price);
  });
});

/** 24 pods of 12 shapes of which three fill a node almost exactly. */
const tightProblem: PackingProblem = {
  dimensions: ["cpu", "memory"],
  nodeTypes: [{ name: "node", capacity: [100, 100], price: 1 }],
  shapes: Array.from({ length: 12 }, (_, index) => ({
    name: `s${index}`,
    size: [28 + ((index * 7) % 13), 27 + ((index * 5) % 14)],
    quantity: 2,
  })),
};

describe("laws, on problems small enough to try every plan", () => {
  test("bound <= cheapest <= plan, plans valid; the exact search finds and proves the cheapest", () => {
    fc.assert(
      fc.property(arbitraryProblem(false), (problem) => {
        const heuristic = pack(problem);
        const exact = packExactly(problem);
        expect(planFaults(problem, heuristic.plan)).toEqual([]);
        expect(planFaults(problem, exact.plan)).toEqual([]);
        const left = new Set(exact.plan.unplaced.map(({ shape }) => shape));
        const placeable = {
          ...problem,
          shapes: problem.shapes.filter(({ name }) => !left.has(name)),
          conflicts: (problem.conflicts ?? []).filter((pair) => !pair.some((name) => left.has(name))),
        };
        const cheapest = cheapestByTrial(placeable);
        expect(cheapest).toBeDefined();
        if (cheapest === undefined) return;
        expect(heuristic.lowerBound).toBeLessThanOrEqual(cheapest);
        expect(heuristic.plan.price).toBeGreaterThanOrEqual(cheapest);
        if (heuristic.proven) expect(heuristic.plan.price).toBe(cheapest);
        expect(exact).toMatchObject({ proven: true, lowerBound: cheapest, plan: { price: cheapest } });
      }),
      { numRuns: 150 },
    );
  });

  test("with limited nodes the bound holds, and what is called proven is the cheapest", () => {
    fc.assert(
      fc.property(arbitraryProblem(true), (problem) => {
        const result = packExactly(problem);
        expect(planFaults(problem, result.plan)).toEqual([]);
        const cheapest = cheapestByTrial(problem);
        if (result.provenTooSmall) expect(cheapest).toBeUndefined();
        if (cheapest === undefined) return;
        expect(result.lowerBound).toBeLessThanOrEqual(cheapest);
        if (result.plan.unplaced.length === 0) expect(result.plan.price).toBeGreaterThanOrEqual(cheapest);
        if (result.proven) expect(result.plan.price).toBe(cheapest);
      }),
      { numRuns: 150 },
    );
  });

  test("less room on a node never lowers what the pods cost at the least", () => {
    fc.assert(
      fc.property(arbitraryProblem(false), fc.nat(2), fc.nat(2), (problem, type, dimension) => {
        const tighter: PackingProblem = {
          ...problem,
          nodeTypes: problem.nodeTypes.map((each, index) =>
            index === type
              ? { ...each, capacity: each.capacity.map((room, k) => (k === dimension ? Math.max(6, room - 2) : room)) }
              : each,
          ),
        };
        const before = packExactly(problem);
        const after = packExactly(tighter);
        // A shape that no longer fits at all leaves the bound.
        if (after.plan.unplaced.length > before.plan.unplaced.length) return;
        expect(after.lowerBound).toBeGreaterThanOrEqual(before.lowerBound);
      }),
      { numRuns: 60 },
    );
  });
});
