import type { ExperimentDesign } from "../../availability/drills/choose-experiments.ts";
import type { InjectedFault } from "../../availability/drills/injected-fault.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { Progress } from "../ports.ts";
import { type ClusterFailures, simulateFailure } from "../simulation/simulate-failure.ts";

/** What the scheduler makes of the loss of nodes and zones of single experiments, in words, by experiment. */
export function replayedEffects(
  estate: Estate,
  catalog: Catalog,
  environment: string,
  designs: readonly ExperimentDesign[],
  options: { readonly onProgress?: Progress; readonly signal?: AbortSignal },
): ReadonlyMap<string, string> {
  const losses = designs.flatMap(({ id, faults }) => {
    const [fault] = faults;
    return faults.length === 1 && ((fault?.kind === "node" && fault.nodes === 1) || fault?.kind === "zone")
      ? [{ id, fault }]
      : [];
  });
  const replays = new Map<string, readonly ClusterFailures[]>();
  const effects = new Map<string, string>();
  for (const { id, fault } of losses) {
    const words = clustersOf(estate, environment, fault).flatMap((cluster) => {
      const known =
        replays.get(cluster) ?? simulateFailure(estate, catalog, { nodes: "planned", cluster, ...options }).clusters;
      replays.set(cluster, known);
      return known.flatMap(({ failures }) => failures.find((each) => isOf(each, fault))?.words ?? []);
    });
    if (words.length > 0) effects.set(id, `${words.join(". ")}.`);
  }
  return effects;
}

type NodeLoss = Extract<InjectedFault, { kind: "node" | "zone" }>;

function clustersOf({ clusters }: Estate, environment: string, fault: NodeLoss): readonly string[] {
  if (fault.kind === "node") return [fault.cluster];
  return clusters
    .filter(({ region, environments }) => region === fault.region && environments.includes(environment))
    .map(({ name }) => name);
}

/** Failures come worst first, so that the first node of a pool is its worst. */
function isOf({ kind, name }: ClusterFailures["failures"][number], fault: NodeLoss): boolean {
  if (fault.kind === "zone") return kind === "zone" && name === (fault.zone ?? fault.rank).replace(/^.*-/, "");
  return kind === "node" && name.slice(0, name.lastIndexOf("-")) === fault.pool;
}
