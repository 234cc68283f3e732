import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LoadSimulationInput } from "./load-simulation.ts";
import type { HorizontalPodAutoscalerSettings, ScaledObjectSettings } from "./replica-scaling/autoscaler-settings.ts";
import { simulateLoad } from "./simulate-load.ts";
import { givenDemand, givenLoad } from "./testing/given-load.ts";

const onCpu: HorizontalPodAutoscalerSettings = {
  kind: "HorizontalPodAutoscaler",
  minimum: 1,
  maximum: 20,
  metrics: [{ signal: "utilization", percent: 50 }],
  behavior: undefined,
  tolerance: 0.1,
};

const toZero: ScaledObjectSettings = {
  kind: "ScaledObject",
  minimum: 0,
  maximum: 20,
  idle: undefined,
  pollingSeconds: 30,
  cooldownSeconds: 300,
  initialCooldownSeconds: 0,
  fallback: undefined,
  triggers: [{ type: "metric", metric: { signal: "demand", kind: "average", value: 5 }, activationThreshold: 0 }],
  behavior: undefined,
  tolerance: 0.1,
};

describe("nodes", () => {
  test("come when replicas find no place, after their boot, and the replicas wait as long", () => {
    const { totals } = simulateLoad(givenLoad(givenDemand(60, [0, 4], [10, 40]), { scaler: onCpu }));
    expect(totals.mostReplicas).toBe(8);
    expect(totals.mostNodes).toBe(2);
    // Four replicas wait for one node that boots in 100 s, and up to a scan of 10 s.
    expect(totals.pendingSeconds).toBeGreaterThanOrEqual(400);
    expect(totals.pendingSeconds).toBeLessThanOrEqual(4 * 111);
  });

  test("go ten minutes after they are no longer needed", () => {
    const demand = givenDemand(120, [0, 40], [20, 4]);
    const { points } = simulateLoad(givenLoad(demand, { scaler: onCpu, initialReplicas: 8 }, { initial: 2 }));
    const nodesAt = (minute: number) => points[minute]?.nodes;
    expect(nodesAt(20)).toBe(2);
    // Five minutes of the autoscaler's memory, then ten in which the node is not needed.
    expect(nodesAt(34)).toBe(2);
    expect(nodesAt(37)).toBe(1);
  });

  test("do not go below the minimum of their pool", () => {
    const load = givenLoad(givenDemand(120, [0, 1]), {}, { minimum: 3 });
    expect(simulateLoad(load).points.every(({ nodes }) => nodes === 3)).toBe(true);
  });
});

describe("scaling to zero", () => {
  test("stops after the cooldown and starts again with a cold start", () => {
    const demand = givenDemand(60, [0, 4], [10, 0], [40, 4]);
    const { totals, points } = simulateLoad(givenLoad(demand, { scaler: toZero, patienceSeconds: 120 }));
    expect(points[14]?.replicas).toBe(1);
    expect(points[20]?.replicas).toBe(0);
    expect(points[50]?.ready).toBe(1);
    expect(totals).toMatchObject({ coldStarts: 1, unserved: 0 });
  });
});

describe("cron triggers", () => {
  test.each([
    [20, 20],
    // Eleven for ten is inside the tolerance of a tenth, as for any metric.
    [11, 10],
    [12, 12],
  ])("that want %i of ten replicas get %i", (desiredReplicas, expected) => {
    const demand = givenDemand(60, [0, 1]);
    const at = (minute: number) => demand.startSeconds + minute * 60;
    const scaler: ScaledObjectSettings = {
      ...toZero,
      minimum: 1,
      triggers: [
        { type: "cron", windows: [{ fromSeconds: at(-60), untilSeconds: at(30) }], desiredReplicas: 10 },
        { type: "cron", windows: [{ fromSeconds: at(10), untilSeconds: at(60) }], desiredReplicas },
      ],
    };
    const { points } = simulateLoad(givenLoad(demand, { scaler, initialReplicas: 10 }, { minimum: 5 }));
    expect([5, 20].map((minute) => points[minute]?.replicas)).toEqual([10, expected]);
  });
});

describe("schedules", () => {
  test("a raised minimum is there before demand comes, and a stop holds", () => {
    const plan = [
      { seconds: 0, minimum: 1, maximum: 20 },
      { seconds: 600, minimum: 6, maximum: 20 },
      { seconds: 2400, minimum: 0, maximum: 0 },
    ];
    const { points } = simulateLoad(givenLoad(givenDemand(60, [0, 1]), { scaler: onCpu, plan }));
    expect([5, 20, 50].map((minute) => points[minute]?.replicas)).toEqual([1, 6, 0]);
  });
});

describe("a cluster that is stopped", () => {
  const stopped = (load: LoadSimulationInput) => ({
    ...load,
    clusterStops: [{ fromSeconds: 1800, untilSeconds: 3600 }],
  });
  const fixed = { scaler: { kind: "Fixed", replicas: 2 }, initialReplicas: 2 } as const;

  test("has no nodes, costs nothing and serves nothing until it is started again, and is then as before", () => {
    const { points } = simulateLoad(stopped(givenLoad(givenDemand(120, [0, 1]), fixed, { minimum: 2 })));
    expect([10, 40, 59, 90].map((minute) => points[minute]?.nodes)).toEqual([2, 0, 0, 2]);
    expect([10, 40, 59, 90].map((minute) => points[minute]?.ready)).toEqual([2, 0, 0, 2]);
    expect(points[45]).toMatchObject({ cost: 0, served: 0, unserved: 1 });
  });

  test("gets no node that was ordered before the stop, and orders none in it", () => {
    const load = stopped(givenLoad(givenDemand(120, [0, 4], [24, 80]), { scaler: onCpu }));
    const { points } = simulateLoad({
      ...load,
      timing: { ...load.timing, boot: { medianSeconds: 900, p95Seconds: 900 } },
    });
    expect(points[29]?.nodes).toBeGreaterThan(1);
    expect(points.slice(31, 60).every(({ nodes }) => nodes === 0)).toBe(true);
    expect(points[110]?.ready).toBeGreaterThan(0);
  });
});

test("room is what replicas request of a node, in money, for as long as they have a place", () => {
  const load = givenLoad(givenDemand(120, [0, 1]), {
    scaler: { kind: "Fixed", replicas: 3 },
    initialReplicas: 3,
    plan: [{ seconds: 3600, minimum: 0, maximum: 1 }],
  });
  // Pods of one core of four, on a node for 1 an hour: three for one hour, one for another.
  expect(simulateLoad(load).totals.heldCost).toBeCloseTo(0.75 + 0.25, 9);
});

describe("laws", () => {
  const demands = fc
    .array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 12 })
    .map((rates) => givenDemand(rates.length * 5, ...rates.map((rate, index) => [index * 5, rate] as const)));

  test("served, unserved and waiting are the demand; the same seed gives the same outcome", () => {
    fc.assert(
      fc.property(demands, fc.constantFrom(onCpu, toZero), fc.integer({ min: 0, max: 99 }), (demand, scaler, seed) => {
        const load = { ...givenLoad(demand, { scaler, patienceSeconds: 20 }), seed };
        const outcome = simulateLoad(load);
        const { served, unserved, waitingAtEnd, demand: arrived } = outcome.totals;
        expect(served + unserved + waitingAtEnd).toBeCloseTo(arrived, 6);
        expect(simulateLoad(load)).toEqual(outcome);
      }),
      { numRuns: 30 },
    );
  });

  test("more fixed replicas never serve less", () => {
    fc.assert(
      fc.property(demands, fc.integer({ min: 1, max: 8 }), (demand, replicas) => {
        const servedBy = (count: number) =>
          simulateLoad(givenLoad(demand, { scaler: { kind: "Fixed", replicas: count }, initialReplicas: count })).totals
            .served;
        expect(servedBy(replicas + 1)).toBeGreaterThanOrEqual(servedBy(replicas) - 1e-6);
      }),
      { numRuns: 20 },
    );
  });
});

test("a bound on events ends the run and is said", () => {
  const { run } = simulateLoad({ ...givenLoad(givenDemand(600, [0, 10]), { scaler: onCpu }), mostEvents: 500 });
  expect(run).toMatchObject({ isComplete: false, events: 500 });
});

test("jobs are made for what waits, and are gone when they are done", () => {
  const scaler = {
    kind: "ScaledJob",
    maximum: 4,
    pollingSeconds: 30,
    targetPerJob: 100,
    strategy: "default",
    jobSeconds: 60,
  } as const;
  const demand = givenDemand(60, [0, 5], [10, 0]);
  const load = givenLoad(demand, { scaler, initialReplicas: 0, patienceSeconds: Number.POSITIVE_INFINITY });
  const { totals, points } = simulateLoad(load);
  expect(totals).toMatchObject({ unserved: 0, waitingAtEnd: 0 });
  expect(totals.mostReplicas).toBeLessThanOrEqual(4);
  expect(points[50]?.replicas).toBe(0);
});
