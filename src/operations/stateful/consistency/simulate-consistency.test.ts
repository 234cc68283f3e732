import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../../../catalog/default-catalog.ts";
import type { ConsistencyQuestion } from "./consistency-question.ts";
import { ConsistencySchema, consistencySchemaMatches } from "./consistency-schema.ts";
import { simulateConsistency } from "./simulate-consistency.ts";

const played = (question: ConsistencyQuestion) =>
  simulateConsistency({ seed: 1, runs: 5, ...question }, defaultCatalog);
const codes = (question: ConsistencyQuestion) => played(question).diagnostics.map(({ code }) => code);
const latency = (data: unknown) => ({ file: "delays.json", text: JSON.stringify(data) });
const constant = (milliseconds: number) => ({ kind: "constant", milliseconds });

test("the report holds to its schema", () => {
  const report = played({ level: "session", moveShare: 0.3, keepsToken: false });
  expect(consistencySchemaMatches).toBe(true);
  expect(ConsistencySchema.safeParse(report).error).toBeUndefined();
});

describe("a latency file", () => {
  test("takes the place of the published delays, and of what they assume", () => {
    const given = played({ level: "strong", latency: latency({ withinRegion: 1, betweenRegions: 100 }) });
    expect(given.assumptions.map(({ id }) => id)).not.toContain("ASM-265");
    // A strong write waits for the other region: there and back.
    expect(given.latency.write?.p50).toBeGreaterThan(200);
    expect(played({ level: "strong" }).latency.write?.p50).toBeLessThan(100);
  });

  test("leaves the delays assumed that it does not give", () => {
    const { assumptions } = played({ level: "session", latency: latency({ betweenRegions: 20 }) });
    expect(assumptions.find(({ id }) => id === "ASM-265")?.value).toBe("inside a region 2 ms");
  });

  test("names links, which count both ways, for regions that no catalog knows", () => {
    const regions = ["edge", "core"];
    const links = [{ from: "core", to: "edge", delay: constant(7) }];
    expect(codes({ level: "session", regions, latency: latency({ withinRegion: 1, links }) })).toEqual([]);
    expect(codes({ level: "session", regions, latency: latency({ withinRegion: 1 }) })).toEqual(["EST-882"]);
    expect(codes({ level: "session", latency: latency({ links }) })).toEqual(["EST-876", "EST-876"]);
  });

  test("gives the four delays of a quorum store for its staleness", () => {
    const quorum = { write: { kind: "exponential", mean: 10 }, acknowledge: 1, read: 1, reply: 1 };
    const question = { quorum: [3, 1, 1], latency: latency({ quorum }) };
    const { points = [] } = played(question).staleness ?? {};
    // (2/3) e^(-(0 + 1 + 1) / 10)
    expect(points[0]?.exact).toBeCloseTo((2 / 3) * Math.exp(-0.2), 12);
    expect(points[0]?.stale.share).toBeCloseTo(points[0]?.exact ?? 0, 1);
    expect(codes({ level: "session", latency: latency({ quorum }) })).toEqual(["EST-881"]);
  });

  test.each([
    ["a negative delay", { betweenRegions: -3 }, "betweenRegions of delays.json cannot be used: a latency of -3 ms"],
    [
      "shares that do not sum to one",
      { withinRegion: { kind: "mixture", parts: [{ weight: 0.5, distribution: constant(1) }] } },
      "the weights sum to 0.5, not to 1",
    ],
    ["a delay beyond every timeout", { betweenRegions: 1e300 }, "more than an hour"],
    ["a tail without end", { betweenRegions: { kind: "pareto", scale: 1, shape: 0.001 } }, "shape of 0.001"],
    ["a fit of no known kind", { betweenRegions: { kind: "normal", mean: 3 } }, "betweenRegions is not a number"],
    ["a field that it has not", { within: 3 }, "delays.json"],
    ["nothing", {}, "it gives no delay"],
    ["no object", 7, "delays.json"],
    [
      "a link twice",
      { links: [1, 2].map((delay) => ({ from: "westeurope", to: "northeurope", delay })) },
      "given more than once",
    ],
  ])("with %s is diagnosed", (_, data, message) => {
    const { diagnostics, guarantees } = played({ level: "session", latency: latency(data) });
    expect(diagnostics.map(({ code }) => code)).toEqual(["EST-877"]);
    expect(diagnostics[0]?.message).toContain(message);
    expect(guarantees).toEqual([]);
  });

  test("that is no JSON is diagnosed", () => {
    expect(codes({ level: "session", latency: { file: "delays.json", text: "{" } })).toEqual(["EST-877"]);
  });
});

describe("the bound of bounded staleness", () => {
  const level = "boundedStaleness";

  test("is the least that Azure permits, unless it is given", () => {
    expect(played({ level }).store).toContain("100,000 versions or 300 s");
    expect(played({ level, regions: ["westeurope"] }).store).toContain("10 versions or 5 s");
    const given = played({ level, stalenessVersions: 200_000, stalenessSeconds: 600 });
    expect(given.store).toContain("200,000 versions or 600 s");
    expect(given.assumptions.map(({ id }) => id)).not.toContain("ASM-270");
  });

  test.each([
    ["too few versions", { stalenessVersions: 99_999 }, ["EST-880"]],
    ["too few seconds", { stalenessSeconds: 299 }, ["EST-880"]],
    ["more than a day", { stalenessSeconds: 86_401 }, ["EST-880"]],
    ["one region, which may go lower", { stalenessVersions: 10, stalenessSeconds: 5, regions: ["westeurope"] }, []],
    [
      "one region, lower still",
      { stalenessVersions: 9, stalenessSeconds: 4, regions: ["westeurope"] },
      ["EST-880", "EST-880"],
    ],
  ])("with %s", (_, question, expected) => {
    expect(codes({ level, ...question })).toEqual(expected);
  });
});

test.each([
  ["an expected version on a quorum store", { quorum: [3, 2, 2], expectedVersion: true }],
  ["several writers of a primary", { primaryReplica: "async" as const, multiWrite: true }],
  ["a bound of a session", { level: "session", stalenessVersions: 200_000 }],
])("%s is diagnosed, not passed over", (_, question) => {
  expect(codes(question)).toEqual(["EST-881"]);
});

test("traffic that is given is not assumed", () => {
  const traffic = { clients: 2, keys: 1, operations: 3, thinkSeconds: 0.1, readShare: 0.5 };
  const ids = (question: ConsistencyQuestion) => played(question).assumptions.map(({ id }) => id);
  expect(ids({ level: "session", ...traffic })).not.toContain("ASM-266");
  expect(ids({ level: "session" })).toContain("ASM-266");
  const { keys: _, ...others } = traffic;
  expect(played({ level: "session", ...others }).assumptions.find(({ id }) => id === "ASM-266")?.value).toBe("4 items");
});

test("replicas of a quorum far apart are stale for longer than replicas of one region", () => {
  const visibleAfter = (regions: readonly string[]) =>
    played({ quorum: [3, 1, 1], regions }).staleness?.visibility[0]?.milliseconds ?? 0;
  expect(visibleAfter(["westeurope", "eastus", "japaneast"])).toBeGreaterThan(visibleAfter(["westeurope"]) * 5);
});
