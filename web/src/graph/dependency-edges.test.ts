import { describe, expect, it } from "vitest";
import { fixtureAssessment } from "../testing/assessment-fixture.ts";
import { buildBoxes } from "./build-boxes.ts";
import { dependencyEdges } from "./dependency-edges.ts";
import { groupBoxes } from "./group-boxes.ts";

describe("dependencyEdges", () => {
  const assessment = fixtureAssessment();
  const boxes = buildBoxes(assessment);

  it("draws an arrow for each dependency, also to the outside", () => {
    expect(dependencyEdges(assessment, boxes).map(({ to, type }) => [to.split(/[|/]/).at(-1), type])).toEqual([
      ["orders", "hard"],
      ["db", "soft"],
      ["host:api.bank.example", "hard"],
    ]);
  });

  it("joins arrows between groups, and drops those inside one", () => {
    const grouped = groupBoxes(boxes, "namespace").boxes;
    const edges = dependencyEdges(assessment, grouped);
    expect(edges).toHaveLength(1);
    expect(edges[0]?.to).toBe("target/host:api.bank.example");
  });

  it("keeps the strictest of several", () => {
    const twice = [
      { from: "prod/weu/shop/Deployment/web", to: "prod/weu/shop/StatefulSet/db", type: "async", evidence: [] },
      { from: "prod/weu/shop/Deployment/web", to: "prod/weu/shop/StatefulSet/db", type: "hard", evidence: [] },
    ];
    const [edge] = dependencyEdges({ ...assessment, estate: { ...assessment.estate, dependencies: twice } }, boxes);
    expect(edge?.type).toBe("hard");
    expect(edge?.count).toBe(2);
  });

  it("ignores targets that are not on the map", () => {
    const lost = [
      { from: "prod/weu/shop/Deployment/web", to: "prod/weu/shop/Service/gone", type: "hard", evidence: [] },
    ];
    expect(dependencyEdges({ ...assessment, estate: { ...assessment.estate, dependencies: lost } }, boxes)).toEqual([]);
  });
});
