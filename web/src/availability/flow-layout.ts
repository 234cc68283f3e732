import ELK from "elkjs/lib/elk-api.js";
import elkWorkerUrl from "elkjs/lib/elk-worker.min.js?url";
import type { JourneyGraph } from "./journey-graph.ts";

/** Upper left corners by node. */
export type LayeredPlaces = ReadonlyMap<string, { readonly x: number; readonly y: number }>;

export const nodeSize = { width: 148, height: 42 } as const;
const engine = new ELK({ workerFactory: () => new Worker(elkWorkerUrl) });

/** From left to right: each thing stands behind all that lean on it. */
export async function layeredPlaces({ nodes, edges }: JourneyGraph): Promise<LayeredPlaces> {
  const laid = await engine.layout({
    id: "journey",
    layoutOptions: {
      "elk.algorithm": "layered",
      "elk.direction": "RIGHT",
      "elk.spacing.nodeNode": "10",
      "elk.layered.spacing.nodeNodeBetweenLayers": "38",
      "elk.layered.nodePlacement.strategy": "BRANDES_KOEPF",
    },
    children: nodes.map(({ id }) => ({ id, ...nodeSize })),
    edges: edges.map(({ from, to }) => ({ id: `${from} ${to}`, sources: [from], targets: [to] })),
  });
  return new Map((laid.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x, y }]));
}

/** As high as the drawing is at about the width of the view, within limits. */
export function flowHeight(places: LayeredPlaces | undefined): number {
  if (places === undefined) return 320;
  const right = Math.max(...[...places.values()].map(({ x }) => x)) + nodeSize.width;
  const bottom = Math.max(...[...places.values()].map(({ y }) => y)) + nodeSize.height;
  return Math.round(Math.min(460, Math.max(200, bottom * Math.min(1, 820 / right) + 30)));
}
