import { demandSums, fewestNodes } from "./demand-sums.ts";
import { podsWithoutOneZone } from "./pack-pool.ts";
import { type PlannedPods, type PoolProblem, type PoolSize, planDimensions, type SolvedPool } from "./pool-problem.ts";
import { nodesForZoneLoss, nodesWithoutFullestZone } from "./zone-loss.ts";

/** A pool of a size with so many nodes, before anything is dealt to it. */
export interface EmptyPool {
  readonly size: PoolSize;
  readonly nodes: number;
}

/** Two or three sizes with as many nodes of each as the sums of the pods ask for. */
export interface Composition {
  readonly pools: readonly EmptyPool[];
  readonly micros: number;
}

/** Pairs from whose sizes triples are made, and the most sizes that they may have together. */
const bestPairs = 16;
const sizesOfTriples = 6;
/** Sizes that are paired, of those that cost least alone. */
const sizesOfPairs = 24;
/** Compositions that are dealt to, and how many nodes of one size are counted through at the most. */
const dealtTo = 60;
const priceStep = 0.003;
const mostOfAPrice = 4;
const mostOfAPriceAtChance = 8;
const mostCounted = 120;
/** Nodes beyond those that sums ask for, of one of the sizes. */
const mostSpare = 2;

/**
 * Pools of two or three sizes that the sums of the pods allow, the cheapest first, each workload dealt to the pool whose free
 * room its proportions are most like. Sums are no packing and no schedule: the scheduler says which of them hold.
 */
export function poolCompositions(problem: PoolProblem, most: number): readonly (readonly SolvedPool[])[] {
  const sorted = compositionsBelow(problem, most, 0);
  return apartInPrice(sorted, sorted[0]?.micros, mostOfAPrice)
    .slice(0, dealtTo)
    .flatMap(({ pools }) => {
      const dealt = dealtPods(pools, problem);
      return dealt === undefined ? [] : [dealt];
    });
}

/** Pools of two or three sizes that sums allow, some with nodes to spare, the cheapest first; nothing is dealt to them. */
export function cheapestCompositions(problem: PoolProblem, most: number): readonly Composition[] {
  const all = compositionsBelow(problem, most, mostSpare);
  const fewPools = all.toSorted((left, right) => left.pools.length - right.pools.length);
  return apartInPrice(fewPools, all[0]?.micros, mostOfAPriceAtChance).toSorted(
    (left, right) => left.micros - right.micros,
  );
}

function compositionsBelow(problem: PoolProblem, most: number, spare: number): readonly Composition[] {
  const asked = askedOf(problem);
  const sums = demandSums(problem.pods, problem);
  const alone = (size: PoolSize) => fewestNodes(sums, size, problem.zones) * size.hourlyMicros;
  const sizes = problem.sizes.toSorted((left, right) => order(alone(left), alone(right))).slice(0, sizesOfPairs);
  const countsFor = (chosen: readonly PoolSize[]) => countsOf(chosen, asked, problem, spare);
  const pairs = cheapest(
    sizes.flatMap((left, index) => sizes.slice(index + 1).flatMap((right) => countsFor([left, right]))),
    most,
  );
  const used = [...new Set(pairs.slice(0, bestPairs).flatMap(({ pools }) => pools.map(({ size }) => size)))];
  const few = used.slice(0, sizesOfTriples);
  const triples = few.flatMap((first, index) =>
    few.flatMap((second, other) =>
      few.slice(other + 1).flatMap((third) => (other > index ? countsFor([first, second, third]) : [])),
    ),
  );
  return cheapest([...pairs, ...triples], most);
}

/** Infinite prices are equal. */
function order(left: number, right: number): number {
  return left === right ? 0 : left - right;
}

function cheapest(compositions: readonly Composition[], most: number): readonly Composition[] {
  return compositions.filter(({ micros }) => micros < most).toSorted((left, right) => left.micros - right.micros);
}

/** Of prices that are nearly the same a few: what the scheduler refuses at one price it refuses at the next, too. */
function apartInPrice(
  compositions: readonly Composition[],
  lowest: number | undefined,
  most: number,
): readonly Composition[] {
  const counts = new Map<number, number>();
  return compositions.filter(({ micros }) => {
    const step = Math.floor((micros / (lowest ?? 1) - 1) / priceStep);
    counts.set(step, (counts.get(step) ?? 0) + 1);
    return (counts.get(step) ?? 0) <= most;
  });
}

/** What is asked in each dimension, at rest and with a zone gone. */
interface Asked {
  readonly atRest: readonly number[];
  readonly kept: readonly number[] | undefined;
}

function askedOf({ pods, headroom, zones }: PoolProblem): Asked {
  const sums = (each: readonly PlannedPods[]) =>
    planDimensions.map((_, dimension) =>
      each.reduce((sum, { size, quantity }) => sum + (size[dimension] ?? 0) * quantity, 0),
    );
  return { atRest: sums(pods), kept: headroom ? sums(podsWithoutOneZone(pods, zones)) : undefined };
}

/** All counts of the first sizes, with the fewest nodes of the last that make them enough. */
function countsOf(
  sizes: readonly PoolSize[],
  asked: Asked,
  problem: PoolProblem,
  spare: number,
): readonly Composition[] {
  const found: Composition[] = [];
  const [last] = sizes.slice(-1);
  if (last === undefined) return [];
  const fewest = Math.max(1, problem.minimumNodes);
  const fill = (pools: readonly EmptyPool[]) => {
    const next = sizes[pools.length];
    if (next === undefined) return;
    const needed = nodesMore(next, pools, asked, problem);
    if (next === last) {
      for (let more = 0; needed > 0 && more <= spare; more += 1) {
        const all = [...pools, { size: next, nodes: Math.max(fewest, needed) + more }];
        found.push({ pools: all, micros: all.reduce((sum, each) => sum + microsOf(each), 0) });
      }
      return;
    }
    for (let nodes = fewest; nodes < Math.min(needed, mostCounted); nodes += 1) fill([...pools, { size: next, nodes }]);
  };
  fill([]);
  return found;
}

function microsOf({ size, nodes }: EmptyPool): number {
  return nodes * size.hourlyMicros;
}

/** Nodes of a size that make what is there enough, by sums; infinite where no number does. */
function nodesMore(size: PoolSize, pools: readonly EmptyPool[], { atRest, kept }: Asked, problem: PoolProblem): number {
  const { zones } = problem;
  const lacking = (asked: readonly number[], countOf: (pool: EmptyPool) => number) => {
    let more = 0;
    for (const [dimension, amount] of asked.entries()) {
      const there = pools.reduce((sum, pool) => sum + countOf(pool) * (pool.size.capacity[dimension] ?? 0), 0);
      if (amount > there) more = Math.max(more, Math.ceil((amount - there) / (size.capacity[dimension] ?? 0)));
    }
    return more;
  };
  const left = kept === undefined ? 0 : lacking(kept, ({ nodes }) => nodesWithoutFullestZone(nodes, zones));
  const withZoneLoss = Number.isFinite(left) ? nodesForZoneLoss(left, zones) : undefined;
  return Math.max(
    lacking(atRest, ({ nodes }) => nodes),
    withZoneLoss ?? Number.POSITIVE_INFINITY,
  );
}

/** Whole workloads, the largest first, each to the pool with room by sums whose free room is most like it. */
function dealtPods(pools: readonly EmptyPool[], problem: PoolProblem): readonly SolvedPool[] | undefined {
  const dealt = pools.map(({ size, nodes }) => ({ size, nodes, pods: [] as PlannedPods[] }));
  const scale = planDimensions.map((_, dimension) =>
    Math.max(1, ...pools.map(({ size, nodes }) => (size.capacity[dimension] ?? 0) * nodes)),
  );
  const share = (amounts: readonly number[]) =>
    [0, 1].map((dimension) => (amounts[dimension] ?? 0) / (scale[dimension] ?? 1));
  const weight = ({ size, quantity }: PlannedPods) => Math.max(...share(size)) * quantity;
  const ordered = problem.pods.toSorted((left, right) => weight(right) - weight(left) || (left.id < right.id ? -1 : 1));
  for (const each of ordered) {
    const free = ({ size, nodes, pods }: (typeof dealt)[number]) =>
      share(
        size.capacity.map(
          (capacity, dimension) =>
            capacity * (problem.headroom ? nodesWithoutFullestZone(nodes, problem.zones) : nodes) -
            pods.reduce((sum, { size: own, quantity }) => sum + (own[dimension] ?? 0) * quantity, 0),
        ),
      );
    const fits = ({ size, nodes, pods }: (typeof dealt)[number]) =>
      fewestNodes(demandSums([...pods, each], problem), size, problem.zones) <= nodes;
    const likeness = (pool: (typeof dealt)[number]) => likenessOf(share(each.size), free(pool));
    const [target] = dealt.filter(fits).toSorted((left, right) => likeness(right) - likeness(left));
    if (target === undefined) return undefined;
    target.pods.push(each);
  }
  if (dealt.some(({ pods }) => pods.every(({ quantity }) => quantity === 0))) return undefined;
  return dealt.map(({ size, nodes, pods }) => ({ size, nodes, pods, added: 0 }));
}

/** Cosine of the angle between two amounts; less than any where nothing is free. */
function likenessOf(left: readonly number[], right: readonly number[]): number {
  const product = left.reduce((sum, amount, dimension) => sum + amount * (right[dimension] ?? 0), 0);
  const length = (amounts: readonly number[]) => Math.hypot(...amounts);
  return product / Math.max(1e-12, length(left) * length(right));
}
