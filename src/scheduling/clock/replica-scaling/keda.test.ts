import { describe, expect, test } from "vitest";
import { zoneOffset } from "../time-zone.ts";
import { Activation } from "./activation.ts";
import { cronMatcher, cronWindows } from "./cron-windows.ts";
import { jobsToCreate } from "./scaled-job.ts";

const settings = { minimum: 0, idle: undefined, cooldownSeconds: 300, initialCooldownSeconds: 0, fallback: undefined };
const active = { isActive: true, hasFailed: false };
const quiet = { isActive: false, hasFailed: false };
const failed = { isActive: false, hasFailed: true };

describe("activation", () => {
  test("starts one, leaves the rest to the autoscaler, and stops after the cooldown", () => {
    const activation = new Activation(settings, 0);
    expect(activation.decide(30, 0, active)).toBe(1);
    expect(activation.decide(60, 5, active)).toBeUndefined();
    expect(activation.decide(360, 5, quiet)).toBeUndefined();
    expect(activation.decide(361, 5, quiet)).toBe(0);
  });

  test("starts the minimum at once, and never goes below it", () => {
    const activation = new Activation({ ...settings, minimum: 3 }, 0);
    expect(activation.decide(30, 0, active)).toBe(3);
    expect(activation.decide(10_000, 3, quiet)).toBeUndefined();
  });

  test("rests at idle replicas where they are fewer than the minimum", () => {
    const activation = new Activation({ ...settings, minimum: 5, idle: 1 }, 0);
    expect(activation.decide(30, 1, active)).toBe(5);
    expect(activation.decide(331, 5, quiet)).toBe(1);
  });

  test("an error freezes, a fallback holds after its threshold", () => {
    const frozen = new Activation(settings, 0);
    expect([1, 2, 3].map((poll) => frozen.decide(poll * 1000, 4, failed))).toEqual([undefined, undefined, undefined]);
    const fallback = new Activation({ ...settings, fallback: { failureThreshold: 2, replicas: 6 } }, 0);
    expect([1, 2].map((poll) => fallback.decide(poll * 30, 4, failed))).toEqual([undefined, 6]);
  });
});

describe("jobs", () => {
  const base = { maximum: 10, targetPerJob: 1 };
  test.each([
    ["default", 4, { running: 3, pending: 1 }, 1],
    ["accurate", 4, { running: 3, pending: 1 }, 3],
    ["accurate", 20, { running: 8, pending: 2 }, 2],
    ["eager", 20, { running: 4, pending: 1 }, 5],
    ["default", 0, { running: 0, pending: 0 }, 0],
  ] as const)("%s, %i waiting", (strategy, queue, jobs, expected) => {
    expect(jobsToCreate({ ...base, strategy }, queue, jobs)).toBe(expected);
  });
});

describe("cron", () => {
  const at = (text: string) => Date.parse(text) / 1000;

  test("is active between start and end on the clocks of its zone, also when it began before the period", () => {
    const period = { fromSeconds: at("2026-11-23T08:00:00Z"), untilSeconds: at("2026-11-24T12:00:00Z") };
    const windows = cronWindows(
      { start: "0 8 * * mon-fri", end: "0 18 * * *" },
      zoneOffset("Europe/Copenhagen"),
      period,
    );
    expect(windows?.map(({ fromSeconds, untilSeconds }) => [fromSeconds, untilSeconds])).toEqual([
      [at("2026-11-23T08:00:00Z"), at("2026-11-23T17:00:00Z")],
      [at("2026-11-24T07:00:00Z"), at("2026-11-24T12:00:00Z")],
    ]);
  });

  test.each(["* * * *", "61 * * * *", "a * * * *", "5-1 * * * *", "*/0 * * * *"])("%s is refused", (expression) => {
    expect(cronMatcher(expression)).toBeUndefined();
  });
});
