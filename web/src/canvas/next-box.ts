import type { Box } from "../graph/box.ts";
import type { Placed } from "../graph/elk-graph.ts";
import { absolutePlace } from "./flow-elements.ts";

export type Direction = "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight";

/** The nearest box of the same depth in a direction; distance across the direction counts double. */
export function nextBox(
  from: Box,
  direction: Direction,
  boxes: readonly Box[],
  placed: ReadonlyMap<string, Placed>,
): Box | undefined {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const start = centre(absolutePlace(from.id, byId, placed));
  if (start === undefined) return undefined;
  const depth = depthOf(from, byId);
  let best: { readonly box: Box; readonly distance: number } | undefined;
  for (const box of boxes) {
    if (box.id === from.id || depthOf(box, byId) !== depth) continue;
    const end = centre(absolutePlace(box.id, byId, placed));
    if (end === undefined) continue;
    const [along, across] = offsets(direction, end.x - start.x, end.y - start.y);
    if (along <= 0) continue;
    const distance = along + 2 * across;
    if (best === undefined || distance < best.distance) best = { box, distance };
  }
  return best?.box;
}

function offsets(direction: Direction, dx: number, dy: number): readonly [number, number] {
  switch (direction) {
    case "ArrowUp":
      return [-dy, Math.abs(dx)];
    case "ArrowDown":
      return [dy, Math.abs(dx)];
    case "ArrowLeft":
      return [-dx, Math.abs(dy)];
    case "ArrowRight":
      return [dx, Math.abs(dy)];
  }
}

function depthOf(box: Box, byId: ReadonlyMap<string, Box>): number {
  const parent = box.parent === undefined ? undefined : byId.get(box.parent);
  return parent === undefined ? 0 : 1 + depthOf(parent, byId);
}

function centre(place: Placed | undefined): { readonly x: number; readonly y: number } | undefined {
  if (place === undefined) return undefined;
  return { x: place.x + place.width / 2, y: place.y + place.height / 2 };
}
