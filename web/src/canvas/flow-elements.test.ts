import { describe, expect, it } from "vitest";
import type { Box } from "../graph/box.ts";
import type { Placed } from "../graph/elk-graph.ts";
import { absolutePlace, arrowSides } from "./flow-elements.ts";
import { nextBox } from "./next-box.ts";

function box(id: string, parent?: string): Box {
  return {
    id,
    kind: parent === undefined ? "pool" : "workload",
    selection: id,
    parent,
    label: id,
    detail: "",
    workloads: [],
    tenants: [],
    pods: 0,
  };
}
const size = { width: 100, height: 40 };
const boxes = [box("p"), box("q"), box("a", "p"), box("b", "p"), box("c", "p"), box("d", "q")];
const placed = new Map<string, Placed>([
  ["p", { x: 10, y: 10, width: 300, height: 200 }],
  ["q", { x: 400, y: 10, width: 150, height: 200 }],
  ["a", { x: 10, y: 40, ...size }],
  ["b", { x: 120, y: 40, ...size }],
  ["c", { x: 10, y: 100, ...size }],
  ["d", { x: 10, y: 40, ...size }],
]);
const byId = new Map(boxes.map((one) => [one.id, one]));

describe("places on the map", () => {
  it("adds up the frames around a box", () => {
    expect(absolutePlace("d", byId, placed)).toEqual({ x: 410, y: 50, ...size });
    expect(absolutePlace("missing", byId, placed)).toBeUndefined();
  });

  it("lets arrows leave and arrive on the facing sides", () => {
    const at = (x: number, y: number) => ({ x, y, ...size });
    expect(arrowSides(at(0, 0), at(300, 20))).toEqual(["right", "left"]);
    expect(arrowSides(at(300, 0), at(0, 20))).toEqual(["left", "right"]);
    expect(arrowSides(at(0, 0), at(20, 200))).toEqual(["bottom", "top"]);
    expect(arrowSides(at(0, 200), at(20, 0))).toEqual(["top", "bottom"]);
  });
});

describe("arrow keys on the map", () => {
  const next = (from: string, direction: Parameters<typeof nextBox>[1]) => {
    const start = byId.get(from);
    return start === undefined ? undefined : nextBox(start, direction, boxes, placed)?.id;
  };

  it("go to the nearest box of the same depth, also in another frame", () => {
    expect(next("a", "ArrowRight")).toBe("b");
    expect(next("b", "ArrowRight")).toBe("d");
    expect(next("a", "ArrowDown")).toBe("c");
    expect(next("d", "ArrowLeft")).toBe("b");
    expect(next("p", "ArrowRight")).toBe("q");
  });

  it("stay where nothing lies in the direction", () => {
    expect(next("a", "ArrowUp")).toBeUndefined();
    expect(next("q", "ArrowRight")).toBeUndefined();
  });
});
