import ELK from "elkjs/lib/elk-api.js";
import elkWorkerUrl from "elkjs/lib/elk-worker.min.js?url";
import type { Box } from "../graph/box.ts";
import { type ElkBox, elkGraph, type Placed, placedBoxes, shapesToTry, zoomToFit } from "../graph/elk-graph.ts";

export interface Screen {
  readonly width: number;
  readonly height: number;
}

const layouts = new Map<string, Promise<ReadonlyMap<string, Placed>>>();
/** Loaded with the map's code, which is fetched while the assessment is: both take their time. */
const engine = new ELK({ workerFactory: () => new Worker(elkWorkerUrl) });

/**
 * Lays boxes out beside the page, in the shape that fills the screen best. The same boxes are laid out once, also when
 * the window changes: people keep their picture of the estate.
 */
export function computeLayout(boxes: readonly Box[], screen: Screen): Promise<ReadonlyMap<string, Placed>> {
  const key = JSON.stringify([screen.width > screen.height, ...boxes.map((box) => [box.id, box.parent])]);
  const known = layouts.get(key);
  if (known !== undefined) return known;
  const layout = bestLayout(boxes, screen);
  layouts.set(key, layout);
  layout.catch(() => layouts.delete(key));
  return layout;
}

async function bestLayout(boxes: readonly Box[], screen: Screen): Promise<ReadonlyMap<string, Placed>> {
  let best: ElkBox | undefined;
  for (const shape of shapesToTry(boxes.length, screen.width / screen.height)) {
    const map = (await engine.layout(elkGraph(boxes, shape))) as ElkBox;
    if (best === undefined || zoomToFit(map, screen) > zoomToFit(best, screen)) best = map;
  }
  return best === undefined ? new Map() : placedBoxes(best);
}
