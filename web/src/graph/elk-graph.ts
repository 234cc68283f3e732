import { type Box, isFrame } from "./box.ts";

/** Position and size on the map, relative to the parent's corner. */
export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What the layout engine is given, and gives back with positions. Plain data, so that it crosses to a worker. */
export interface ElkBox {
  id: string;
  x?: number;
  y?: number;
  width?: number;
  height?: number;
  layoutOptions?: Record<string, string>;
  children?: ElkBox[];
}

/** Sizes of boxes in pixels at zoom 1. */
export const leafSize = { width: 176, height: 56 } as const;
/** Height of a frame's title. */
export const frameTitle = 44;
const gap = 12;

/** Nested boxes as a graph to pack: frames near the shape of a screen, children in the given order. */
export function elkGraph(boxes: readonly Box[], aspectRatio: number): ElkBox {
  const children = new Map<string | undefined, Box[]>();
  for (const box of boxes) children.set(box.parent, [...(children.get(box.parent) ?? []), box]);
  const nodeOf = (box: Box): ElkBox => {
    if (!isFrame(box.kind)) return { id: box.id, width: leafSize.width, height: leafSize.height };
    const inner = (children.get(box.id) ?? []).map(nodeOf);
    if (inner.length === 0) return { id: box.id, width: leafSize.width + 2 * gap, height: frameTitle + gap };
    return { id: box.id, layoutOptions: packing(aspectRatioOf(box, aspectRatio), frameTitle), children: inner };
  };
  return {
    id: "map",
    layoutOptions: packing(aspectRatio, gap),
    children: (children.get(undefined) ?? []).map(nodeOf),
  };
}

/** Pools are flatter than the screen, so that they stack inside a cluster and their titles have room. */
function aspectRatioOf(box: Box, screen: number): number {
  return box.kind === "pool" || box.kind === "waiting" || box.kind === "outside" ? screen * 1.6 : screen;
}

function packing(aspectRatio: number, titleHeight: number): Record<string, string> {
  return {
    "elk.algorithm": "rectpacking",
    "elk.aspectRatio": aspectRatio.toFixed(2),
    "elk.padding": `[top=${titleHeight},left=${gap},bottom=${gap},right=${gap}]`,
    "elk.spacing.nodeNode": String(gap),
    "elk.rectpacking.packing.compaction.iterations": "4",
  };
}

/** Positions by box id, read from the engine's answer. */
export function placedBoxes(root: ElkBox): ReadonlyMap<string, Placed> {
  const result = new Map<string, Placed>();
  const visit = (node: ElkBox) => {
    result.set(node.id, { x: node.x ?? 0, y: node.y ?? 0, width: node.width ?? 0, height: node.height ?? 0 });
    for (const child of node.children ?? []) visit(child);
  };
  for (const child of root.children ?? []) visit(child);
  return result;
}
