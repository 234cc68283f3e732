import { describe, expect, it } from "vitest";
import { fixtureAssessment } from "../testing/assessment-fixture.ts";
import type { Arrow } from "./arrow.ts";
import { buildBoxes } from "./build-boxes.ts";
import { dependencyEdges } from "./dependency-edges.ts";
import { findSelection } from "./selection.ts";
import { arrowLimit, shownArrows } from "./shown-arrows.ts";

describe("shownArrows", () => {
  const assessment = fixtureAssessment();
  const boxes = buildBoxes(assessment);
  const arrows = dependencyEdges(assessment, boxes);
  const shown = (selection: string) =>
    shownArrows(arrows, boxes, findSelection(selection, assessment, boxes)).map(
      (arrow) => `${arrow.from.split("/").at(-1)} ${arrow.to.split("/").at(-1)}`,
    );

  it("shows all while nothing is selected and they are few", () => {
    expect(shownArrows(arrows, boxes, undefined)).toBe(arrows);
    const many = Array.from(
      { length: arrowLimit + 1 },
      (_, index): Arrow => ({ id: String(index), from: "a", to: "b", type: "hard", count: 1 }),
    );
    expect(shownArrows(many, boxes, undefined)).toEqual([]);
  });

  it("shows those of a selected box, both ways", () => {
    expect(shown("workload/prod/weu/shop/StatefulSet/db")).toEqual(["orders db"]);
    expect(shown("workload/prod/weu/shop/Deployment/orders")).toHaveLength(3);
    expect(shown("target/host:api.bank.example")).toEqual(["orders host:api.bank.example"]);
  });

  it("shows those inside a journey, a tenant or a frame, and to the outside", () => {
    expect(shown("journey/prod/shop/checkout")).toHaveLength(3);
    expect(shown("journey/prod/shop/browse")).toEqual([]);
    expect(shown("tenant/treasury")).toEqual([]);
    expect(shown("cluster/weu")).toHaveLength(3);
    expect(shown("outside")).toEqual(["orders host:api.bank.example"]);
  });
});
