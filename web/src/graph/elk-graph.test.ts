import ELK from "elkjs/lib/elk.bundled.js";
import { describe, expect, it } from "vitest";
import { fixtureAssessment } from "../testing/assessment-fixture.ts";
import { buildBoxes } from "./build-boxes.ts";
import {
  type ElkBox,
  elkGraph,
  frameTitle,
  leafSize,
  type Placed,
  placedBoxes,
  shapesToTry,
  zoomToFit,
} from "./elk-graph.ts";

describe("layout", () => {
  const boxes = buildBoxes(fixtureAssessment());

  async function layout(): Promise<ReadonlyMap<string, Placed>> {
    const root = elkGraph(boxes, { map: 1.4, cluster: 1, pool: 1 });
    return placedBoxes((await new ELK().layout(root)) as ElkBox);
  }

  it("gives every box a place of the right size", async () => {
    const placed = await layout();
    expect([...placed.keys()].sort()).toEqual(boxes.map((box) => box.id).sort());
    const web = placed.get("pool/weu/user|prod/weu/shop/Deployment/web");
    expect(web).toMatchObject(leafSize);
  });

  it("keeps children inside their frame, below its title", async () => {
    const placed = await layout();
    for (const box of boxes) {
      const inner = placed.get(box.id);
      const outer = box.parent === undefined ? undefined : placed.get(box.parent);
      if (inner === undefined || outer === undefined) continue;
      expect(inner.x).toBeGreaterThanOrEqual(0);
      expect(inner.y).toBeGreaterThanOrEqual(frameTitle);
      expect(inner.x + inner.width).toBeLessThanOrEqual(outer.width);
      expect(inner.y + inner.height).toBeLessThanOrEqual(outer.height);
    }
  });

  it("lets no siblings overlap", async () => {
    const placed = await layout();
    for (const a of boxes) {
      for (const b of boxes) {
        if (a.id >= b.id || a.parent !== b.parent) continue;
        expect(overlap(placed.get(a.id), placed.get(b.id)), `${a.id} and ${b.id}`).toBe(false);
      }
    }
  });

  it("tries few shapes on a large map", () => {
    expect(shapesToTry(50, 1.4).length).toBeGreaterThan(shapesToTry(2_000, 1.4).length);
  });

  it("measures how large the map can be drawn", () => {
    expect(zoomToFit({ id: "map", width: 1_000, height: 200 }, { width: 500, height: 400 })).toBe(0.5);
    expect(zoomToFit({ id: "map", width: 100, height: 800 }, { width: 500, height: 400 })).toBe(0.5);
  });

  it("is the same every time", async () => {
    expect(await layout()).toEqual(await layout());
  });
});

function overlap(a: Placed | undefined, b: Placed | undefined): boolean {
  if (a === undefined || b === undefined) return true;
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
