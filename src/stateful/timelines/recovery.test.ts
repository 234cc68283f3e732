import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { clusterRecovery, stoppedMachine } from "./cluster/cluster-recovery.ts";
import type { ClusterStore } from "./cluster/cluster-store.ts";
import { always, between, rangeOfSum } from "./distribution.ts";
import { managedRecovery } from "./managed/managed-recovery.ts";
import { lossStanding, outageStanding } from "./objectives.ts";
import { standardToleration } from "./timers.ts";

const known = { catalog: defaultCatalog, failureModel: new Map() };
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
  const node = (store: Partial<ClusterStore>) => clusterRecovery(given(store), "node", known);

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
    expect(stoppedMachine(given({ kind: "StatefulSet" }), known)?.range?.likely).toBeGreaterThan(300);
  });
  test("of one of three that replicate is an election, and nobody knows what was copied", () => {
    const timeline = node({ kind: "StatefulSet", replicas: 3, replicates: true });
    expect(timeline.range?.high).toBeLessThanOrEqual(30);
    expect(timeline.rpo.kind).toBe("unknown");
  });
});

describe("the loss of a zone", () => {
  test("waits for the zone where the disk is in it", () => {
    const timeline = clusterRecovery(given({ disk: "lrs" }), "zone", known);
    expect(timeline.outcome).toBe("waits");
    expect(timeline.range?.likely).toBeGreaterThan(4 * 3600);
  });
  test("needs a hand for a StatefulSet, though its disk is zone-redundant", () => {
    expect(clusterRecovery(given({ kind: "StatefulSet" }), "zone", known).outcome).toBe("byHand");
    expect(clusterRecovery(given(), "zone", known).outcome).toBe("recovers");
  });
});

describe("two replicas on one shared disk", () => {
  const pair = { kind: "StatefulSet", replicas: 2, spreadZones: 2 } as const;
  test("fence each other: the other goes on, and no write is lost", () => {
    const { range, rpo } = clusterRecovery(given({ ...pair, disk: "sharedZrs" }), "node", known);
    expect(range?.high).toBeLessThanOrEqual(60);
    expect(rpo).toMatchObject({ kind: "within", value: 0 });
    expect(clusterRecovery(given({ ...pair, disk: "sharedZrs" }), "zone", known).outcome).toBe("recovers");
  });
  test("wait for the zone where the disk is in it, or where both are in one", () => {
    expect(clusterRecovery(given({ ...pair, disk: "sharedLrs" }), "zone", known).outcome).toBe("waits");
    const together = given({ ...pair, spreadZones: 1, disk: "sharedZrs" });
    expect(clusterRecovery(together, "zone", known).outcome).toBe("byHand");
  });
});

test("without a backup nothing brings back what an operator destroyed", () => {
  const timeline = clusterRecovery(given({ hasBackups: false }), "operatorError", known);
  expect(timeline).toMatchObject({ outcome: "lost", range: undefined });
  expect(timeline.rpo.kind).toBe("never");
});

test("the lag of a secondary is bounded for Business Critical only", () => {
  const sql = { service: "azureSql", zoneRedundant: true, regions: 2, writeRegions: 1, sizeGiB: 10 } as const;
  const lag = (tier: string) => managedRecovery({ ...sql, tier }, "region", known).rpo;
  expect(lag("BC")).toMatchObject({ kind: "within", value: 5 });
  expect(lag("GP").kind).toBe("unknown");
});

describe("what the estate knows better of failures", () => {
  const overridden = (name: string, hours: number) => ({
    catalog: defaultCatalog,
    failureModel: new Map([[name, { value: hours }]]),
  });
  test.each([
    ["zone-repair-time", 1, given({ disk: "lrs" }), "zone", "the zone comes back", 3600],
    ["pod-restart-time", 0.1, given(), "node", "the pod starts, recovers its data and is ready", 360],
    ["disk-reattach-time", 0.05, given(), "node", "the disk is taken off the lost node by force", 180],
    ["stateful-rescheduling-window", 0.5, given({ kind: "StatefulSet" }), "node", "AKS repairs the node", 1800],
  ] as const)(
    "%s is a step of the timeline, and says where it is from",
    (name, hours, store, scope, label, seconds) => {
      const { steps } = clusterRecovery(store, scope, overridden(name, hours));
      const step = steps.find((each) => each.label === label);
      expect(step?.seconds.likely).toBeCloseTo(seconds);
      expect(step?.reasons).toContainEqual(expect.objectContaining({ kind: "declared", name: `failureModel.${name}` }));
    },
  );
  test("holds for services too", () => {
    const sql = { service: "azureSql", tier: "GP", zoneRedundant: false, regions: 1, writeRegions: 1 } as const;
    const wait = managedRecovery({ ...sql, sizeGiB: 1 }, "zone", overridden("zone-repair-time", 2));
    expect(wait.range?.likely).toBe(7200);
  });
});

describe("a declared objective", () => {
  const reasons: never[] = [];
  test("is held, held as a rule, missed or not evaluable", () => {
    const range = { low: 1, likely: 30, high: 90 };
    const rto = { kind: "within", value: 90, strength: "typical", reasons } as const;
    expect([120, 60, 10].map((asked) => outageStanding({ range, rto }, asked))).toEqual(["yes", "likely", "no"]);
    expect(outageStanding({ range: undefined, rto: { kind: "unknown", missing: "it" } }, 10)).toBe("notEvaluable");
    expect(outageStanding({ range: undefined, rto: { kind: "never", why: "gone", reasons } }, 10)).toBe("no");
  });
  test("of lost writes is not held by what is merely typical", () => {
    const loss = (strength: "typical" | "design") => ({ kind: "within", value: 900, strength, reasons }) as const;
    expect(lossStanding(loss("design"), 900)).toBe("yes");
    expect(lossStanding(loss("typical"), 900)).toBe("likely");
    expect(lossStanding(loss("design"), 60)).toBe("no");
    expect(lossStanding({ kind: "unknown", missing: "it" }, 60)).toBe("notEvaluable");
  });
});

test("a fact that the catalog does not hold makes a timeline unknown, never a guess", () => {
  const without = { ...known, catalog: { ...defaultCatalog, dataServiceFact: () => undefined } };
  const sql = {
    service: "azureSql",
    tier: "BC",
    zoneRedundant: true,
    regions: 2,
    writeRegions: 1,
    sizeGiB: 1,
  } as const;
  expect(managedRecovery(sql, "zone", without)).toMatchObject({ range: undefined, rto: { kind: "unknown" } });
  expect(managedRecovery(sql, "region", without)).toMatchObject({ rpo: { kind: "unknown" }, rto: { kind: "unknown" } });
});

describe("what a manifest leaves open", () => {
  test("of an unknown storage class nothing is promised, neither time nor data", () => {
    for (const scope of ["node", "zone", "drain"] as const) {
      const { outcome, rpo, rto } = clusterRecovery(given({ disk: "unknown" }), scope, known);
      expect([outcome, rpo.kind, rto.kind]).toEqual(["unknown", "unknown", "unknown"]);
    }
  });

  test("a disk of the node is lost with it, and no pod waits for it elsewhere", () => {
    const lost = clusterRecovery(given({ kind: "StatefulSet", disk: "nvme", hasBackups: false }), "node", known);
    expect([lost.outcome, lost.rpo.kind]).toEqual(["lost", "never"]);
  });

  test("a pod that tolerates lost nodes without end waits for its node, and for its zone", () => {
    const endless = given({ tolerationSeconds: Number.POSITIVE_INFINITY });
    expect(clusterRecovery(endless, "node", known).summary).toContain("without end");
    expect(
      clusterRecovery(endless, "node", known)
        .steps.map(({ label }) => label)
        .join(),
    ).not.toContain("Infinity");
    expect(clusterRecovery(endless, "zone", known).outcome).toBe("waits");
    expect(clusterRecovery(given(), "zone", known).outcome).toBe("recovers");
  });
});
