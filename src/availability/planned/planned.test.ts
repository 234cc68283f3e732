import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DisruptionBudget, Workload } from "../../estate/kubernetes/workload.ts";
import { givenCluster, givenPlace, givenPool, givenWorkload } from "../../scheduling/testing/given-estate.ts";
import {
  anyOf,
  assessOne,
  exactUnavailability,
  givenPlacement,
  givenPoolPlacement,
  givenShop,
  standard,
} from "../testing/given-journey.ts";
import { evictionLimit } from "./eviction-limit.ts";

/** Weekly node images and three Kubernetes versions a year. */
const upgradesPerYear = (4 + 0.25) * 12;
const moveHours = 1 / 60;

function budget(given: Partial<DisruptionBudget>): DisruptionBudget {
  return { name: "web", place: givenPlace, ...given };
}

function guarded(workload: Workload, disruptionBudgets: readonly DisruptionBudget[]): Workload {
  return { ...workload, disruptionBudgets };
}

interface GivenPlan {
  readonly replicas: number;
  readonly budgets?: readonly DisruptionBudget[];
  readonly maxSurge?: string;
  readonly nodes?: number;
}

/** Replicas on nodes of their own, as many as there are; nodes beyond are empty. */
function plan({ replicas, budgets = [], maxSurge, nodes = Math.max(2, replicas) }: GivenPlan) {
  const web = guarded(givenWorkload({ name: "web", application: "shop", replicas }), budgets);
  const pool = givenPool({ upgrade: maxSurge === undefined ? {} : { maxSurge } });
  const { estate } = givenShop({ clusters: [givenCluster({ nodePools: [pool] })] }, web);
  const placement = givenPlacement(
    givenPoolPlacement(
      Array.from({ length: nodes }, (_, node) => ({
        zone: String((node % 3) + 1),
        pods: Array.from({ length: Math.floor((replicas + nodes - 1 - node) / nodes) }, () => web),
      })),
    ),
  );
  const journey = assessOne(estate, placement);
  if (journey.planned === undefined) throw new Error("no planned downtime");
  return { planned: journey.planned, parts: journey.parts, base: exactUnavailability(estate, placement) };
}

function exact(figure: { readonly result: { readonly kind: string; readonly value?: number } } | undefined): number {
  if (figure?.result.kind !== "exact" || figure.result.value === undefined) throw new Error("not exact");
  return figure.result.value;
}

describe("upgrades of node pools", () => {
  test("take one replica down for its move each time", () => {
    const { planned, base } = plan({ replicas: 1 });
    const weight = (upgradesPerYear * moveHours) / 8766;
    expect(planned.drains).toHaveLength(1);
    expect(planned.drains[0]?.weight).toBeCloseTo(weight, 15);
    expect(planned.drains[0]?.unavailabilityMeanwhile).toBe(1);
    expect(exact(planned.addedMinutesPerYear)).toBeCloseTo(weight * (1 - base) * 525_960, 9);
  });

  test("of two replicas on two nodes add only what fails meanwhile", () => {
    const { planned } = plan({ replicas: 2 });
    const { region, loadBalancer, deploy, operator, pod } = standard;
    const [drain] = planned.drains;
    // The other replica is alone: its pod, its node and its zone count, these within their windows.
    const least = anyOf(region, loadBalancer, deploy, operator, pod);
    expect(drain?.unavailabilityMeanwhile).toBeGreaterThan(least);
    expect(drain?.unavailabilityMeanwhile).toBeLessThan(least + 3e-4);
    expect(drain?.weight).toBeCloseTo((2 * upgradesPerYear * moveHours) / 8766, 15);
  });

  test("drain as many nodes at once as they add", () => {
    const one = plan({ replicas: 2, nodes: 2, maxSurge: "1" });
    const both = plan({ replicas: 2, nodes: 2, maxSurge: "100%" });
    expect(both.planned.drains[0]?.unavailabilityMeanwhile).toBe(1);
    expect(exact(both.planned.addedMinutesPerYear)).toBeGreaterThan(exact(one.planned.addedMinutesPerYear));
  });

  test("are held back by a budget, which makes them longer", () => {
    const held = plan({ replicas: 2, maxSurge: "100%", budgets: [budget({ maxUnavailable: 1 })] });
    const free = plan({ replicas: 2, maxSurge: "100%" });
    expect(held.planned.drains[0]?.unavailabilityMeanwhile).toBeLessThan(0.01);
    expect(held.planned.drains[0]?.weight).toBeCloseTo(2 * (free.planned.drains[0]?.weight ?? 0), 15);
    expect(exact(held.planned.addedMinutesPerYear)).toBeLessThan(exact(free.planned.addedMinutesPerYear));
  });

  test("are blocked by a budget that lets nothing go", () => {
    const { planned } = plan({ replicas: 2, budgets: [budget({ minAvailable: "100%" })] });
    expect(exact(planned.addedMinutesPerYear)).toBe(0);
    expect(planned.blocked.map(({ words }) => words)).toEqual([
      "no node under Deployment/web can be drained, so that upgrades of main/user fail: minAvailable 100% allows none of its 2 replicas to leave (given.yaml:1)",
    ]);
  });

  test("do not drain nodes for images where the channel has none", () => {
    const web = givenWorkload({ name: "web", application: "shop" });
    const cluster = givenCluster({ channels: { cluster: undefined, nodeOs: "None" } });
    const { estate } = givenShop({ clusters: [cluster] }, web);
    const placement = givenPlacement(
      givenPoolPlacement([
        { zone: "1", pods: [web] },
        { zone: "2", pods: [] },
      ]),
    );
    const [drain] = assessOne(estate, placement).planned?.drains ?? [];
    expect(exact(drain?.upgradesPerYear)).toBe(3);
  });

  test("wait for their node where there is no other", () => {
    const web = givenWorkload({ name: "web", application: "shop" });
    const only = (maxSurge: string) =>
      givenPool({ autoscaling: false, minimumNodes: 1, maximumNodes: 1, zones: ["1"], upgrade: { maxSurge } });
    const at = (maxSurge: string) => {
      const { estate } = givenShop({ clusters: [givenCluster({ nodePools: [only(maxSurge)] })] }, web);
      const placement = givenPlacement(givenPoolPlacement([{ zone: "1", pods: [web] }]));
      return exact(assessOne(estate, placement).planned?.addedMinutesPerYear);
    };
    // Five minutes of provisioning beside the minute of the move.
    expect(at("0") / at("1")).toBeCloseTo(6, 9);
  });
});

describe("laws of the mixture", () => {
  const plans = fc.record({
    replicas: fc.integer({ min: 1, max: 6 }),
    nodes: fc.integer({ min: 1, max: 6 }),
    maxSurge: fc.constantFrom("1", "33%", "50%", "100%"),
    budgets: fc.constantFrom([], [budget({ maxUnavailable: 1 })], [budget({ minAvailable: "50%" })]),
  });

  test("weights add up to one, and parts to the total", () => {
    fc.assert(
      fc.property(plans, (given) => {
        const { planned, parts, base } = plan(given);
        const weights = planned.drains.reduce((sum, { weight }) => sum + weight, planned.normalWeight);
        expect(weights).toBeCloseTo(1, 12);
        expect(planned.normalWeight).toBeGreaterThan(0);
        const unplanned = exact(parts?.unplanned) + exact(parts?.deployments);
        expect(unplanned).toBeCloseTo(base * 43_830, 9);
        expect(exact(parts?.total)).toBeCloseTo(unplanned + exact(parts?.upgrades), 9);
      }),
      { numRuns: 60 },
    );
  });

  test("a drain never makes the journey better", () => {
    fc.assert(
      fc.property(plans, (given) => {
        for (const { addedMinutesPerYear } of plan(given).planned.drains) {
          expect(exact(addedMinutesPerYear)).toBeGreaterThanOrEqual(-1e-9);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("a year full of drains has no normal time", () => {
    const web = givenWorkload({ name: "web", application: "shop" });
    const failureModel = new Map([["node-image-upgrades-per-month", { value: 1e6 }]]);
    const { estate } = givenShop({ failureModel }, web);
    const placement = givenPlacement(
      givenPoolPlacement([
        { zone: "1", pods: [web] },
        { zone: "2", pods: [] },
      ]),
    );
    const planned = assessOne(estate, placement).planned;
    expect(planned?.normalWeight).toBeCloseTo(0, 12);
    expect(exact(planned?.addedMinutesPerYear)).toBeLessThanOrEqual(525_960);
  });
});

describe("what a budget lets go", () => {
  const limitOf = (disruptionBudgets: readonly DisruptionBudget[], replicas = 3) =>
    evictionLimit(guarded(givenWorkload({ name: "web" }), disruptionBudgets), replicas);

  test("without one everything", () => expect(limitOf([])).toEqual({ kind: "none" }));
  test("percentages round up", () => {
    expect(limitOf([budget({ maxUnavailable: "10%" })])).toEqual({ kind: "atMost", pods: 1 });
    expect(limitOf([budget({ minAvailable: "50%" })])).toEqual({ kind: "atMost", pods: 1 });
  });
  test("two budgets over the same pods block every eviction", () => {
    expect(limitOf([budget({ maxUnavailable: 1 }), budget({ name: "other", maxUnavailable: 1 })])).toMatchObject({
      kind: "blocked",
      budget: "other, web",
    });
  });
  test("what cannot be read guards nothing", () => {
    expect(limitOf([budget({ maxUnavailable: "a few" })])).toEqual({ kind: "none" });
  });
});
