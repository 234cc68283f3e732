import { describe, expect, it } from "vitest";
import { sampleManifests } from "../intake/sample-manifests.ts";
import { openTexts } from "./assess-texts.ts";
import { rootsOf } from "./roots.ts";

describe("assessing in the browser", () => {
  const opened = openTexts({ "pasted.yaml": sampleManifests }, "2026-11-22");
  const assessment = opened.assessment();

  it("gives all three answers for the sample", () => {
    expect(assessment.diagnostics.filter((diagnostic) => diagnostic.severity === "error")).toEqual([]);
    expect(assessment.estate.workloads.map((workload) => workload.id.split("/").slice(2).join("/")).sort()).toEqual([
      "bookshop/Deployment/catalogue",
      "bookshop/Deployment/web",
      "bookshop/StatefulSet/books-db",
    ]);
    expect(assessment.structure.clusters).toHaveLength(1);
    expect(assessment.cost.monthly.result.kind).not.toBe("notEvaluable");
    expect(assessment.availability.journeys).toHaveLength(1);
    expect(assessment.estate.dependencies).toHaveLength(2);
  });

  it("is plain data, as it must be to come out of a worker", () => {
    expect(structuredClone(assessment)).toEqual(assessment);
  });

  it("takes the first part of each path for a root", () => {
    expect(rootsOf({ "shop/web.yaml": "", "shop/base/x.yaml": "", "b.yaml": "" })).toEqual(["b.yaml", "shop"]);
  });
});
