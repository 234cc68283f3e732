import { describe, expect, test } from "vitest";
import type { NodeId } from "../fault-tree/fault-tree.ts";
import { FaultTreeSolver } from "../fault-tree/solver.ts";
import { EventBook } from "../from-estate/event-book.ts";
import { standardError } from "./interval-estimate.ts";
import { randomStream } from "./random-stream.ts";
import type { RepairShape } from "./renewal.ts";
import { HOURS_PER_YEAR } from "./simulate-failures.ts";
import { givenFailure, simulateTop } from "./testing/given-book.ts";

const TREES = 40;
const YEARS = 12;

/** A tree of shared events with gates of every kind; events are down often, so that few years say much. */
function randomBook(seed: number): { readonly book: EventBook; readonly top: NodeId } {
  const draw = randomStream(seed, "tree");
  const between = (least: number, most: number) => least + Math.floor(draw() * (most - least + 1));
  const book = new EventBook();
  const nodes: NodeId[] = Array.from({ length: between(5, 9) }, (_, index) => {
    const unavailability = 0.02 + 0.25 * draw();
    const repairHours = 0.5 + 2 * draw();
    return givenFailure(book, `event ${index}`, unavailability, repairHours);
  });
  const pick = () => nodes[between(0, nodes.length - 1)] ?? 0;
  for (let gate = between(4, 8); gate > 0; gate -= 1) {
    const members = Array.from({ length: between(2, 4) }, pick);
    const kind = between(0, 3);
    if (kind === 0) nodes.push(book.tree.and(members));
    else if (kind === 1) nodes.push(book.tree.or(members));
    else if (kind === 2) nodes.push(book.tree.atLeast(2, members, [1, 1, 2, 1].slice(0, members.length)));
    else nodes.push(book.tree.xor(members[0] ?? 0, members[1] ?? 0));
  }
  return { book, top: book.tree.or(nodes.slice(-2)) };
}

/** A share of time, simulated and exact. */
interface Comparison {
  readonly mean: number;
  readonly standardError: number;
  readonly exact: number;
}

function compare(seed: number, repair: RepairShape): Comparison | undefined {
  const { book, top } = randomBook(seed);
  const solver = new FaultTreeSolver(book.tree);
  const solution = solver.evaluate(solver.compile(top), book.unavailabilities());
  if (solution.kind !== "exact" || solution.probability < 1e-3 || solution.probability > 0.999) return undefined;
  const { records } = simulateTop(book, top, { seed: seed + 1, years: YEARS, repair });
  const shares = (records[0]?.hoursByYear ?? []).map((hours) => hours / HOURS_PER_YEAR);
  const mean = shares.reduce((sum, each) => sum + each, 0) / shares.length;
  const spread = standardError(shares, mean);
  return spread === 0 ? undefined : { mean, standardError: spread, exact: solution.probability };
}

function compareTrees(repair: RepairShape): readonly Comparison[] {
  return Array.from({ length: TREES }, (_, index) => compare(1000 + index, repair)).flatMap((each) => each ?? []);
}

/** How many standard errors the simulated share lies from the exact one, which is multiplied for a wrong formula. */
function distances(comparisons: readonly Comparison[], error = 1): readonly number[] {
  return comparisons.map(({ mean, standardError: spread, exact }) => (mean - exact * error) / spread);
}

/** Mean of the distances over many trees, in standard errors of that mean. Of t with n - 1 freedom: variance (n-1)/(n-3). */
function pooled(found: readonly number[]): number {
  const mean = found.reduce((sum, each) => sum + each, 0) / found.length;
  return mean / Math.sqrt((YEARS - 1) / (YEARS - 3) / found.length);
}

describe("where nothing is rescheduled the simulation is a second way to the exact figure", () => {
  test.each(["exponential", "lognormal"] as const)("%s repairs", (repair) => {
    const found = distances(compareTrees(repair));
    expect(found.length).toBeGreaterThan(25);
    expect(Math.max(...found.map(Math.abs))).toBeLessThan(5);
    expect(Math.abs(pooled(found))).toBeLessThan(3);
  });

  test("a formula that is wrong by one in a hundred is seen", () => {
    const comparisons = compareTrees("exponential");
    expect(pooled(distances(comparisons, 1.01))).toBeLessThan(-4);
    expect(pooled(distances(comparisons, 0.99))).toBeGreaterThan(4);
  });
});
