import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exactFigure } from "../../../../src/estate/figures/figure.ts";
import type { CostAllocation } from "../../../../src/operations/cost/cost-allocation.ts";
import { type AllocationLine, allocationLines, lookInside, termsOf, treemapLines } from "./allocation-rows.ts";
import { treemap } from "./treemap.ts";

type Row = CostAllocation["rows"][number];

function row(part: Row["part"], name: string | undefined, total: number): Row {
  return { part, name, own: total, idleShare: 0, platformShare: 0, total };
}

function allocation(rows: readonly Row[], by = "tenant"): CostAllocation {
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "CostAllocation",
    estate: "test",
    period: "month",
    currency: "EUR",
    by,
    shareIdle: "none",
    sharePlatform: "none",
    filter: undefined,
    method: "requests",
    usage: undefined,
    total: exactFigure("total", "bill", "EUR/month", 0, []),
    rows,
    partial: false,
    unpriced: [],
    assumptions: [],
    diagnostics: [],
  };
}

describe("allocationLines", () => {
  it("keeps what belongs to nobody in sight, also when nothing falls to it", () => {
    const lines = allocationLines(allocation([row("tenant", "retail", 60), row("idle", undefined, 40)]));
    expect(lines.map(({ label }) => label)).toEqual([
      "retail",
      "Idle",
      "Shared platform",
      "System overhead",
      "Unused commitment",
    ]);
    expect(lines.map(({ share }) => share)).toEqual([0.6, 0.4, 0, 0, 0]);
    expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length);
  });

  it("names bearers without the key, and parts by place", () => {
    const lines = allocationLines(allocation([row("tenant", undefined, 1), row("idle", "prod", 1)], "label:app"));
    expect(lines.slice(0, 2).map(({ label }) => label)).toEqual(["Without label app", "Idle of prod"]);
  });
});

describe("lookInside", () => {
  const [line] = allocationLines(allocation([row("tenant", "retail", 1)])) as readonly [AllocationLine];

  it("keeps the terms that are there", () => {
    expect(lookInside(line, "tenant", undefined)).toEqual({ billBy: "application", billWithin: "tenant=retail" });
    expect(lookInside(line, "application", "tenant=x")?.billWithin).toBe("tenant=x;application=retail");
    expect(termsOf("tenant=x;application=retail")).toHaveLength(2);
  });

  it("has nothing inside a workload, inside what belongs to nobody, or under a name that is no term", () => {
    expect(lookInside(line, "workload", undefined)).toBeUndefined();
    expect(lookInside({ ...line, part: "idle" }, "tenant", undefined)).toBeUndefined();
    expect(lookInside({ ...line, name: "a;b" }, "tenant", undefined)).toBeUndefined();
  });
});

describe("treemap", () => {
  const amounts = fc
    .array(fc.double({ min: 0.01, max: 10_000, noNaN: true }), { minLength: 1, maxLength: 60 })
    .map((values) => values.toSorted((left, right) => right - left));

  it("gives every amount its share of the area, inside it", () => {
    fc.assert(
      fc.property(amounts, fc.double({ min: 0.3, max: 5, noNaN: true }), (values, width) => {
        const total = values.reduce((sum, value) => sum + value, 0);
        const tiles = treemap(values, width, 1);
        expect(tiles).toHaveLength(values.length);
        for (const [index, tile] of tiles.entries()) {
          expect(tile.width * tile.height).toBeCloseTo(((values[index] ?? 0) / total) * width, 6);
          expect(tile.x).toBeGreaterThanOrEqual(-1e-9);
          expect(tile.x + tile.width).toBeLessThanOrEqual(width + 1e-9);
          expect(tile.y + tile.height).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
    );
  });

  it("draws nothing where there is nothing", () => {
    expect(treemap([0, 0], 2, 1).every(({ width }) => width === 0)).toBe(true);
    expect(treemap([], 2, 1)).toEqual([]);
  });

  it("puts the smallest together, and loses no money", () => {
    const lines = allocationLines(
      allocation(Array.from({ length: 30 }, (_, index) => row("tenant", `t${index}`, 30 - index))),
    );
    const { shown, others, rest } = treemapLines(lines, 10);
    expect(shown).toHaveLength(9);
    expect(others).toBe(21);
    expect(rest + shown.reduce((sum, { total }) => sum + total, 0)).toBe(465);
  });
});
