import { type Edge, MarkerType, type Node } from "@xyflow/react";
import type { Arrow } from "../graph/arrow.ts";
import { type Box, isFrame } from "../graph/box.ts";
import type { Placed } from "../graph/elk-graph.ts";
import type { BoxLook } from "../lenses/look.ts";

/** `Node` data must be a type with an index signature, hence no interface. */
export type BoxData = {
  readonly box: Box;
  readonly look: BoxLook;
  readonly selected: boolean;
  /** Left out by the filter or by the spotlight on a journey or tenant. */
  readonly faded: boolean;
};
export type BoxNode = Node<BoxData, "frame" | "leaf">;

/** Nodes of the map, parents first. */
export function boxNodes(
  boxes: readonly Box[],
  placed: ReadonlyMap<string, Placed>,
  dataOf: (box: Box) => BoxData,
): BoxNode[] {
  return boxes.flatMap((box) => {
    const place = placed.get(box.id);
    if (place === undefined) return [];
    return [
      {
        id: box.id,
        type: isFrame(box.kind) ? ("frame" as const) : ("leaf" as const),
        position: { x: place.x, y: place.y },
        width: place.width,
        height: place.height,
        data: dataOf(box),
        ...(box.parent === undefined ? {} : { parentId: box.parent }),
      },
    ];
  });
}

export type Side = "top" | "right" | "bottom" | "left";

/** Place of a box on the whole map. */
export function absolutePlace(
  id: string,
  boxes: ReadonlyMap<string, Box>,
  placed: ReadonlyMap<string, Placed>,
): Placed | undefined {
  const own = placed.get(id);
  const parent = boxes.get(id)?.parent;
  if (own === undefined || parent === undefined) return own;
  const outer = absolutePlace(parent, boxes, placed);
  if (outer === undefined) return own;
  return { ...own, x: own.x + outer.x, y: own.y + outer.y };
}

/** Sides on which an arrow leaves and arrives, by where the boxes lie to one another. */
export function arrowSides(from: Placed, to: Placed): readonly [Side, Side] {
  const dx = to.x + to.width / 2 - (from.x + from.width / 2);
  const dy = to.y + to.height / 2 - (from.y + from.height / 2);
  // Boxes are wider than high: compare in box lengths.
  if (Math.abs(dx) / from.width > Math.abs(dy) / from.height) return dx > 0 ? ["right", "left"] : ["left", "right"];
  return dy > 0 ? ["bottom", "top"] : ["top", "bottom"];
}

/** Edges of the map for the arrows of the lens. */
export function arrowEdges(
  arrows: readonly Arrow[],
  boxes: readonly Box[],
  placed: ReadonlyMap<string, Placed>,
): Edge[] {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  return arrows.flatMap((arrow) => {
    const from = absolutePlace(arrow.from, byId, placed);
    const to = absolutePlace(arrow.to, byId, placed);
    if (from === undefined || to === undefined) return [];
    const [sourceHandle, targetHandle] = arrowSides(from, to);
    return [
      {
        id: arrow.id,
        source: arrow.from,
        target: arrow.to,
        sourceHandle: `out-${sourceHandle}`,
        targetHandle: `in-${targetHandle}`,
        className: `arrow arrow-${arrow.type}`,
        zIndex: 1_000,
        focusable: false,
        selectable: false,
        ariaLabel:
          arrow.words ?? `${byId.get(arrow.from)?.label} leans on ${byId.get(arrow.to)?.label} (${arrow.type})`,
        markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16, color: "var(--ink-soft)" },
      },
    ];
  });
}
