import { describe, expect, test } from "vitest";
import { cosmos, scenarioWith } from "../testing/scenarios.ts";
import { findViolations, type ViolationKind } from "./checking/violations.ts";
import { playRun } from "./play-run.ts";
import { planRun } from "./scenario/run-plan.ts";
import type { Fault, Scenario } from "./scenario/scenario.ts";
import { shrinkViolation } from "./shrinking/shrink-violation.ts";

const seeds = Array.from({ length: 60 }, (_, index) => index + 1);
const keepers = { movement: { moveShare: 0.4, keepsToken: true } };
const losers = { movement: { moveShare: 0.4, keepsToken: false } };
const threeRegions = ["westeurope", "northeurope", "uksouth"];
const regionLoss: Fault = { kind: "region", region: 0, startSeconds: 0.3, endSeconds: 1.5 };
const partition: Fault = { kind: "partition", region: 0, otherRegion: 1, startSeconds: 0.3, endSeconds: 0.9 };

function broken(scenario: Scenario): ReadonlySet<ViolationKind> {
  return new Set(
    seeds.flatMap((seed) => findViolations(playRun(scenario, planRun(scenario, seed))).map(({ kind }) => kind)),
  );
}

test("the same seed gives the same trace, another seed another", () => {
  const scenario = scenarioWith(cosmos("session"), {
    ...keepers,
    faults: [partition],
    mishaps: { loss: 0.02, duplicate: 0.02, reorder: 0.1, crash: 0 },
  });
  const hashOf = (seed: number) => playRun(scenario, planRun(scenario, seed)).hash.digest();
  expect(hashOf(1)).toBe(hashOf(1));
  expect(new Set(seeds.map(hashOf)).size).toBe(seeds.length);
  // Pinned: a change of this hash is a change of the simulation.
  expect(hashOf(1)).toMatchInlineSnapshot(`"cd7a2ad1c6ab219b"`);
});

describe("levels of Cosmos DB", () => {
  test.each([
    ["movers", {}],
    ["a partition", { faults: [partition], regions: threeRegions }],
    ["the loss of the write region", { faults: [regionLoss], regions: threeRegions }],
    ["loss, duplicates and reordering", { mishaps: { loss: 0.02, duplicate: 0.05, reorder: 0.2, crash: 0 } }],
  ])("strong is linearizable under %s", (_, more) => {
    const kinds = broken(scenarioWith(cosmos("strong"), { ...keepers, ...more }));
    for (const kind of ["linearizability", "staleRead", "readYourWrites", "monotonicReads"] as const) {
      expect(kinds).not.toContain(kind);
    }
  });

  test("session keeps its guarantees for movers who keep the token", () => {
    const kinds = broken(scenarioWith(cosmos("session"), keepers));
    expect(kinds).toContain("staleRead");
    for (const kind of ["readYourWrites", "monotonicReads", "monotonicWrites", "writesFollowReads"] as const) {
      expect(kinds).not.toContain(kind);
    }
  });

  test.each([
    ["session without its token", scenarioWith(cosmos("session"), losers)],
    ["bounded staleness", scenarioWith(cosmos("boundedStaleness"), keepers)],
    ["consistent prefix", scenarioWith(cosmos("consistentPrefix"), keepers)],
    ["eventual", scenarioWith(cosmos("eventual"), keepers)],
  ])("%s loses what a mover wrote, and shows it in two operations", (_, scenario) => {
    const seed = seeds.find((each) =>
      findViolations(playRun(scenario, planRun(scenario, each))).some(({ kind }) => kind === "readYourWrites"),
    );
    expect(seed).toBeDefined();
    const smallest = shrinkViolation(scenario, planRun(scenario, seed ?? 0), "readYourWrites");
    expect(smallest.operations).toHaveLength(2);
    const left = findViolations(playRun(scenario, smallest));
    expect(left.map(({ kind }) => kind)).toContain("readYourWrites");
    for (const removed of smallest.operations) {
      const smaller = { ...smallest, operations: smallest.operations.filter((each) => each !== removed) };
      expect(findViolations(playRun(scenario, smaller)).map(({ kind }) => kind)).not.toContain("readYourWrites");
    }
  });

  test("batches are torn under eventual consistency alone", () => {
    const transfers = { ...keepers, workload: { kind: "transfer" as const, initialValue: 100, expectedVersion: true } };
    expect(broken(scenarioWith(cosmos("eventual"), transfers))).toContain("bankTotal");
    expect(broken(scenarioWith(cosmos("consistentPrefix"), transfers))).not.toContain("bankTotal");
  });

  test("regions that all write sell what is not there; one region with expected versions does not", () => {
    const sales = { kind: "stock" as const, initialValue: 10, readShare: 0.2 };
    expect(broken(scenarioWith(cosmos("session", true), { workload: { ...sales, expectedVersion: true } }))).toContain(
      "oversell",
    );
    const guarded = broken(scenarioWith(cosmos("session"), { workload: { ...sales, expectedVersion: true } }));
    expect(guarded).not.toContain("oversell");
    expect(guarded).not.toContain("lostWrite");
  });
});

describe("quorums and primaries", () => {
  test("overlapping quorums read nothing stale, others do", () => {
    const quorum = (read: number, write: number) =>
      broken(scenarioWith({ kind: "quorum", replicas: 3, read, write }, keepers));
    expect(quorum(2, 2)).not.toContain("staleRead");
    expect(quorum(1, 3)).not.toContain("staleRead");
    expect(quorum(1, 1)).toContain("staleRead");
  });

  test("a failover loses acknowledged writes of an asynchronous primary, none of a synchronous one", () => {
    const primary = (synchronous: number) =>
      broken(
        scenarioWith(
          { kind: "primaryReplica", replicas: 2, synchronous, readFrom: "primary" },
          { faults: [regionLoss], workload: { expectedVersion: true } },
        ),
      );
    expect(primary(0)).toContain("lostWrite");
    expect(primary(1)).not.toContain("lostWrite");
  });
});

describe("what follows a write", () => {
  const crashes = { mishaps: { loss: 0, duplicate: 0.02, reorder: 0, crash: 0.05 } };
  const orders = { kind: "outbox" as const, expectedVersion: true };

  test("a crash between write and publish forgets the message; an outbox and an inbox do not", () => {
    const naive = broken(scenarioWith(cosmos("session"), { ...crashes, workload: orders }));
    expect(naive).toContain("lostEffect");
    expect(naive).toContain("duplicateEffect");
    const kept = { ...orders, durable: true, idempotent: true };
    const careful = broken(scenarioWith(cosmos("session"), { ...crashes, workload: kept }));
    expect(careful).not.toContain("lostEffect");
    expect(careful).not.toContain("duplicateEffect");
  });

  test("a durable saga charges twice unless its steps are idempotent", () => {
    const saga = { kind: "saga" as const, initialValue: 1000, expectedVersion: true, durable: true };
    expect(broken(scenarioWith(cosmos("session"), { ...crashes, workload: saga }))).toContain("duplicateEffect");
    const idempotent = { ...saga, idempotent: true };
    const careful = broken(scenarioWith(cosmos("session"), { ...crashes, workload: idempotent }));
    expect(careful).not.toContain("duplicateEffect");
    expect(careful).not.toContain("lostEffect");
  });
});
