import ELK from "elkjs/lib/elk-api.js";
import elkWorkerUrl from "elkjs/lib/elk-worker.min.js?url";
import type { GraphEdge, GraphNode, JourneyGraph } from "./journey-graph.ts";

/** Upper left corners by node. */
export type LayeredPlaces = ReadonlyMap<string, { readonly x: number; readonly y: number }>;

export const nodeSize = { width: 136, height: 44 } as const;
const gap = { across: 26, down: 10, ground: 34 } as const;
const engine = new ELK({ workerFactory: () => new Worker(elkWorkerUrl) });
const ground: ReadonlySet<GraphNode["kind"]> = new Set(["pool", "cluster", "region"]);

/** From left to right each thing stands behind all that lean on it; what they run on lies below, a row for each cluster. */
export async function layeredPlaces({ nodes, edges }: JourneyGraph): Promise<LayeredPlaces> {
  const laid = await engine.layout({
    id: "journey",
    layoutOptions: {
      "elk.algorithm": "layered",
      "elk.direction": "RIGHT",
      "elk.padding": "[top=0,left=0,bottom=0,right=0]",
      "elk.spacing.nodeNode": String(gap.down),
      "elk.layered.spacing.nodeNodeBetweenLayers": String(gap.across),
      "elk.layered.nodePlacement.strategy": "BRANDES_KOEPF",
      "elk.layered.nodePlacement.bk.fixedAlignment": "BALANCED",
    },
    children: nodes.filter(({ kind }) => !ground.has(kind)).map(({ id }) => ({ id, ...nodeSize })),
    edges: edges
      .filter(({ type }) => type !== "place")
      .map(({ from, to }) => ({ id: `${from} ${to}`, sources: [from], targets: [to] })),
  });
  const above = (laid.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x, y }] as const);
  const bottom = Math.max(0, ...above.map(([, { y }]) => y)) + nodeSize.height + gap.ground;
  return new Map([...above, ...groundRows(nodes, edges, bottom)]);
}

/** Region, cluster and its pools beside one another; a region stands where its first cluster is. */
function groundRows(nodes: readonly GraphNode[], edges: readonly GraphEdge[], top: number) {
  const places = new Map<string, { readonly x: number; readonly y: number }>();
  const clusters = nodes.filter(({ kind }) => kind === "cluster").toSorted((a, b) => (a.id < b.id ? -1 : 1));
  for (const [row, { id: cluster }] of clusters.entries()) {
    const region = edges.find(({ from }) => from === cluster)?.to;
    const pools = nodes.filter(
      ({ id, kind }) => kind === "pool" && edges.some((e) => e.from === id && e.to === cluster),
    );
    const line = [...(region === undefined ? [] : [region]), cluster, ...pools.map(({ id }) => id)];
    for (const [column, id] of line.entries()) {
      if (places.has(id)) continue;
      places.set(id, { x: column * (nodeSize.width + gap.across), y: top + row * (nodeSize.height + gap.down) });
    }
  }
  return places;
}

/** As high as the drawing is in a view of this width, within limits. */
export function flowHeight(places: LayeredPlaces | undefined, width: number): number {
  if (places === undefined) return 320;
  const right = Math.max(...[...places.values()].map(({ x }) => x)) + nodeSize.width;
  const bottom = Math.max(...[...places.values()].map(({ y }) => y)) + nodeSize.height;
  return Math.round(Math.min(560, Math.max(200, bottom * Math.min(1, width / right) + 30)));
}
