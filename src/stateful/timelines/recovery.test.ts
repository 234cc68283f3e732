import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { clusterRecovery, stoppedMachine } from "./cluster-recovery.ts";
import type { ClusterStore } from "./cluster-store.ts";
import { always, between, rangeOfSum } from "./distribution.ts";
import { managedRecovery } from "./managed-recovery.ts";
import { standardToleration } from "./timers.ts";

const { seconds, reason } = standardToleration(defaultCatalog);

function given(store: Partial<ClusterStore> = {}): ClusterStore {
  return {
    kind: "Deployment",
    replicas: 1,
    disk: "zrs",
    diskReasons: [],
    replicates: false,
    zones: 3,
    spreadZones: 1,
    tolerationSeconds: seconds,
    tolerationReason: reason,
    graceSeconds: 30,
    readySeconds: 0,
    kubernetesVersion: "1.34",
    hasBackups: true,
    sizeGiB: 64,
    ...store,
  };
}

describe("sums of durations", () => {
  const durations = fc.array(
    fc
      .tuple(fc.nat(60), fc.nat(60), fc.nat(300))
      .map(([low, more, most]) => between(low, low + more, low + more + most)),
    {
      minLength: 1,
      maxLength: 4,
    },
  );
  test("lie between the sum of the least and the sum of the high ends, in order", () => {
    fc.assert(
      fc.property(durations, (list) => {
        const { low, likely, high } = rangeOfSum(list);
        const highs = list.reduce((sum, each) => sum + (each[2]?.[1] ?? 0), 0);
        expect(low).toBe(list.reduce((sum, each) => sum + (each[0]?.[1] ?? 0), 0));
        expect(likely).toBeGreaterThanOrEqual(low);
        expect(high).toBeGreaterThanOrEqual(likely);
        expect(high).toBeLessThanOrEqual(highs + list.length);
      }),
      { numRuns: 60 },
    );
  });
  test("of fixed durations are exact", () => {
    expect(rangeOfSum([always(50), always(300)])).toEqual({ low: 350, likely: 350, high: 350 });
  });
});

describe("the loss of a node", () => {
  const node = (store: Partial<ClusterStore>) => clusterRecovery(given(store), "node", defaultCatalog);

  test("of a Deployment on a disk is detection, toleration, forced detach, move and start", () => {
    const timeline = node({});
    expect(timeline.steps.map((step) => step.seconds.likely)).toEqual([50, 300, 360, 30, 60]);
    expect(timeline.range?.likely).toBeGreaterThan(800);
    expect(timeline.lever).toContain("saves 270 s");
  });
  test("is sooner noticed before Kubernetes 1.32, and never waits for a disk that is a share", () => {
    expect(node({ kubernetesVersion: "1.31" }).steps[0]?.seconds.likely).toBe(40);
    expect(node({ disk: "files" }).steps).toHaveLength(3);
  });
  test("of a StatefulSet waits for the node, whatever the toleration", () => {
    const timeline = node({ kind: "StatefulSet", tolerationSeconds: 5 });
    expect(timeline.range).toEqual(node({ kind: "StatefulSet" }).range);
    expect(timeline.summary).toContain("keeps its name");
    expect(stoppedMachine(given({ kind: "StatefulSet" }), defaultCatalog)?.range?.likely).toBeGreaterThan(300);
  });
  test("of one of three that replicate is an election, and nobody knows what was copied", () => {
    const timeline = node({ kind: "StatefulSet", replicas: 3, replicates: true });
    expect(timeline.range?.high).toBeLessThanOrEqual(30);
    expect(timeline.rpo.kind).toBe("unknown");
  });
});

describe("the loss of a zone", () => {
  test("waits for the zone where the disk is in it", () => {
    const timeline = clusterRecovery(given({ disk: "lrs" }), "zone", defaultCatalog);
    expect(timeline.outcome).toBe("waits");
    expect(timeline.range?.likely).toBeGreaterThan(4 * 3600);
  });
  test("needs a hand for a StatefulSet, though its disk is zone-redundant", () => {
    expect(clusterRecovery(given({ kind: "StatefulSet" }), "zone", defaultCatalog).outcome).toBe("byHand");
    expect(clusterRecovery(given(), "zone", defaultCatalog).outcome).toBe("recovers");
  });
});

test("without a backup nothing brings back what an operator destroyed", () => {
  const timeline = clusterRecovery(given({ hasBackups: false }), "operatorError", defaultCatalog);
  expect(timeline).toMatchObject({ outcome: "lost", range: undefined });
  expect(timeline.rpo.kind).toBe("never");
});

test("the lag of a secondary is bounded for Business Critical only", () => {
  const sql = { service: "azureSql", zoneRedundant: true, regions: 2, writeRegions: 1, sizeGiB: 10 } as const;
  const lag = (tier: string) => managedRecovery({ ...sql, tier }, "region", defaultCatalog).rpo;
  expect(lag("BC")).toMatchObject({ kind: "within", value: 5 });
  expect(lag("GP").kind).toBe("unknown");
});
