import { describe, expect, it } from "vitest";
import { fixtureAssessment } from "../testing/assessment-fixture.ts";
import { buildBoxes } from "./build-boxes.ts";
import { filterTree, placeTree, type TreeNode, tenantTree, visibleRows } from "./tree.ts";

describe("estate tree", () => {
  const assessment = fixtureAssessment();
  const outline = (nodes: readonly TreeNode[], depth = 0): readonly string[] =>
    nodes.flatMap((node) => [`${"  ".repeat(depth)}${node.label}`, ...outline(node.children, depth + 1)]);

  it("follows the nesting of the map", () => {
    expect(outline(placeTree(buildBoxes(assessment)))).toEqual([
      "northeurope",
      "  neu",
      "    user",
      "      web",
      "    At rest",
      "      report",
      "westeurope",
      "  weu",
      "    spare",
      "      agent",
      "      orders",
      "    user",
      "      agent",
      "      ledger",
      "      db",
      "      orders",
      "      web",
      "Outside",
      "  api.bank.example",
    ]);
  });

  it("groups by tenant and application", () => {
    expect(outline(tenantTree(assessment))).toEqual([
      "platform",
      "  agent",
      "retail",
      "  shop",
      "    web",
      "    orders",
      "    db",
      "    web",
      "    report",
      "treasury",
      "  ledger",
      "    ledger",
    ]);
  });

  it("keeps only branches with a workload that the filter accepts", () => {
    const kept = filterTree(tenantTree(assessment), (workload) => workload.includes("/ledger/"));
    expect(outline(kept)).toEqual(["treasury", "  ledger", "    ledger"]);
  });

  it("leaves out the rows below a closed branch", () => {
    const rows = visibleRows(tenantTree(assessment), (_, depth) => depth < 1);
    expect(rows.map((row) => row.node.label)).toEqual(["platform", "agent", "retail", "shop", "treasury", "ledger"]);
    expect(rows.find((row) => row.node.label === "shop")?.open).toBe(false);
  });
});
