import { describe, expect, it } from "vitest";
import { fixtureAssessment } from "../testing/assessment-fixture.ts";
import { journeysWorstFirst, workloadRank } from "./worst-first.ts";

describe("worst first", () => {
  const assessment = fixtureAssessment();
  const inDevelopment = assessment.availability.journeys.map((journey) => ({
    ...journey,
    journey: journey.journey.replace("prod", "dev"),
    environment: "dev",
  }));
  const estate = { ...assessment.estate, environments: ["dev", "prod"] };
  const both = {
    ...assessment,
    estate,
    availability: { journeys: [...inDevelopment, ...assessment.availability.journeys], assumptions: [] },
  };

  it("puts production first, the longest downtime first, and what is not evaluable last", () => {
    expect(journeysWorstFirst(both).map((journey) => journey.journey)).toEqual([
      "prod/shop/checkout",
      "prod/shop/browse",
      "prod/shop/search",
      "dev/shop/checkout",
      "dev/shop/browse",
      "dev/shop/search",
    ]);
  });

  it("ranks workloads by their environment", () => {
    expect(workloadRank(both, "prod/weu/shop/Deployment/web")).toBeGreaterThan(
      workloadRank(both, "dev/weu/shop/Deployment/web"),
    );
    expect(workloadRank(both, "nonsense")).toBe(-1);
  });
});
