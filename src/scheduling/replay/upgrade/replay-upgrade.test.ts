import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ReplayCluster } from "../replay-cluster.ts";
import { givenBudget, givenReplayCluster, stateText } from "../testing/given-replay-cluster.ts";
import type { UpgradeSettings } from "./pool-upgrade.ts";
import { replayUpgrade } from "./replay-upgrade.ts";

const settings: UpgradeSettings = {
  pool: "main",
  surge: 1,
  batch: 1,
  drainTimeoutSeconds: 1800,
  soakSeconds: 0,
  undrainable: "fails",
};

function upgrade(cluster: ReplayCluster, given: Partial<UpgradeSettings> = {}) {
  return replayUpgrade(cluster, { ...settings, ...given });
}

describe("times", () => {
  test("an extra node boots; each node drains for the grace period and is reimaged, but the last", () => {
    const cluster = givenReplayCluster(3, 3, [{ name: "web", replicas: 3, cpu: 1000 }]);
    const { outcome, seconds, surgeNodeSeconds, batches } = upgrade(cluster);
    expect(outcome).toBe("finished");
    expect(batches.map(({ nodes }) => nodes)).toEqual([["node-0"], ["node-1"], ["node-2"]]);
    // Boot, then drain and reimage twice, then the last drain.
    expect(seconds).toBe(190 + 2 * (30 + 190) + 30);
    expect(surgeNodeSeconds).toBe(seconds);
  });

  test("an empty pool needs no drain, soaking takes its time", () => {
    const { seconds } = upgrade(givenReplayCluster(2, 1, []), { soakSeconds: 60 });
    expect(seconds).toBe(190 + 190 + 60);
  });

  test("without extra nodes each is reimaged, and pods have to fit on the others", () => {
    const cluster = givenReplayCluster(2, 2, [{ name: "web", replicas: 2, cpu: 3000 }]);
    const { outcome, seconds, outages } = upgrade(cluster, { surge: 0 });
    expect(outcome).toBe("finished");
    expect(seconds).toBe(2 * (30 + 190));
    // The second is drained as soon as the first is back, with the pod on it still starting.
    expect(outages).toMatchObject([{ workload: "web", withoutPodSeconds: 5 }]);
  });
});

describe("budgets", () => {
  test("one that lets a pod go at a time makes the drain wait until the next is ready", () => {
    const web = { name: "web", replicas: 4, cpu: 500, graceSeconds: 10, readySeconds: 25, needed: 3 };
    const cluster = givenReplayCluster(1, 1, [web], { budgets: [givenBudget("web", 4, 1)] });
    const { batches, outages } = upgrade(cluster);
    // Four pods one after the other: three times until the successor is ready, then the last stops.
    expect(batches[0]?.drainedSeconds).toBe(190 + 3 * (5 + 25) + 10);
    expect(outages).toEqual([]);
  });

  test("one that lets none go blocks for ever; the upgrade fails when the drain timeout is over", () => {
    const cluster = givenReplayCluster(2, 2, [{ name: "db", replicas: 1, cpu: 500 }], {
      budgets: [givenBudget("db", 1, 0)],
    });
    const result = upgrade(cluster);
    expect(result).toMatchObject({
      outcome: "failed",
      stuck: [{ node: "node-0", workload: "db", budget: "shop/db", never: true }],
      blockingBudgets: [{ budget: "shop/db", pods: 1, nodes: ["node-0"] }],
    });
    expect(result.seconds).toBe(190 + 1800);
  });

  test("a node that cannot be drained is left behind where the pool says so", () => {
    const cluster = givenReplayCluster(2, 2, [{ name: "db", replicas: 1, cpu: 500 }], {
      budgets: [givenBudget("db", 1, 0)],
    });
    expect(upgrade(cluster, { undrainable: "quarantined" })).toMatchObject({
      outcome: "finished",
      quarantined: ["node-0"],
    });
  });

  test("one that waits for a pod without a place blocks too, and says for which", () => {
    const cluster = givenReplayCluster(2, 2, [{ name: "web", replicas: 4, cpu: 1900 }], {
      budgets: [givenBudget("web", 4, 1)],
    });
    const { outcome, stuck } = upgrade(cluster, { surge: 0 });
    expect(outcome).toBe("failed");
    expect(stuck[0]?.reason).toMatch(/waits for shop\/web-\d, which has no place: .*1.9 CPU left$/);
  });

  test("a grace period beyond the drain timeout fails the upgrade, though it would end", () => {
    const cluster = givenReplayCluster(1, 1, [{ name: "web", replicas: 1, cpu: 500, graceSeconds: 4000 }]);
    expect(upgrade(cluster)).toMatchObject({ outcome: "failed", stuck: [{ never: false }] });
  });
});

describe("outages", () => {
  test("a single pod is away until its successor is ready", () => {
    const cluster = givenReplayCluster(1, 1, [{ name: "web", replicas: 1, cpu: 500, readySeconds: 15 }]);
    expect(upgrade(cluster).outages).toMatchObject([{ workload: "web", withoutPodSeconds: 20, isOpen: false }]);
  });

  test("a set's pod comes back only after the old one has stopped", () => {
    const db = { name: "db", replicas: 1, cpu: 500, graceSeconds: 60, replacement: "ordered" } as const;
    const result = upgrade(givenReplayCluster(1, 1, [db]));
    // The upgrade is over when the node is empty, with the new pod still starting.
    expect(result.outages).toMatchObject([{ workload: "db", withoutPodSeconds: 60, isOpen: true }]);
  });

  test("a naked pod does not come back", () => {
    const cluster = givenReplayCluster(2, 1, [{ name: "job", replicas: 1, cpu: 500, replacement: "alone" }]);
    expect(upgrade(cluster).outages).toMatchObject([{ workload: "job", isOpen: true }]);
  });
});

test("an upgrade leaves the cluster as it was and gives the same answer again", () => {
  const given = fc.record({
    nodes: fc.integer({ min: 1, max: 5 }),
    surge: fc.integer({ min: 0, max: 3 }),
    replicas: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
    allowed: fc.integer({ min: 0, max: 2 }),
    cpu: fc.constantFrom(300, 1100, 2100),
  });
  fc.assert(
    fc.property(given, ({ nodes, surge, replicas, allowed, cpu }) => {
      const workloads = replicas.map((count, index) => ({ name: `app-${index}`, replicas: count, cpu }));
      const budgets = [givenBudget("app-0", replicas[0] ?? 0, allowed)];
      const cluster = givenReplayCluster(nodes, 2, workloads, { budgets });
      const before = stateText(cluster);
      const first = upgrade(cluster, { surge, batch: Math.max(1, surge) });
      expect(stateText(cluster)).toBe(before);
      expect(upgrade(cluster, { surge, batch: Math.max(1, surge) })).toEqual(first);
      if (first.outcome === "finished") {
        expect(first.batches.flatMap((batch) => batch.nodes)).toEqual(cluster.nodes.map(({ name }) => name));
        expect(first.stuck).toEqual([]);
      } else expect(first.stuck).not.toEqual([]);
    }),
    { numRuns: 60 },
  );
});
