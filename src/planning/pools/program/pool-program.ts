import type { MixedIntegerProgram } from "../../../finops/commitments/mix/mixed-integer-solver.ts";
import { type PlannedPods, type PoolProblem, type PoolSize, planDimensions } from "../pool-problem.ts";
import { nodesInZone } from "../zone-loss.ts";
import { isWhole, type PodGroup, podGroups } from "./pod-groups.ts";
import { ProgramColumns, type Term } from "./program-columns.ts";

/** Prices in millionths of an hour, of the cheapest packing of all pods and of those that stand without a zone. */
export interface PackingPrices {
  readonly all: number;
  readonly kept: number;
}

/** What is known of the answer beforehand, and how much room is left on each node. */
interface ProgramOptions {
  readonly packings: PackingPrices;
  /** Only pools that cost no more are of interest. */
  readonly mostMicros: number;
  /** Share of the largest pod that stays free on each node, in each dimension; 0 for a bound. */
  readonly margin: number;
  /** What each pool costs beside its nodes; 0 for a bound. */
  readonly poolMicros: number;
}

/** What the values of the program's columns mean. */
export interface PoolProgram {
  readonly program: MixedIntegerProgram;
  readonly groups: readonly PodGroup[];
  /** Nodes of a size, by its position. */
  readonly nodesOf: (values: ArrayLike<number>, size: number) => number;
  /** Units of a group on a size, by their positions. */
  readonly dealtOf: (values: ArrayLike<number>, group: number, size: number) => number;
}

/** Columns of one size. */
interface SizeColumns {
  readonly size: PoolSize;
  /** Pools of so many nodes. */
  readonly pools: readonly { readonly column: number; readonly nodes: number }[];
  /** A node more in every zone for a pool of the size. */
  readonly rounds: number;
  /** Units by group; undefined where a pod fits no node of the size. */
  readonly dealt: readonly (number | undefined)[];
  /** Pods by group and by the zone of their disks. */
  readonly bound: readonly (readonly number[])[];
}

/** Costs are in thousandths of what the plan counts in, so that the solver's tolerances suit them. */
export const microsOfCost = 1_000;
const unlimited = 100_000;

/**
 * Pools for the pods at least cost: how many pools of each size and number of nodes, and to which size each workload is
 * dealt. Every structure whose workloads have one pool each meets its rows, so that without margin the optimum is a bound:
 *
 * - A pool of n nodes has n / zones of them in each, the first zones one more where that is no whole number. Beyond the most
 *   nodes that pods ask for, pools grow by a node in every zone.
 * - A workload is dealt to a size that has a pool of as many nodes as it asks for.
 * - In each dimension, the nodes of a size hold what is dealt to it; with any zone gone, those that are left hold what has to
 *   stand: of pods whose disks are of one zone those of other zones, wherever their disks are.
 * - Sums of whole pods fill no node beyond a multiple of their common divisor (`usable`). Counted in whole multiples of the
 *   amount of some pod, rounded down for pods and for nodes, they fit as well.
 * - All nodes cost at least what the cheapest packing costs; so do those that are left, for what has to stand.
 */
export function poolProgram(problem: PoolProblem, pods: readonly PlannedPods[], options: ProgramOptions): PoolProgram {
  const groups = podGroups(pods, problem);
  const columns = new ProgramColumns();
  const sizes = problem.sizes.map((size) => sizeColumns(columns, size, groups, problem, options));
  for (const own of sizes) sizeRows(columns, own, groups, problem, options);
  for (const [index, { units }] of groups.entries()) {
    columns.row(
      units,
      units,
      ofAll(sizes, ({ dealt }) => oneTerm(dealt[index], 1)),
    );
  }
  packingRows(columns, sizes, problem, options);
  return {
    program: columns.program(),
    groups,
    nodesOf: (values, index) =>
      nodesLeft(sizes[index], undefined, problem.zones).reduce(
        (sum, [column, factor]) => sum + Math.round(values[column] ?? 0) * factor,
        0,
      ),
    dealtOf: (values, group, index) => values[sizes[index]?.dealt[group] ?? -1] ?? 0,
  };
}

function sizeColumns(
  columns: ProgramColumns,
  size: PoolSize,
  groups: readonly PodGroup[],
  problem: PoolProblem,
  { mostMicros, poolMicros }: ProgramOptions,
): SizeColumns {
  const { zones, headroom, minimumNodes } = problem;
  const fewest = Math.max(1, minimumNodes);
  const most = Math.max(fewest, ...groups.map(({ leastNodes }) => leastNodes)) + zones - 1;
  const nodeColumn = (nodes: number, furtherMicros: number) => {
    const micros = nodes * size.hourlyMicros;
    const upper = micros > 0 ? Math.min(unlimited, Math.floor(mostMicros / micros + 1e-9)) : unlimited;
    return columns.add((micros + furtherMicros) / microsOfCost, upper, true);
  };
  const pools = Array.from({ length: most - fewest + 1 }, (_, index) => fewest + index).map((nodes) => ({
    nodes,
    column: nodeColumn(nodes, poolMicros),
  }));
  const whole = isWhole(groups.flatMap(({ workloads }) => workloads));
  const dealt = groups.map(({ like, units }) =>
    like.size.every((amount, dimension) => amount <= (size.capacity[dimension] ?? 0))
      ? columns.add(0, units, whole)
      : undefined,
  );
  const bound = groups.map(({ like, units, podsOfUnit }, index) =>
    headroom && like.isServing && like.isZoneBound && dealt[index] !== undefined
      ? Array.from({ length: zones }, () => columns.add(0, units * podsOfUnit, whole))
      : [],
  );
  return { size, pools, rounds: nodeColumn(zones, 0), dealt, bound };
}

/** Nodes of a size in terms of its pools: all, or those that are left with a zone gone. */
function nodesLeft(own: SizeColumns | undefined, gone: number | undefined, zones: number): readonly Term[] {
  if (own === undefined) return [];
  const left = (nodes: number) => nodes - (gone === undefined ? 0 : nodesInZone(nodes, gone, zones));
  return [...own.pools.map(({ column, nodes }): Term => [column, left(nodes)]), [own.rounds, left(zones)]];
}

function sizeRows(
  columns: ProgramColumns,
  own: SizeColumns,
  groups: readonly PodGroup[],
  problem: PoolProblem,
  { margin }: ProgramOptions,
): void {
  const { minimumNodes } = problem;
  const poolsFrom = (nodes: number, factor: number) =>
    own.pools.filter((pool) => pool.nodes >= nodes).map(({ column }): Term => [column, factor]);
  // Pools grow from the largest ones alone: smaller ones of as many nodes are columns themselves.
  const grown = Math.max(1, minimumNodes, ...groups.map(({ leastNodes }) => leastNodes));
  columns.atLeast(0, [...poolsFrom(grown, unlimited), [own.rounds, -1]]);
  for (const [index, { units, leastNodes, podsOfUnit, like }] of groups.entries()) {
    const column = own.dealt[index];
    if (column === undefined) continue;
    columns.atLeast(0, [...poolsFrom(leastNodes, units), [column, -1]]);
    const inZones = own.bound[index] ?? [];
    if (inZones.length > 0) columns.row(0, 0, [...inZones.map((zone): Term => [zone, 1]), [column, -podsOfUnit]]);
    if (like.perNode !== undefined)
      heldRows(columns, own, groups, problem, (_, other) => Number(other === index), like.perNode);
  }
  for (const dimension of planDimensions.keys()) {
    const asked = groups.reduce(
      (sum, { like, units, podsOfUnit }) => sum + (like.size[dimension] ?? 0) * units * podsOfUnit,
      0,
    );
    const amounts = new Set(groups.map(({ like }) => like.size[dimension] ?? 0).filter((amount) => amount > 0));
    const capacity = usable(own.size.capacity[dimension] ?? 0, amounts);
    // One node would hold all: other dimensions ask for one.
    if (asked <= Math.min(...problem.sizes.map((size) => size.capacity[dimension] ?? 0))) continue;
    const free = margin * Math.max(...amounts);
    const amountOf = ({ like }: PodGroup) => like.size[dimension] ?? 0;
    heldRows(columns, own, groups, problem, amountOf, Math.max(1, capacity - free));
    if (dimension > 1 || margin > 0) continue;
    for (const unit of amounts) {
      if (unit > capacity) continue;
      heldRows(
        columns,
        own,
        groups,
        problem,
        (group) => Math.floor(amountOf(group) / unit),
        Math.floor(capacity / unit),
      );
    }
  }
}

/** That the nodes of a size hold what is dealt to it by some measure, all together and with each zone gone. */
function heldRows(
  columns: ProgramColumns,
  own: SizeColumns,
  groups: readonly PodGroup[],
  { zones, headroom }: PoolProblem,
  measure: (group: PodGroup, index: number) => number,
  capacity: number,
): void {
  const terms = (of: (group: PodGroup, index: number) => readonly (readonly [number | undefined, number])[]) =>
    groups.flatMap((group, index) =>
      of(group, index).flatMap(([column, pods]) => oneTerm(column, (-pods * measure(group, index)) / capacity)),
    );
  columns.atLeast(0, [
    ...nodesLeft(own, undefined, zones),
    ...terms(({ podsOfUnit }, index) => [[own.dealt[index], podsOfUnit]]),
  ]);
  if (!headroom) return;
  const isBound = groups.some(({ like }) => like.isServing && like.isZoneBound);
  // The first zone is the fullest: without pods that are tied to a zone, its loss is the worst.
  for (let gone = 0; gone < (isBound ? zones : 1); gone += 1) {
    const standing = terms(({ like, podsOfUnit }, index) => {
      if (!like.isServing) return [];
      if (!like.isZoneBound) return [[own.dealt[index], podsOfUnit]];
      return (own.bound[index] ?? []).flatMap((column, zone) => (zone === gone ? [] : [[column, 1] as const]));
    });
    columns.atLeast(0, [...nodesLeft(own, gone, zones), ...standing]);
  }
}

function packingRows(
  columns: ProgramColumns,
  sizes: readonly SizeColumns[],
  { zones, headroom }: PoolProblem,
  { packings: { all, kept }, mostMicros }: ProgramOptions,
): void {
  const price = (gone: number | undefined) =>
    ofAll(sizes, (own) =>
      nodesLeft(own, gone, zones).map(
        ([column, nodes]): Term => [column, (nodes * own.size.hourlyMicros) / microsOfCost],
      ),
    );
  const upper = Number.isFinite(mostMicros) ? mostMicros / microsOfCost : Number.POSITIVE_INFINITY;
  columns.row(all / microsOfCost, upper, price(undefined));
  if (headroom && kept > 0) columns.atLeast(kept / microsOfCost, price(0));
}

/** The most of a node that whole pods fill: a multiple of the greatest common divisor of what they ask for. */
function usable(capacity: number, amounts: Iterable<number>): number {
  let divisor = 0;
  for (const amount of amounts) divisor = greatestCommonDivisor(amount, divisor);
  return divisor > 0 ? Math.floor(capacity / divisor) * divisor : capacity;
}

function greatestCommonDivisor(left: number, right: number): number {
  return right === 0 ? left : greatestCommonDivisor(right, left % right);
}

function ofAll(sizes: readonly SizeColumns[], termsOf: (own: SizeColumns) => readonly Term[]): readonly Term[] {
  return sizes.flatMap(termsOf);
}

function oneTerm(column: number | undefined, factor: number): readonly Term[] {
  return column === undefined ? [] : [[column, factor]];
}
