import { describe, expect, test } from "vitest";
import { combinedRecommendation, type PodSamples, recommendedReplicas } from "./metric-recommendation.ts";

const cpu = (percent: number) => ({ kind: "utilization", percent, requestPerPod: 1000 }) as const;
const pods = (counted: number, each: number, rest: Partial<PodSamples> = {}): PodSamples => ({
  counted,
  total: counted * each,
  missing: 0,
  unready: 0,
  ...rest,
});

describe("one metric", () => {
  test.each([
    ["200m against 100m doubles", 1, 200, 2],
    ["50m against 100m halves", 2, 50, 1],
    ["inside the tolerance above", 4, 110, 4],
    ["inside the tolerance below", 4, 90, 4],
    ["just outside the tolerance rounds up", 4, 111, 5],
    ["always rounds up", 3, 120, 4],
  ])("averages: %s", (_case, current, value, expected) => {
    const reading = { target: { kind: "podsAverage", value: 100 }, samples: pods(current, value) } as const;
    expect(recommendedReplicas(reading, current)).toBe(expected);
  });

  test("utilisation is cut to a whole percentage before it is compared", () => {
    expect(recommendedReplicas({ target: cpu(50), samples: pods(10, 559) }, 10)).toBe(10);
    expect(recommendedReplicas({ target: cpu(50), samples: pods(10, 560) }, 10)).toBe(12);
  });

  test("pods that are not ready count as idle when scaling up, and turn no rise into a fall", () => {
    expect(recommendedReplicas({ target: cpu(50), samples: pods(3, 1000) }, 3)).toBe(6);
    expect(recommendedReplicas({ target: cpu(50), samples: pods(3, 1000, { unready: 2 }) }, 5)).toBe(6);
    expect(recommendedReplicas({ target: cpu(50), samples: pods(3, 600, { unready: 5 }) }, 8)).toBe(8);
  });

  test("pods without a value count as full when scaling down and as idle when scaling up", () => {
    expect(recommendedReplicas({ target: cpu(50), samples: pods(3, 100, { missing: 1 }) }, 4)).toBe(3);
    expect(recommendedReplicas({ target: cpu(50), samples: pods(3, 1000, { missing: 1 }) }, 4)).toBe(6);
  });

  test("without any value there is no recommendation", () => {
    expect(recommendedReplicas({ target: cpu(50), samples: pods(0, 0, { unready: 2 }) }, 2)).toBeUndefined();
  });

  test("external averages divide the total; ten replicas with eleven units stay inside the tolerance", () => {
    const external = (total: number | undefined) =>
      ({ target: { kind: "externalAverage", value: 1 }, total, readyPods: 10 }) as const;
    expect(recommendedReplicas(external(11), 10)).toBe(10);
    expect(recommendedReplicas(external(12), 10)).toBe(12);
    expect(recommendedReplicas(external(undefined), 10)).toBeUndefined();
  });

  test("external values scale the ready pods, and start from none", () => {
    const external = (total: number, readyPods: number) =>
      ({ target: { kind: "externalValue", value: 30 }, total, readyPods }) as const;
    expect(recommendedReplicas(external(60, 3), 3)).toBe(6);
    expect(recommendedReplicas(external(70, 0), 0)).toBe(3);
  });
});

describe("several metrics", () => {
  test.each([
    ["the most wins", [3, 7], 5, 7],
    ["one that failed still lets scale up", [undefined, 7], 5, 7],
    ["one that failed forbids scaling down", [undefined, 2], 5, 5],
    ["none can be had", [undefined], 5, undefined],
  ])("%s", (_case, recommendations, current, expected) => {
    expect(combinedRecommendation(recommendations, current)).toBe(expected);
  });
});
