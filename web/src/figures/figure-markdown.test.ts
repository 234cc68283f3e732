import { describe, expect, it } from "vitest";
import { reasonedFigure } from "../testing/assessment-fixture.ts";
import { assumptionsOf, figureMarkdown } from "./figure-markdown.ts";

describe("figureMarkdown", () => {
  it("writes every reason with source, date and place", () => {
    expect(figureMarkdown(reasonedFigure())).toBe(
      [
        "**bill: EUR 1,100.00/month (low EUR 900.00/month, high EUR 1,500.00/month)** (`cost/monthly/total`)",
        "",
        "- formula: `sum of nodes × price × 730 h` (FOCUS 1.2)",
        "- fact: Standard_D4s_v5, westeurope = USD 0.23/hour (azure-retail-prices, 2026-11-01)",
        "- nodes of weu/user: 3 nodes",
        "  - declared: autoscaling.min = 3 (estate.yaml:12:3)",
        "- assumption ASM-070: No discount is declared",
        "- measured: requests = 40 1/s (prometheus, 7d)",
        "",
      ].join("\n"),
    );
  });

  it("finds the assumptions at any depth, each once", () => {
    const inner = reasonedFigure();
    const outer = {
      ...inner,
      id: "outer",
      reasons: [
        { kind: "figure", figure: inner },
        { kind: "figure", figure: inner },
      ],
    } as const;
    expect(assumptionsOf(outer)).toEqual(["ASM-070"]);
  });
});
