import { describe, expect, it } from "vitest";
import { fixtureAssessment } from "../testing/assessment-fixture.ts";
import { buildBoxes } from "./build-boxes.ts";

describe("buildBoxes", () => {
  const boxes = buildBoxes(fixtureAssessment());
  const byId = new Map(boxes.map((box) => [box.id, box]));

  it("nests region, cluster, pool and workload", () => {
    const web = byId.get("pool/weu/user|prod/weu/shop/Deployment/web");
    expect(web?.label).toBe("web");
    expect(web?.parent).toBe("pool/weu/user");
    expect(byId.get("pool/weu/user")?.parent).toBe("cluster/weu");
    expect(byId.get("cluster/weu")?.parent).toBe("region/westeurope");
    expect(byId.get("region/westeurope")?.parent).toBeUndefined();
  });

  it("puts parents before children, each id once", () => {
    const seen = new Set<string>();
    for (const box of boxes) {
      if (box.parent !== undefined) expect(seen).toContain(box.parent);
      expect(seen).not.toContain(box.id);
      seen.add(box.id);
    }
  });

  it("draws a workload on two pools twice, with one selection", () => {
    const orders = boxes.filter((box) => box.selection === "workload/prod/weu/shop/Deployment/orders");
    expect(orders.map((box) => box.parent ?? "").sort()).toEqual(["pool/weu/spare", "pool/weu/user"]);
    expect(byId.get("cluster/weu")?.workloads).toHaveLength(5);
  });

  it("counts tenants and pods of frames", () => {
    expect(byId.get("pool/weu/user")?.tenants).toEqual(["platform", "retail", "treasury"]);
    expect(byId.get("pool/weu/user")?.pods).toBe(12);
  });

  it("keeps workloads that are on no pool, apart", () => {
    const report = boxes.find((box) => box.label === "report");
    expect(report?.parent).toBe("waiting/neu");
    expect(byId.get("waiting/neu")?.label).toBe("At rest");
  });

  it("says when no pool admits a workload", () => {
    const before = fixtureAssessment();
    const clusters = before.structure.clusters.map((cluster) =>
      cluster.cluster === "neu"
        ? { ...cluster, unplaced: [{ workload: "prod/neu/shop/CronJob/report", reason: "no pool has a GPU" }] }
        : cluster,
    );
    const after = buildBoxes({ ...before, structure: { ...before.structure, clusters } });
    expect(after.find((box) => box.id === "waiting/neu")?.label).toBe("Not on a pool");
  });

  it("shows what workloads lean on outside the clusters", () => {
    expect(byId.get("target/host:api.bank.example")?.parent).toBe("outside");
    expect(byId.get("target/host:api.bank.example")?.label).toBe("api.bank.example");
  });

  it("is empty for an estate without clusters", () => {
    const before = fixtureAssessment();
    const empty = {
      ...before,
      structure: { ...before.structure, clusters: [] },
      estate: { ...before.estate, dependencies: [] },
    };
    expect(buildBoxes(empty)).toEqual([]);
  });
});
