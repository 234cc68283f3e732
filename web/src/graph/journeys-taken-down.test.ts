import { describe, expect, it } from "vitest";
import { fixtureAssessment } from "../testing/assessment-fixture.ts";
import { buildBoxes } from "./build-boxes.ts";
import { journeysTakenDown } from "./journeys-taken-down.ts";

/** Labels of the boxes that cut sets of these events mark. */
function marked(...cuts: readonly (readonly string[])[]): readonly string[] {
  const assessment = fixtureAssessment();
  const [first] = assessment.availability.journeys;
  if (first === undefined) throw new Error("the fixture has journeys");
  const singlePointsOfFailure = cuts.map((events) => ({ events, unavailability: 1e-4, words: "" }));
  const journeys = [{ ...first, singlePointsOfFailure }];
  const boxes = buildBoxes(assessment);
  const down = journeysTakenDown({ ...assessment, availability: { journeys, assumptions: [] } }, boxes);
  return boxes.filter((box) => down.has(box.id)).map((box) => box.selection);
}

describe("journeysTakenDown", () => {
  it("marks the workload whose pod or disk is alone", () => {
    const db = "prod/weu/shop/StatefulSet/db";
    expect(marked([`pod/${db}/1`])).toEqual([`workload/${db}`]);
    expect(marked([`disk/${db}/data/1`])).toEqual([`workload/${db}`]);
  });

  it("marks the pool, and the workload that is not back in time", () => {
    const events = ["node/weu/user", "window/prod/weu/shop/StatefulSet/db/node/1"];
    expect(marked(events)).toEqual(["pool/weu/user", "workload/prod/weu/shop/StatefulSet/db"]);
  });

  it("marks regions, by their zones too, and what lies outside", () => {
    expect(marked(["region/westeurope"])).toEqual(["region/westeurope"]);
    expect(marked(["zone/northeurope/1"])).toEqual(["region/northeurope"]);
    expect(marked(["external/host:api.bank.example"])).toEqual(["target/host:api.bank.example"]);
  });

  it("leaves out what is common to all replicas, and what is no place", () => {
    expect(
      marked(["commonCause/prod/weu/shop/Deployment/web"], ["deploy/prod/shop"], ["window/beyond 4 h/1 h/1"]),
    ).toEqual([]);
  });

  it("names each journey once", () => {
    const assessment = fixtureAssessment();
    const down = journeysTakenDown(assessment, buildBoxes(assessment));
    expect(down.get("pool/weu/user|prod/weu/shop/StatefulSet/db")).toEqual(["shop checkout (prod)"]);
  });
});
