import { demandSums, fewestNodes } from "./demand-sums.ts";
import type { PlannedPods, PoolProblem, PoolSize } from "./pool-problem.ts";

/** Pods dealt to pools, each of a size, with what sums of resources say that they cost at the least. */
export interface EstimatedSplit {
  readonly parts: readonly SplitPart[];
  readonly estimate: number;
}

interface SplitPart {
  readonly pods: readonly PlannedPods[];
  readonly size: PoolSize;
}

/** A list of so many workloads is cut at each place, a longer one at shares of the CPU asked. */
const cutEverywhere = 40;
const cutShares = Array.from({ length: 24 }, (_, index) => (index + 1) / 25);
/** Sizes that are tried for each part. */
const sizesOfPart = 3;
/** Pairs whose parts are cut once more. */
const cutAgain = 10;

/** Whole workloads dealt to two or three pools, in the order of a measure; the cheapest by sums first. */
export function poolSplits(problem: PoolProblem): readonly EstimatedSplit[] {
  const pairs = cutInTwo(problem.pods, problem);
  const triples = distinctCuts(pairs).flatMap(({ parts }) =>
    parts.flatMap((part, index) =>
      cutInTwo(part.pods, problem)
        .slice(0, sizesOfPart)
        .map((cut): EstimatedSplit => {
          const kept = parts.filter((_, other) => other !== index);
          const keptMicros = kept.reduce((sum, { pods, size }) => sum + estimateOf(pods, size, problem), 0);
          return { parts: [...kept, ...cut.parts], estimate: keptMicros + cut.estimate };
        }),
    ),
  );
  const splits = new Map([...pairs, ...triples].map((split) => [keyOf(split), split]));
  return [...splits.values()].toSorted((left, right) => left.estimate - right.estimate);
}

/** The best of each deal of pods, whatever the sizes. */
function distinctCuts(pairs: readonly EstimatedSplit[]): readonly EstimatedSplit[] {
  const byPods = new Map<string, EstimatedSplit>();
  for (const pair of pairs) {
    const key = podsKey(pair.parts[0]?.pods ?? []);
    if (!byPods.has(key)) byPods.set(key, pair);
    if (byPods.size >= cutAgain) break;
  }
  return [...byPods.values()];
}

function cutInTwo(pods: readonly PlannedPods[], problem: PoolProblem): readonly EstimatedSplit[] {
  const measures = [ratioOf, ({ size }: PlannedPods) => size[0] ?? 0, ({ size }: PlannedPods) => size[1] ?? 0];
  const idle = pods.filter(({ quantity }) => quantity === 0);
  const splits = measures.flatMap((measure) => {
    const sorted = pods
      .filter(({ quantity }) => quantity > 0)
      .toSorted((left, right) => measure(left) - measure(right) || (left.id < right.id ? -1 : 1));
    return [...cutsOf(sorted)].flatMap((cut) => {
      const [left, right] = [[...sorted.slice(0, cut), ...idle], sorted.slice(cut)];
      const seconds = cheapestSizes(right, problem);
      return cheapestSizes(left, problem).flatMap((first) =>
        seconds.map(
          (second): EstimatedSplit => ({
            parts: [
              { pods: left, size: first.size },
              { pods: right, size: second.size },
            ],
            estimate: first.estimate + second.estimate,
          }),
        ),
      );
    });
  });
  return splits.toSorted((left, right) => left.estimate - right.estimate);
}

/** Positions at which a sorted list of pods is cut in two. */
function cutsOf(sorted: readonly PlannedPods[]): ReadonlySet<number> {
  if (sorted.length <= cutEverywhere) return new Set(sorted.keys().drop(1));
  const cpuOf = ({ size, quantity }: PlannedPods) => (size[0] ?? 0) * quantity;
  const cpu = sorted.reduce((sum, each) => sum + cpuOf(each), 0);
  const cuts = new Set([sorted.length - 1]);
  let before = 0;
  for (const [index, each] of sorted.entries()) {
    const share = before / cpu;
    before += cpuOf(each);
    if (cutShares.some((wanted) => share < wanted && before / cpu >= wanted)) cuts.add(index + 1);
  }
  return new Set([...cuts].filter((cut) => cut > 0 && cut < sorted.length));
}

function cheapestSizes(pods: readonly PlannedPods[], problem: PoolProblem) {
  const sums = demandSums(pods, problem);
  return problem.sizes
    .map((size) => ({ size, estimate: fewestNodes(sums, size, problem.zones) * size.hourlyMicros }))
    .filter(({ estimate }) => Number.isFinite(estimate))
    .toSorted((left, right) => left.estimate - right.estimate)
    .slice(0, sizesOfPart);
}

function estimateOf(pods: readonly PlannedPods[], size: PoolSize, problem: PoolProblem): number {
  return fewestNodes(demandSums(pods, problem), size, problem.zones) * size.hourlyMicros;
}

function ratioOf({ size }: PlannedPods): number {
  return (size[1] ?? 0) / Math.max(1, size[0] ?? 0);
}

function keyOf({ parts }: EstimatedSplit): string {
  return parts
    .map(({ pods, size }) => `${size.size.name} ${podsKey(pods)}`)
    .toSorted()
    .join("\n\n");
}

function podsKey(pods: readonly PlannedPods[]): string {
  return pods
    .map(({ id }) => id)
    .toSorted()
    .join("\n");
}
