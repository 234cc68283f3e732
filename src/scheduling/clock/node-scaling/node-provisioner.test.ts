import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SimulatedPool } from "../cluster/simulated-pool.ts";
import type { LoadSimulationInput } from "../load-simulation.ts";
import { simulateLoad } from "../simulate-load.ts";
import { givenDemand, givenLoad, givenSlot } from "../testing/given-load.ts";

function givenSize(name: string, cores: number, pricePerNodeHour: number): SimulatedPool {
  return {
    name,
    minimum: 0,
    maximum: 20,
    initial: 0,
    isScaled: false,
    pricePerNodeHour,
    slots: Array.from({ length: 20 }, (_, index) => givenSlot(`${name}-${index}`, cores)),
    machine: { cpuMillicores: cores * 1000, memoryBytes: 64 * 1024 ** 3 },
  };
}

const sizes = [givenSize("d2", 2, 1), givenSize("d4", 4, 1.9), givenSize("d8", 8, 4.5)];

/** Pods of one core; demand of ten a replica; no node but those that are launched. */
function provisioned(load: LoadSimulationInput, pools: readonly SimulatedPool[] = sizes): LoadSimulationInput {
  return {
    ...load,
    cluster: { ...load.cluster, pools },
    nodeScaling: undefined,
    nodeProvisioning: {
      sizes: new Set(pools.map(({ name }) => name)),
      batchIdleSeconds: 1,
      batchMostSeconds: 10,
      disruptionPollSeconds: 10,
      validationSeconds: 15,
      budgetRatio: 0.1,
    },
  };
}

function fixed(replicas: number, plan: readonly { seconds: number; minimum: number; maximum: number }[] = []) {
  return { scaler: { kind: "Fixed", replicas }, initialReplicas: replicas, plan } as const;
}

describe("provisioning", () => {
  test.each([
    [1, 1, "one node of two cores"],
    [3, 1.9, "one of four"],
    [4, 1.9, "one of four, full"],
    // One claim holds all and keeps the sizes that hold it: eight cores, though two nodes of four would be cheaper.
    [5, 4.5, "one of eight"],
  ])("%i pods of one core cost %d an hour: %s", (replicas, hourly, _words) => {
    const { points } = simulateLoad(provisioned(givenLoad(givenDemand(5, [0, 1]), fixed(replicas))));
    expect(points[0]).toMatchObject({ nodes: 1, ready: replicas, pending: 0 });
    expect((points[0]?.cost ?? 0) * 60).toBeCloseTo(hourly, 9);
  });

  test("takes the batch of a second, then the boot of the machine", () => {
    const plan = [{ seconds: 600, minimum: 3, maximum: 3 }];
    const { totals } = simulateLoad(provisioned(givenLoad(givenDemand(20, [0, 1]), fixed(2, plan))));
    expect(totals.pendingSeconds).toBeCloseTo(101, 6);
  });

  test("launches nothing for pods that no size holds, and ends", () => {
    const small = [givenSize("half", 0.5, 1)];
    const { points, run } = simulateLoad(provisioned(givenLoad(givenDemand(10, [0, 1]), fixed(3)), small));
    expect(run.isComplete).toBe(true);
    expect(points.every(({ nodes, pending }) => nodes === 0 && pending === 3)).toBe(true);
  });
});

describe("consolidation", () => {
  test("takes an empty node away at the next poll", () => {
    const plan = [{ seconds: 600, minimum: 0, maximum: 0 }];
    const { points } = simulateLoad(provisioned(givenLoad(givenDemand(20, [0, 1]), fixed(4, plan))));
    expect([9, 11].map((minute) => points[minute]?.nodes)).toEqual([1, 0]);
  });

  test("replaces a node by a cheaper one that is there before the old one goes", () => {
    const plan = [{ seconds: 600, minimum: 0, maximum: 2 }];
    const { points, totals } = simulateLoad(provisioned(givenLoad(givenDemand(30, [0, 1]), fixed(5, plan))));
    expect(totals.mostNodes).toBe(2);
    expect(totals.pendingSeconds).toBe(0);
    expect((points[9]?.cost ?? 0) * 60).toBeCloseTo(4.5, 9);
    expect((points[25]?.cost ?? 0) * 60).toBeCloseTo(1, 9);
  });

  test("leaves a node alone that no cheaper one replaces", () => {
    const { totals } = simulateLoad(provisioned(givenLoad(givenDemand(120, [0, 1]), fixed(3))));
    expect(totals.mostNodes).toBe(1);
    expect(totals.nodeCost).toBeCloseTo(2 * 1.9, 9);
  });
});

test("whatever the replicas do, all run in the end, and the nodes come to rest", () => {
  const steps = fc.array(fc.integer({ min: 0, max: 14 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(steps, (counts) => {
      const plan = counts.map((count, index) => ({ seconds: index * 900, minimum: count, maximum: count }));
      const minutes = counts.length * 15 + 120;
      const { points, run } = simulateLoad(provisioned(givenLoad(givenDemand(minutes, [0, 1]), fixed(1, plan))));
      const last = counts.at(-1) ?? 0;
      expect(run.isComplete).toBe(true);
      expect(points.at(-1)).toMatchObject({ ready: last, pending: 0 });
      expect(points.at(-1)?.nodes).toBe(points.at(-20)?.nodes);
      if (last === 0) expect(points.at(-1)?.cost).toBe(0);
    }),
    { numRuns: 25 },
  );
});
