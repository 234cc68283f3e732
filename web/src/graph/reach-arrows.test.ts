import { describe, expect, it } from "vitest";
import type { Reachability } from "../../../src/operations/tenancy/reachability.ts";
import { fixtureAssessment } from "../testing/assessment-fixture.ts";
import { buildBoxes } from "./build-boxes.ts";
import { reachArrows } from "./reach-arrows.ts";

describe("reachArrows", () => {
  const assessment = fixtureAssessment();
  const [web, ledger] = ["shop/Deployment/orders", "ledger/Deployment/ledger"];
  const connection = { cluster: "weu", ports: "TCP 80", pairs: { total: 4, open: 1, undecided: 0 } };
  const witness = { from: web, to: ledger, ports: "TCP 80" };
  const around = { from: web, to: ledger, through: "web", certain: true };
  const arrowsOf = (...tenants: readonly object[]) =>
    reachArrows({ tenants } as unknown as Reachability, assessment, buildBoxes(assessment));

  it("draws what one tenant may reach of another, between the witnesses", () => {
    const [arrow] = arrowsOf({ ...connection, from: "retail", to: "treasury", verdict: "limited", witness });
    expect(arrow).toMatchObject({
      from: "pool/weu/user|prod/weu/shop/Deployment/orders",
      to: "pool/weu/user|prod/weu/ledger/Deployment/ledger",
      type: "reachLimited",
      words: "Pods of retail reach TCP 80 of pods of treasury on weu: 1 of 4 pairs of workloads.",
    });
  });

  it("draws nothing that is proven closed or stays within a tenant, but the way round", () => {
    const closed = { ...connection, from: "retail", to: "treasury", verdict: "denied", witness };
    expect(arrowsOf(closed, { ...closed, to: "retail", verdict: "open" })).toEqual([]);
    expect(arrowsOf({ ...closed, viaWorld: around }).map(({ type }) => type)).toEqual(["reachAround"]);
  });
});
