import { isEmptyPortSet } from "../../../estate/kubernetes/port-set.ts";
import { bestPath, type Hop, pathsAround, pathsFromInternet, pathsInside, type ZonePath } from "./zone-path.ts";
import type { ZonedCluster } from "./zone-world.ts";

/** `TARGET is never reachable from SOURCE`, in one connection. */
export interface ClassificationRule {
  readonly target: string;
  readonly source: string;
  /** `refuted`: the path is certain; `notEvaluable`: it is possible, or some workloads have no classification. */
  readonly verdict: "proven" | "refuted" | "notEvaluable";
  readonly because: string;
  /** The path that refutes, or may. */
  readonly path: readonly Hop[];
  /** Where no single connection leads there: the workloads that somebody would have to take over on the way. */
  readonly stepwise: readonly string[];
}

/**
 * Every rule between two classifications of which workloads exist: what is more confidential is never reachable from what is
 * less. The lowest classification stands for the internet too.
 */
export function checkClassificationRules(
  clusters: readonly ZonedCluster[],
  classifications: readonly string[],
): readonly ClassificationRule[] {
  const present = classifications.filter((name) => clusters.some(({ byClassification }) => byClassification.has(name)));
  const [lowest] = classifications;
  return present.flatMap((target) => {
    const rank = classifications.indexOf(target);
    const sources = classifications.slice(0, rank).filter((name) => name === lowest || present.includes(name));
    return sources.map((source) => checkRule(clusters, source, target, source === lowest));
  });
}

function checkRule(
  clusters: readonly ZonedCluster[],
  source: string,
  target: string,
  withInternet: boolean,
): ClassificationRule {
  const path = bestPath(allPaths(clusters, source, target, withInternet));
  const rule = { target, source };
  if (path?.certain === true)
    return { ...rule, verdict: "refuted", because: sentence(path), path: path.hops, stepwise: [] };
  const stepwise = stepwisePath(clusters, source, target, withInternet);
  if (path !== undefined)
    return { ...rule, verdict: "notEvaluable", because: `it may be: ${sentence(path)}`, path: path.hops, stepwise };
  const unclassified = clusters.reduce((sum, each) => sum + each.unclassified, 0);
  if (unclassified > 0) {
    const because = `${unclassified} workload${unclassified === 1 ? " has" : "s have"} no classification`;
    return { ...rule, verdict: "notEvaluable", because, path: [], stepwise };
  }
  return { ...rule, verdict: "proven", because: "no single connection leads there", path: [], stepwise };
}

function* allPaths(clusters: readonly ZonedCluster[], source: string, target: string, withInternet: boolean) {
  if (withInternet) yield* pathsFromInternet(clusters, target);
  yield* pathsInside(clusters, source, target);
  yield* pathsAround(clusters, source, target);
}

function sentence({ hops }: ZonePath): string {
  return hops.map(({ name }) => name).join(" -> ");
}

/** The shortest chain of workloads, each reaching the next for certain, from the source (or the internet) to the target. */
function stepwisePath(
  clusters: readonly ZonedCluster[],
  source: string,
  target: string,
  withInternet: boolean,
): readonly string[] {
  for (const zoned of clusters) {
    const { reach, byClassification, exposures } = zoned;
    const targets = byClassification.get(target);
    if (targets === undefined) continue;
    const starts = new Map(byClassification.get(source));
    if (withInternet) {
      for (const { position, entry, bounds } of exposures) {
        const own = reach.classOf[position] ?? 0;
        const isStart = entry.exposure === "public" && !isEmptyPortSet(bounds.certain) && !starts.has(own);
        if (isStart) starts.set(own, position);
      }
    }
    const chain = shortestChain(zoned, starts, targets);
    if (chain.length > 0) return chain;
  }
  return [];
}

function shortestChain(
  { reach }: ZonedCluster,
  starts: ReadonlyMap<number, number>,
  targets: ReadonlyMap<number, number>,
): readonly string[] {
  const previous = new Map<number, number | undefined>([...starts.keys()].map((start) => [start, undefined]));
  const queue = [...starts.keys()];
  for (const own of queue) {
    for (const [next, { certain }] of reach.reachedFrom(own)) {
      if (isEmptyPortSet(certain)) continue;
      const target = targets.get(next);
      if (target !== undefined) {
        const chain = chainTo(own, previous).map((index) => starts.get(index) ?? reach.classes[index]?.members[0] ?? 0);
        return [...chain, target].map((position) => reach.workloads[position]?.label ?? "");
      }
      if (previous.has(next)) continue;
      previous.set(next, own);
      queue.push(next);
    }
  }
  return [];
}

function chainTo(last: number, previous: ReadonlyMap<number, number | undefined>): readonly number[] {
  const chain: number[] = [];
  for (let at: number | undefined = last; at !== undefined; at = previous.get(at)) chain.unshift(at);
  return chain;
}
