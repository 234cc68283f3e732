import { describe, expect, it } from "vitest";
import { fixtureAssessment } from "../testing/assessment-fixture.ts";
import type { Box } from "./box.ts";
import { buildBoxes } from "./build-boxes.ts";
import { groupBoxes, groupingLimit } from "./group-boxes.ts";

function manyBoxes(count: number): readonly Box[] {
  const pool: Box = {
    id: "pool/c/p",
    kind: "pool",
    selection: "pool/c/p",
    parent: undefined,
    label: "p",
    detail: "",
    workloads: [],
    tenants: [],
    pods: 0,
  };
  const leaves = Array.from({ length: count - 1 }, (_, index): Box => {
    const id = `prod/c/ns${index % 5}/Deployment/w${index}`;
    return {
      ...pool,
      id: `pool/c/p|${id}`,
      kind: "workload",
      selection: `workload/${id}`,
      parent: pool.id,
      workloads: [id],
      pods: 2,
    };
  });
  return [pool, ...leaves];
}

describe("groupBoxes", () => {
  it("leaves a small map alone", () => {
    const boxes = manyBoxes(groupingLimit.wide);
    expect(groupBoxes(boxes, "auto")).toEqual({ boxes, grouped: false, replaced: 0 });
  });

  it("groups by namespace above the limit, and says how many boxes it replaced", () => {
    const boxes = manyBoxes(groupingLimit.wide + 1);
    const grouped = groupBoxes(boxes, "auto");
    expect(grouped.boxes).toHaveLength(6);
    expect(grouped.replaced).toBe(groupingLimit.wide);
    expect(grouped.boxes[1]?.detail).toBe("30 workloads");
    expect(grouped.boxes[1]?.pods).toBe(60);
  });

  it("loses no workload", () => {
    const boxes = manyBoxes(400);
    const workloads = (list: readonly Box[]) => list.flatMap((box) => box.workloads).sort();
    expect(workloads(groupBoxes(boxes, "namespace").boxes)).toEqual(workloads(boxes));
  });

  it("shows everything when asked to", () => {
    expect(groupBoxes(manyBoxes(400), "none").boxes).toHaveLength(400);
  });

  it("makes no group of one", () => {
    const grouped = groupBoxes(buildBoxes(fixtureAssessment()), "namespace");
    const labels = grouped.boxes.filter((box) => box.kind === "group").map((box) => box.label);
    expect(labels).toEqual(["shop"]);
  });
});
