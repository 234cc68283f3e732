import { describe, expect, it } from "vitest";
import { fixtureAssessment } from "../testing/assessment-fixture.ts";
import { buildBoxes } from "./build-boxes.ts";
import { groupBoxes } from "./group-boxes.ts";
import { measureBoxes } from "./measure-boxes.ts";

describe("measureBoxes", () => {
  const assessment = fixtureAssessment();
  const boxes = buildBoxes(assessment);
  const measures = measureBoxes(assessment, boxes);

  it("splits the cost of a workload over its pools by pods", () => {
    expect(measures.get("pool/weu/user|prod/weu/shop/Deployment/orders")?.monthlyCost).toBe(60);
    expect(measures.get("pool/weu/spare|prod/weu/shop/Deployment/orders")?.monthlyCost).toBe(20);
    expect(measures.get("pool/weu/user")?.monthlyCost).toBe(120 + 60 + 210 + 64 + 6);
  });

  it("gives clusters their bill, idle included", () => {
    expect(measures.get("cluster/weu")?.monthlyCost).toBe(700);
    expect(measures.get("region/northeurope")?.monthlyCost).toBe(400);
  });

  it("loses no money by grouping", () => {
    const grouped = groupBoxes(boxes, "namespace").boxes;
    const pool = measureBoxes(assessment, grouped).get("pool/weu/user");
    expect(pool?.monthlyCost).toBeCloseTo(460, 9);
    const group = grouped.find((box) => box.kind === "group");
    expect(measureBoxes(assessment, grouped).get(group?.id ?? "")?.monthlyCost).toBeCloseTo(390, 9);
  });

  it("names the worst journey through a box", () => {
    expect(measures.get("pool/weu/user|prod/weu/shop/Deployment/web")?.worstJourney?.label).toBe("shop checkout");
    expect(measures.get("pool/weu/user|prod/weu/ledger/Deployment/ledger")?.worstJourney).toBeUndefined();
  });

  it("marks the single point of failure", () => {
    expect(measures.get("pool/weu/user|prod/weu/shop/StatefulSet/db")?.takesDown).toEqual(["shop checkout (prod)"]);
    expect(measures.get("pool/weu/user|prod/weu/shop/Deployment/web")?.takesDown).toEqual([]);
  });

  it("counts open findings, not the exempted ones", () => {
    const web = measures.get("pool/weu/user|prod/weu/shop/Deployment/web");
    expect(web?.findings).toEqual([]);
    expect(web?.notEvaluable).toBe(1);
    expect(measures.get("cluster/weu")?.findings).toHaveLength(2);
  });
});
