import { describe, expect, test } from "vitest";
import { readYaml } from "../../estate/sources/read-yaml.ts";
import { defaultShare, evaluateFlag } from "./evaluate-flag.ts";
import type { FeatureFlag } from "./feature-flag.ts";
import { percentileOf } from "./percentile.ts";
import { readFeatureFlags } from "./read-feature-flags.ts";

const now = Date.parse("2026-11-22T12:00:00Z");

function flagOf(json: object): FeatureFlag {
  const { flags, diagnostics } = readFeatureFlags(readYaml(JSON.stringify(json), "flags.json").documents);
  expect(diagnostics).toEqual([]);
  const [flag] = flags;
  if (flag === undefined) throw new Error("no flag was read");
  return flag;
}

function filtered(...filters: readonly object[]): object {
  return { id: "Beta", enabled: true, conditions: { client_filters: filters } };
}

const complexTargeting = flagOf({
  feature_management: {
    feature_flags: [
      {
        id: "ComplexTargeting",
        enabled: true,
        conditions: {
          client_filters: [
            {
              name: "Microsoft.Targeting",
              parameters: {
                Audience: {
                  Users: ["Alice"],
                  Groups: [
                    { Name: "Stage1", RolloutPercentage: 100 },
                    { Name: "Stage2", RolloutPercentage: 50 },
                  ],
                  DefaultRolloutPercentage: 25,
                  Exclusion: { Users: ["Dave"], Groups: ["Stage3"] },
                },
              },
            },
          ],
        },
      },
    ],
  },
});

describe("Microsoft.Targeting", () => {
  test("places users where the libraries of Microsoft.FeatureManagement place them", () => {
    expect(percentileOf("Aiden", "ComplexTargeting")).toBeCloseTo(62.9, 1);
    expect(percentileOf("Blossom", "ComplexTargeting")).toBeCloseTo(20.2, 1);
  });

  test.each([
    ["Aiden", [], false],
    ["Blossom", [], true],
    ["Alice", [], true],
    ["alice", [], percentileOf("alice", "ComplexTargeting") < 25],
    ["Aiden", ["Stage1"], true],
    ["Dave", ["Stage1"], false],
    ["Alice", ["Stage3"], false],
    ["Brittney", ["Stage2"], percentileOf("Brittney", "ComplexTargeting\nStage2") < 50],
  ])("%s in groups %j: %j", (userId, groups, enabled) => {
    expect(evaluateFlag(complexTargeting, { userId, groups, now }).enabled).toBe(enabled);
  });

  test("reaches the share of users that it names, within five standard deviations", () => {
    const users = Array.from({ length: 2000 }, (_, index) => `user-${index}`);
    const reached = users.filter((userId) => evaluateFlag(complexTargeting, { userId, now }).enabled).length;
    expect(defaultShare(complexTargeting)).toBe(0.25);
    expect(Math.abs(reached - 500)).toBeLessThan(5 * Math.sqrt(2000 * 0.25 * 0.75));
  });
});

describe("filters together", () => {
  const open = { name: "Microsoft.TimeWindow", parameters: { Start: "Sun, 01 Nov 2026 00:00:00 GMT" } };
  const unknown = { name: "Microsoft.Percentage", parameters: { Value: 100 } };

  test("an unknown filter is skipped under Any and misses under All", () => {
    expect(evaluateFlag(flagOf(filtered(unknown, open)), { now }).enabled).toBe(true);
    const all = { id: "Beta", enabled: true, conditions: { requirement_type: "All", client_filters: [unknown, open] } };
    expect(evaluateFlag(flagOf(all), { now }).enabled).toBe(false);
    expect(evaluateFlag(flagOf(filtered(unknown)), { now }).enabled).toBe(false);
  });

  test("a disabled flag is off whatever its filters say, one without filters is on", () => {
    expect(
      evaluateFlag(flagOf({ id: "Beta", enabled: false, conditions: { client_filters: [open] } }), { now }).enabled,
    ).toBe(false);
    expect(evaluateFlag(flagOf({ id: "Beta", enabled: true }), { now }).enabled).toBe(true);
  });
});

describe("Microsoft.TimeWindow", () => {
  function isOpen(parameters: object, at: string): boolean {
    const flag = flagOf(filtered({ name: "Microsoft.TimeWindow", parameters }));
    return evaluateFlag(flag, { now: Date.parse(at) }).enabled;
  }

  test("holds from its start until before its end, and never without either", () => {
    const window = { Start: "2026-11-22T10:00:00Z", End: "2026-11-22T12:00:00Z" };
    expect(["09:59", "10:00", "11:59", "12:00"].map((time) => isOpen(window, `2026-11-22T${time}:00Z`))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(isOpen({}, "2026-11-22T10:00:00Z")).toBe(false);
  });

  test("recurs daily, every so many days, until an end", () => {
    const window = (range: object) => ({
      Start: "2026-11-01T22:00:00Z",
      End: "2026-11-02T01:00:00Z",
      Recurrence: { Pattern: { Type: "Daily", Interval: 2 }, Range: range },
    });
    const open = (range: object) =>
      ["03T23:00", "04T00:30", "04T01:00", "04T23:00", "05T22:00"].map((at) =>
        isOpen(window(range), `2026-11-${at}:00Z`),
      );
    expect(open({ Type: "NoEnd" })).toEqual([true, true, false, false, true]);
    expect(open({ Type: "Numbered", NumberOfOccurrences: 2 })).toEqual([true, true, false, false, false]);
    expect(open({ Type: "EndDate", EndDate: "2026-11-04T00:00:00Z" })).toEqual([true, true, false, false, false]);
  });

  test("recurs on days of the week, counted from the start", () => {
    // 2026-11-04 is a Wednesday.
    const window = (range: object) => ({
      Start: "2026-11-04T09:00:00Z",
      End: "2026-11-04T17:00:00Z",
      Recurrence: {
        Pattern: { Type: "Weekly", Interval: 2, DaysOfWeek: ["Monday", "Wednesday"], FirstDayOfWeek: "Monday" },
        Range: range,
      },
    });
    const open = (range: object) =>
      ["02", "04", "09", "11", "16", "18", "30"].map((day) => isOpen(window(range), `2026-11-${day}T10:00:00Z`));
    expect(open({ Type: "NoEnd" })).toEqual([false, true, false, false, true, true, true]);
    expect(open({ Type: "Numbered", NumberOfOccurrences: 2 })).toEqual([false, true, false, false, true, false, false]);
  });
});

describe("variants", () => {
  const flag = flagOf({
    id: "Checkout",
    enabled: true,
    variants: [{ name: "Big" }, { name: "Small", status_override: "Disabled" }],
    allocation: {
      default_when_enabled: "Small",
      default_when_disabled: "Big",
      user: [{ variant: "Big", users: ["Marsha"] }],
      group: [{ variant: "Small", groups: ["Ring1"] }],
      percentile: [{ variant: "Big", from: 0, to: 50 }],
      seed: "a seed",
    },
  });

  test("go by user, then group, then percentile of the seed, then default; a variant may override the state", () => {
    expect(evaluateFlag(flag, { userId: "Marsha", groups: ["Ring1"], now })).toEqual({ enabled: true, variant: "Big" });
    expect(evaluateFlag(flag, { userId: "Tom", groups: ["Ring1"], now })).toEqual({ enabled: false, variant: "Small" });
    const variant = percentileOf("Tom", "a seed") < 50 ? "Big" : "Small";
    expect(evaluateFlag(flag, { userId: "Tom", now }).variant).toBe(variant);
    expect(evaluateFlag({ ...flag, enabled: false }, { userId: "Tom", now })).toEqual({
      enabled: false,
      variant: "Big",
    });
  });
});

describe("bad input", () => {
  test.each([
    [{ id: "a:b", enabled: true }, "id"],
    [{ id: "a", enabled: "yes" }, "enabled"],
    [{ id: "a", enabled: true, conditions: { requirement_type: "Some" } }, "conditions.requirement_type"],
    [
      filtered({ name: "Microsoft.Targeting", parameters: { Audience: { DefaultRolloutPercentage: 101 } } }),
      "DefaultRolloutPercentage",
    ],
    [filtered({ name: "Microsoft.TimeWindow", parameters: { Start: "soon" } }), "Start"],
  ])("%j has its place", (json, field) => {
    const { flags, diagnostics } = readFeatureFlags(
      readYaml(JSON.stringify(json, undefined, 1), "flags.json").documents,
    );
    expect(flags).toEqual([]);
    expect(diagnostics[0]?.message).toContain(field);
    expect(diagnostics[0]?.place?.line).toBeGreaterThan(0);
  });
});
