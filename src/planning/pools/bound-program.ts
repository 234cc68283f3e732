import type { MixedIntegerProgram } from "../../finops/commitments/mix/mixed-integer-solver.ts";
import { leastNodes, type PlannedPods, type PoolProblem, type PoolSize, planDimensions } from "./pool-problem.ts";

/** Prices in millionths of an hour, of the cheapest packing of all pods and of those that stand without a zone. */
export interface PackingBounds {
  readonly all: number;
  readonly kept: number;
}

/** Nodes of a size there are: all of it, those left without the fullest zone, and whether there are any. */
type Count = "nodes" | "left" | "used";

const mostNodes = 10_000;

/** The program of `boundPools`, whose docstring proves its rows. */
export function boundProgram(
  problem: PoolProblem,
  pods: readonly PlannedPods[],
  serving: readonly PlannedPods[],
  { all, kept }: PackingBounds,
): MixedIntegerProgram {
  const { sizes, zones, headroom, minimumNodes } = problem;
  const rows = new ProgramRows(sizes);
  const price = ({ hourlyMicros }: PoolSize) => hourlyMicros / 1_000;
  rows.atLeast(leastNodes(pods, problem), [["nodes", () => 1]]);
  if (all > 0) rows.atLeast(all / 1_000, [["nodes", price]]);
  demandRows(rows, pods, "nodes");
  const isStrict = minimumNodes > 1;
  for (const one of isStrict || headroom ? sizes : []) {
    const only = (value: number) => (size: PoolSize) => (size === one ? value : 0);
    if (isStrict) {
      rows.atLeast(0, [
        ["nodes", only(1)],
        ["used", only(-minimumNodes)],
      ]);
      rows.atLeast(0, [
        ["nodes", only(-1)],
        ["used", only(mostNodes)],
      ]);
    }
    if (headroom) {
      rows.atLeast(0, [
        ["nodes", only(zones - 1)],
        ["left", only(-zones)],
      ]);
    }
  }
  if (headroom) {
    if (kept > 0) rows.atLeast(kept / 1_000, [["left", price]]);
    demandRows(rows, serving, "left");
    boundToZoneRows(rows, pods, zones);
  }
  return rows.program();
}

/**
 * Pods whose disks are of one zone count where another zone is gone. Added up over the zones, the nodes that are left hold
 * each pod that moves in all cases and each that does not in all but one: (zones - 1) sum C n >= zones moving + (zones - 1)
 * bound, for any dimension and any number of large pods.
 */
function boundToZoneRows(rows: ProgramRows, pods: readonly PlannedPods[], zones: number): void {
  if (!pods.some(({ isServing, isZoneBound }) => isServing && isZoneBound)) return;
  const cases = pods
    .filter(({ isServing }) => isServing)
    .map((each) => ({ ...each, quantity: each.quantity * (each.isZoneBound ? zones - 1 : zones) }));
  const held = (size: PoolSize, large: readonly PlannedPods[]) => (zones - 1) * mostOfPods(large, size);
  for (const dimension of planDimensions.keys()) {
    const asked = totalOf(cases, dimension);
    const offered = ({ capacity }: PoolSize) => (zones - 1) * (capacity[dimension] ?? 0);
    if (asked > 0) rows.atLeast(1, [["nodes", (size) => offered(size) / asked]]);
  }
  for (const large of largePods(pods.filter(({ isServing }) => isServing))) {
    const ids = new Set(large.map(({ id }) => id));
    rows.atLeast(quantityOf(cases.filter(({ id }) => ids.has(id))), [["nodes", (size) => held(size, large)]]);
  }
}

/** That so many nodes hold so many pods: by the sum of each dimension, by numbers of large pods, and by limits per node. */
function demandRows(rows: ProgramRows, pods: readonly PlannedPods[], count: Count): void {
  for (const dimension of planDimensions.keys()) {
    const asked = totalOf(pods, dimension);
    if (asked > 0) rows.atLeast(1, [[count, ({ capacity }) => (capacity[dimension] ?? 0) / asked]]);
  }
  for (const large of largePods(pods)) {
    rows.atLeast(quantityOf(large), [[count, (size) => mostOfPods(large, size)]]);
  }
  for (const { quantity, perNode } of pods) {
    if (perNode !== undefined) rows.atLeast(Math.ceil(quantity / perNode), [[count, () => 1]]);
  }
}

/** The pods from some amount of CPU or memory on, for each amount that there is. */
function largePods(pods: readonly PlannedPods[]): readonly (readonly PlannedPods[])[] {
  const sets = new Map<string, readonly PlannedPods[]>();
  for (const dimension of [0, 1]) {
    for (const amount of new Set(pods.map(({ size }) => size[dimension] ?? 0))) {
      const large = pods.filter(({ size }) => (size[dimension] ?? 0) >= amount);
      sets.set(large.map(({ id }) => id).join("\n"), large);
    }
  }
  return [...sets.values()];
}

/**
 * No node of the size holds more of these pods: of those that fit at all, in each dimension by itself, smallest first, which
 * fills a node with the most pods that any choice could.
 */
function mostOfPods(pods: readonly PlannedPods[], { capacity }: PoolSize): number {
  const fitting = pods.filter(({ size }) => size.every((amount, dimension) => amount <= (capacity[dimension] ?? 0)));
  const available = ({ quantity, perNode }: PlannedPods) => Math.min(quantity, perNode ?? quantity);
  let most = fitting.reduce((sum, each) => sum + available(each), 0);
  for (const [dimension, offered] of capacity.entries()) {
    const amountOf = ({ size }: PlannedPods) => size[dimension] ?? 0;
    let free = offered;
    let held = 0;
    for (const each of fitting.toSorted((left, right) => amountOf(left) - amountOf(right))) {
      const amount = amountOf(each);
      const more = amount > 0 ? Math.min(available(each), Math.floor(free / amount)) : available(each);
      held += more;
      free -= more * amount;
      if (more < available(each)) break;
    }
    most = Math.min(most, held);
  }
  return most;
}

function totalOf(pods: readonly PlannedPods[], dimension: number): number {
  return pods.reduce((sum, { size, quantity }) => sum + (size[dimension] ?? 0) * quantity, 0);
}

function quantityOf(pods: readonly PlannedPods[]): number {
  return pods.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** Rows over three columns for each size. */
class ProgramRows {
  readonly #sizes: readonly PoolSize[];
  readonly #bounds: { readonly lower: number; readonly upper: number }[] = [];
  readonly #columns: Readonly<Record<Count, readonly Map<number, number>[]>>;

  constructor(sizes: readonly PoolSize[]) {
    const empty = () => sizes.map(() => new Map<number, number>());
    this.#sizes = sizes;
    this.#columns = { nodes: empty(), left: empty(), used: empty() };
  }

  atLeast(lower: number, terms: readonly (readonly [Count, (size: PoolSize) => number])[]): void {
    const row = this.#bounds.push({ lower, upper: Number.POSITIVE_INFINITY }) - 1;
    for (const [count, amountOf] of terms) {
      for (const [index, size] of this.#sizes.entries()) {
        const value = amountOf(size);
        if (value !== 0) this.#columns[count][index]?.set(row, value);
      }
    }
  }

  program(): MixedIntegerProgram {
    const columnsOf = (count: Count) =>
      this.#sizes.map(({ hourlyMicros }, index) => {
        const own = this.#columns[count][index] ?? new Map<number, number>();
        return {
          cost: count === "nodes" ? hourlyMicros : 0,
          upper: count === "used" ? 1 : mostNodes,
          isInteger: true,
          rows: [...own.keys()],
          values: [...own.values()],
        };
      });
    return { rows: this.#bounds, columns: [...columnsOf("nodes"), ...columnsOf("left"), ...columnsOf("used")] };
  }
}
