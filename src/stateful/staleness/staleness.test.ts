import fc from "fast-check";
import { expect, test } from "vitest";
import { type LatencyDistribution, latencyProblem } from "../latency/latency-distribution.ts";
import { drawsOf } from "../simulation/kernel/draws.ts";
import { publishedFits } from "../testing/published-fits.ts";
import { quorumMiss } from "./closed-forms.ts";
import { stalenessCurve } from "./staleness.ts";
import { type QuorumLatencies, sameForEach, simulateWars } from "./wars.ts";

const constant = (milliseconds: number): LatencyDistribution => ({ kind: "constant", milliseconds });
const spreading: QuorumLatencies = {
  write: { kind: "exponential", mean: 10, floor: 1 },
  acknowledge: constant(1),
  read: constant(0.5),
  reply: constant(0.5),
};
const times = [0, 2, 5, 10, 20];

test("overlapping quorums see every write, in every trial", () => {
  const sizes = fc.integer({ min: 1, max: 6 }).chain((replicas) =>
    fc.record({
      replicas: fc.constant(replicas),
      read: fc.integer({ min: 1, max: replicas }),
      write: fc.integer({ min: 1, max: replicas }),
    }),
  );
  fc.assert(
    fc.property(sizes, fc.constantFrom(...publishedFits.values(), spreading), fc.nat(1000), (size, fit, seed) => {
      const last =
        simulateWars(size, [sameForEach(size.replicas, fit)], 200, drawsOf(seed, 0)).visibleAfter.at(-1) ?? 0;
      if (size.read + size.write > size.replicas) expect(last).toBe(0);
    }),
  );
});

test.each([
  [3, 1, 1],
  [3, 2, 1],
  [3, 1, 2],
  [5, 2, 2],
])("trials agree with the closed form at N=%d, R=%d, W=%d", (replicas, read, write) => {
  const curve = stalenessCurve({ replicas, read, write }, [sameForEach(replicas, spreading)], {
    times,
    trials: 100_000,
    seed: 7,
  });
  for (const { stale, exact } of curve.points) {
    // Four of the half widths of the interval: five times twenty of them must hold.
    const slack = (stale.upper - stale.lower) * 2;
    expect(Math.abs(stale.share - (exact ?? Number.NaN))).toBeLessThan(slack);
  }
});

test("a quorum that misses is that of the paper", () => {
  expect(quorumMiss({ replicas: 3, read: 1, write: 1 })).toBeCloseTo(2 / 3, 12);
  expect(quorumMiss({ replicas: 5, read: 2, write: 2 })).toBeCloseTo(3 / 10, 12);
  expect(quorumMiss({ replicas: 3, read: 2, write: 2 })).toBe(0);
});

test("the published fits give the published picture: fast disks are consistent at once, slow ones are not", () => {
  const at = (name: string) => {
    const fit = publishedFits.get(name);
    if (fit === undefined) throw new Error(name);
    const question = { times: [0], trials: 60_000, seed: 3 };
    const { points } = stalenessCurve({ replicas: 3, read: 1, write: 1 }, [sameForEach(3, fit)], question);
    return 1 - (points[0]?.stale.share ?? 1);
  };
  // Paper: 97.4 % for LNKD-SSD and 43.9 % for LNKD-DISK right after the commit, R = W = 1.
  expect(at("LNKD-SSD")).toBeCloseTo(0.974, 1);
  expect(at("LNKD-DISK")).toBeCloseTo(0.439, 1);
});

test("what is no distribution is named", () => {
  expect(latencyProblem(constant(-1))).toContain("-1 ms");
  const parts = [
    { weight: 0.5, distribution: constant(1) },
    { weight: 0.4, distribution: constant(2) },
  ];
  expect(latencyProblem({ kind: "mixture", parts })).toBe("the weights sum to 0.9, not to 1");
  expect(latencyProblem({ kind: "pareto", scale: 1, shape: 0 })).toContain("shape");
  for (const fit of publishedFits.values())
    expect(Object.values(fit).map((each) => latencyProblem(each))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
});

test("a replica far away counts with its own delays, not with those of its neighbours", () => {
  const near = { write: constant(1), acknowledge: constant(1), read: constant(1), reply: constant(1) };
  const far = { write: constant(40), acknowledge: constant(40), read: constant(40), reply: constant(40) };
  const farReader = { write: constant(40), acknowledge: constant(40), read: constant(1), reply: constant(1) };
  const nearWriter = { write: constant(1), acknowledge: constant(1), read: constant(40), reply: constant(40) };
  const question = { times: [0, 30, 39], trials: 2000, seed: 5 };
  const sizes = { replicas: 3, read: 1, write: 1 };
  const shares = (routes: Parameters<typeof stalenessCurve>[1]) =>
    stalenessCurve(sizes, routes, question).points.map(({ stale }) => stale.share);
  // The reader asks beside the writer: it is the near replicas that answer first, which have the write.
  expect(shares([[near, near, far]])).toEqual([0, 0, 0]);
  // It asks beside the far replica, which answers after 2 ms and gets the write 38 ms after the commit.
  expect(shares([[nearWriter, nearWriter, farReader]])).toEqual([1, 1, 0]);
  const [first = 0, second = 0] = shares([
    [near, near, far],
    [nearWriter, nearWriter, farReader],
  ]);
  expect(first).toBeGreaterThan(0.4);
  expect(first).toBeLessThan(0.6);
  expect(second).toBe(first);
});
