import ELK from "elkjs/lib/elk-api.js";
import elkWorkerUrl from "elkjs/lib/elk-worker.min.js?url";
import { type ElkBox, type Placed, placedBoxes } from "../graph/elk-graph.ts";

const layouts = new Map<string, Promise<ReadonlyMap<string, Placed>>>();
let engine: InstanceType<typeof ELK> | undefined;

/** Lays boxes out beside the page. The same graph is laid out once: coming back to an estate costs nothing. */
export function computeLayout(graph: ElkBox): Promise<ReadonlyMap<string, Placed>> {
  const key = JSON.stringify(graph);
  const known = layouts.get(key);
  if (known !== undefined) return known;
  engine ??= new ELK({ workerFactory: () => new Worker(elkWorkerUrl) });
  const layout = engine.layout(graph).then((root) => placedBoxes(root as ElkBox));
  layouts.set(key, layout);
  layout.catch(() => layouts.delete(key));
  return layout;
}
