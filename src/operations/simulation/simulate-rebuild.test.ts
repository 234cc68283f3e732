import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Estate } from "../../estate/model/estate.ts";
import {
  givenCloudService,
  givenCluster,
  givenEstate,
  givenPlace,
  givenPool,
  givenWorkload,
} from "../../scheduling/testing/given-estate.ts";
import { simulateRebuild } from "./simulate-rebuild.ts";
import { RebuildTimelineSchema, rebuildTimelineMatches } from "./simulate-rebuild-schema.ts";

const GIBIBYTE = 2 ** 30;

function withDisk(workload: Workload, sizeBytes: number | undefined): Workload {
  const claim = {
    name: "data",
    storageClassName: "managed-csi",
    accessModes: ["ReadWriteOnce"],
    sizeBytes,
    perReplica: true,
    place: givenPlace,
  };
  return { ...workload, kind: "StatefulSet", claims: [claim] };
}

const backedUp = { backupEnabled: true, nodePools: [givenPool({ minimumNodes: 3 })] };

function rebuildOf(given: Partial<Estate>, restoreRate?: number) {
  const report = simulateRebuild(
    givenEstate({ clusters: [givenCluster(backedUp)], ...given }),
    defaultCatalog,
    restoreRate === undefined ? {} : { restoreRate },
  );
  const [rebuild] = report.clusters;
  if (rebuild === undefined) throw new Error("no cluster");
  return { report, rebuild, step: (id: string) => rebuild.steps.find((each) => each.id === id) };
}

describe("a cluster from Git alone", () => {
  test("goes from the decision to open journeys, at best before likely before at worst", () => {
    const { rebuild } = rebuildOf({ workloads: [givenWorkload({ name: "web" })] });
    const { low, likely, high } = rebuild.rtoMinutes;
    expect(0 < low && low < likely && likely < high).toBe(true);
    expect([rebuild.criticalPath[0], rebuild.criticalPath.at(-1)]).toEqual(["decision", "check"]);
  });

  test("the report is as its schema says", () => {
    const { report } = rebuildOf({ workloads: [givenWorkload({ name: "web" })] });
    expect(RebuildTimelineSchema.parse(report)).toEqual(report);
    expect(rebuildTimelineMatches).toBe(true);
  });

  test("an application waits for what it needs", () => {
    const [web, orders] = [
      givenWorkload({ name: "web", application: "shop" }),
      givenWorkload({ name: "orders", application: "orders" }),
    ];
    const { step } = rebuildOf({
      workloads: [web, orders],
      dependencies: [{ from: web.id, to: { kind: "workload", id: orders.id }, type: "hard", evidence: [] }],
    });
    expect(step("application/shop")?.after).toContain("application/orders");
    expect(step("application/shop")?.starts.likely).toBe(step("application/orders")?.ends.likely);
  });

  test("applications that need one another are named, and start side by side", () => {
    const [web, orders] = [
      givenWorkload({ name: "web", application: "shop" }),
      givenWorkload({ name: "orders", application: "orders" }),
    ];
    const hard = (from: Workload, to: Workload) =>
      ({ from: from.id, to: { kind: "workload", id: to.id }, type: "hard", evidence: [] }) as const;
    const { report } = rebuildOf({ workloads: [web, orders], dependencies: [hard(web, orders), hard(orders, web)] });
    expect(report.diagnostics.map(({ code }) => code)).toEqual(["EST-846"]);
  });

  test("data comes back at the rate that was measured", () => {
    const database = withDisk(givenWorkload({ name: "db" }), 60 * GIBIBYTE);
    const at = (rate: number) =>
      rebuildOf({ workloads: [database] }, rate).step(`restore/${database.id}`)?.minutes.likely ?? 0;
    // 61,440 MiB at 102.4 MiB/s are 10 minutes; at half the rate they are 20.
    expect(at(51.2) - at(102.4)).toBeCloseTo(10, 9);
  });

  test("without a backup it comes back empty, and that is said first", () => {
    const database = withDisk(givenWorkload({ name: "db" }), 60 * GIBIBYTE);
    const { rebuild, step } = rebuildOf({
      clusters: [givenCluster({ ...backedUp, backupEnabled: undefined })],
      workloads: [database],
    });
    expect(step(`restore/${database.id}`)?.label).toMatch(/empty volumes$/);
    expect(rebuild.risks[0]).toMatchObject({ risk: "dataWithoutBackup", effect: "loses" });
  });

  test("a size that nobody states is said to be missing", () => {
    const { report } = rebuildOf({ workloads: [withDisk(givenWorkload({ name: "db" }), undefined)] });
    expect(report.diagnostics.map(({ code }) => code)).toEqual(["EST-847"]);
  });

  test("a registry in the lost region stops it; one in two regions does not", () => {
    const risksWith = (regions: readonly string[]) =>
      rebuildOf({ cloudServices: [givenCloudService("images", "containerRegistry", { regions })] }).rebuild.risks;
    expect(risksWith(["westeurope"])).toContainEqual(
      expect.objectContaining({ risk: "imagesInRegion", effect: "stops" }),
    );
    expect(risksWith(["westeurope", "northeurope"])).not.toContainEqual(
      expect.objectContaining({ risk: "imagesInRegion" }),
    );
  });

  test("no cluster is said, not thrown", () => {
    const report = simulateRebuild(givenEstate({ clusters: [] }), defaultCatalog);
    expect(report).toMatchObject({ clusters: [], diagnostics: [{ code: "EST-816" }] });
  });
});
