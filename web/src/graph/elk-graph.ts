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
export const leafSize = { width: 162, height: 46 } as const;
/** Height of a frame's title. */
export const frameTitle = 38;
const gap = 10;

/** How wide to be for the height: the whole map with its regions, clusters, and pools. */
export interface Shape {
  readonly map: number;
  readonly cluster: number;
  readonly pool: number;
}

/** Shapes to try: packing is a heuristic, and which shape fills a screen best depends on the estate. */
export function shapesToTry(boxCount: number, screenRatio: number): readonly Shape[] {
  // Each costs some 100 ms at 150 boxes, more on large maps.
  const clusters = boxCount > 400 ? [0.7] : [0.5, 0.9, 1.4];
  return clusters.flatMap((cluster) => [1, 1.6].map((pool) => ({ map: screenRatio, cluster, pool })));
}

/** Nested boxes as a graph to pack, children in the given order. */
export function elkGraph(boxes: readonly Box[], shape: Shape): ElkBox {
  const children = Map.groupBy(boxes, (box) => box.parent);
  const nodeOf = (box: Box): ElkBox => {
    if (!isFrame(box.kind)) return { id: box.id, width: leafSize.width, height: leafSize.height };
    const inner = (children.get(box.id) ?? []).map(nodeOf);
    if (inner.length === 0) return { id: box.id, width: leafSize.width + 2 * gap, height: frameTitle + gap };
    return { id: box.id, layoutOptions: packing(ratioOf(box, shape), frameTitle), children: inner };
  };
  return {
    id: "map",
    layoutOptions: packing(shape.map, gap),
    children: (children.get(undefined) ?? []).map(nodeOf),
  };
}

function ratioOf(box: Box, shape: Shape): number {
  if (box.kind === "region") return shape.map;
  return box.kind === "cluster" ? shape.cluster : shape.pool;
}

function packing(aspectRatio: number, titleHeight: number): Record<string, string> {
  return {
    "elk.algorithm": "rectpacking",
    "elk.aspectRatio": aspectRatio.toFixed(2),
    "elk.padding": `[top=${titleHeight},left=${gap},bottom=${gap},right=${gap}]`,
    "elk.spacing.nodeNode": String(gap),
  };
}

/** How large the map can be drawn on a screen: the zoom at which all of it is seen. */
export function zoomToFit(map: ElkBox, screen: { readonly width: number; readonly height: number }): number {
  return Math.min(screen.width / Math.max(1, map.width ?? 0), screen.height / Math.max(1, map.height ?? 0));
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
