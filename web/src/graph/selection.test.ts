import { describe, expect, it } from "vitest";
import { fixtureAssessment } from "../testing/assessment-fixture.ts";
import { buildBoxes } from "./build-boxes.ts";
import { findSelection, selectionOfSubject } from "./selection.ts";

describe("findSelection", () => {
  const assessment = fixtureAssessment();
  const boxes = buildBoxes(assessment);
  const find = (text: string | undefined) => findSelection(text, assessment, boxes);

  it("finds boxes by their address", () => {
    expect(find("pool/weu/user")?.box?.id).toBe("pool/weu/user");
    expect(find("workload/prod/weu/shop/Deployment/orders")?.box?.label).toBe("orders");
    expect(find("outside")?.kind).toBe("outside");
  });

  it("finds what is no box, with its workloads", () => {
    expect(find("tenant/treasury")).toMatchObject({
      kind: "tenant",
      box: undefined,
      workloads: ["prod/weu/ledger/Deployment/ledger"],
    });
    expect(find("application/shop")?.workloads).toHaveLength(5);
    expect(find("environment/prod")?.workloads).toHaveLength(7);
    expect(find("journey/prod/shop/checkout")?.workloads).toHaveLength(3);
  });

  it("finds nothing for what the estate does not have", () => {
    for (const text of [undefined, "", "tenant/nobody", "planet/mars", "workload/x", "journey/", "pool/weu"]) {
      expect(find(text), text).toBeUndefined();
    }
  });

  it("leads from the subject of a finding to its box", () => {
    expect(selectionOfSubject("prod/weu/shop/StatefulSet/db", boxes)).toBe("workload/prod/weu/shop/StatefulSet/db");
    expect(selectionOfSubject("weu", boxes)).toBe("cluster/weu");
    expect(selectionOfSubject("Cluster/weu", boxes)).toBe("cluster/weu");
    expect(selectionOfSubject("weu/user", boxes)).toBe("pool/weu/user");
    expect(selectionOfSubject("elsewhere", boxes)).toBeUndefined();
  });
});
