import { describe, expect, test } from "vitest";
import { defaultBehavior, ReplicaStabilizer, type ScalingBehavior } from "./scaling-behavior.ts";

function rules(part: Partial<ScalingBehavior["scaleUp"]>, direction: "scaleUp" | "scaleDown"): ScalingBehavior {
  return { ...defaultBehavior, [direction]: { ...defaultBehavior[direction], ...part } };
}

/** Replicas after ticks every 15 seconds, the metric asking for `asked` in turn. */
function play(behavior: ScalingBehavior | undefined, start: number, asked: readonly number[]): readonly number[] {
  const stabilizer = new ReplicaStabilizer(behavior);
  let current = start;
  return asked.map((recommended, tick) => {
    current = stabilizer.next(tick * 15, current, recommended, 1, 1000);
    return current;
  });
}

const falling = (ticks: number) => Array.from({ length: ticks }, () => 1);

describe("without behavior", () => {
  test("at most doubles, or four", () => expect(play(undefined, 1, [100, 100, 100])).toEqual([4, 8, 16]));

  test("a higher recommendation holds for 300 seconds", () => {
    const replicas = play(undefined, 10, [10, ...falling(20)]);
    expect(replicas.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 10));
    expect(replicas[20]).toBe(1);
  });
});

describe("with behavior", () => {
  test("by default up by four pods or by double, whichever is more", () =>
    expect(play(defaultBehavior, 1, [100, 100, 100, 100])).toEqual([5, 10, 20, 40]));

  test("Min takes the policy that changes least", () =>
    expect(play(rules({ selectPolicy: "Min" }, "scaleUp"), 10, [100, 100])).toEqual([14, 18]));

  test("Disabled freezes a direction", () => {
    const behavior = rules({ selectPolicy: "Disabled", stabilizationWindowSeconds: 0 }, "scaleDown");
    expect(play(behavior, 80, [1, 1, 160])).toEqual([80, 80, 160]);
  });

  test("ten percent a minute takes 80 pods to 72, and rounds the kept pods down", () => {
    const policies = [{ type: "Percent", value: 10, periodSeconds: 60 }] as const;
    const behavior = rules({ policies, stabilizationWindowSeconds: 0 }, "scaleDown");
    expect(play(behavior, 80, falling(5))).toEqual([72, 72, 72, 72, 64]);
  });

  test("a window upwards waits for the lowest recommendation of it", () => {
    const behavior = rules({ stabilizationWindowSeconds: 60 }, "scaleUp");
    expect(play(behavior, 2, [2, 6, 6, 6, 6])).toEqual([2, 2, 2, 2, 6]);
  });

  test("minimum and maximum hold", () => {
    const stabilizer = new ReplicaStabilizer(defaultBehavior);
    expect(stabilizer.next(0, 4, 100, 1, 6)).toBe(6);
    expect(new ReplicaStabilizer(defaultBehavior).next(0, 4, 1, 3, 6)).toBe(3);
  });
});
