import { describe, expect, test } from "vitest";
import type { NodeId } from "../fault-tree/fault-tree.ts";
import { FaultTreeSolver } from "../fault-tree/solver.ts";
import { EventBook } from "../from-estate/event-book.ts";
import { standardError } from "./interval-estimate.ts";
import { readJourneyStructure } from "./journey-structure.ts";
import { randomStream } from "./random-stream.ts";
import { asTheTreeHasIt } from "./relocation.ts";
import type { RepairShape } from "./renewal.ts";
import { HOURS_PER_YEAR, simulateFailures } from "./simulate-failures.ts";

const YEARS = 12;

/** A tree of shared events with gates of every kind; events are down often, so that few years say much. */
function randomBook(seed: number): { readonly book: EventBook; readonly top: NodeId } {
  const draw = randomStream(seed, "tree");
  const between = (least: number, most: number) => least + Math.floor(draw() * (most - least + 1));
  const book = new EventBook();
  const nodes: NodeId[] = Array.from({ length: between(5, 9) }, (_, index) => {
    const unavailability = 0.02 + 0.25 * draw();
    const repairHours = 0.5 + 2 * draw();
    return book.node(`event ${index}`, () => ({
      label: `event ${index}`,
      category: "node",
      unavailability,
      repairHours,
      frequencyPerHour: unavailability / repairHours,
      clause: "",
      reasons: [],
    }));
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

/** How many standard errors the simulated share of time lies from the exact one, times `error` for a wrong formula. */
function distance(seed: number, repair: RepairShape, error = 1): number | undefined {
  const { book, top } = randomBook(seed);
  const solver = new FaultTreeSolver(book.tree);
  const solution = solver.evaluate(solver.compile(top), book.unavailabilities());
  if (solution.kind !== "exact" || solution.probability < 1e-3 || solution.probability > 0.999) return undefined;
  const { records } = simulateFailures(book, [readJourneyStructure(book, top)], new Map(), {
    seed: seed + 1,
    years: YEARS,
    repair,
    relocations: asTheTreeHasIt,
    newNode: { medianSeconds: 0, p95Seconds: 0 },
    mostEvents: 10_000_000,
  });
  const hours = records[0]?.hoursByYear ?? [];
  // Years are few: weeks would be as independent, but the spread of years is known well enough over many trees.
  const mean = hours.reduce((sum, each) => sum + each, 0) / hours.length;
  const spread = standardError(hours, mean);
  return spread === 0 ? undefined : (mean - solution.probability * error * HOURS_PER_YEAR) / spread;
}

/** Mean of the distances over many trees, in standard errors of that mean. Of t with n - 1 freedom: variance (n-1)/(n-3). */
function pooled(distances: readonly number[]): number {
  const mean = distances.reduce((sum, each) => sum + each, 0) / distances.length;
  return mean / Math.sqrt((YEARS - 1) / (YEARS - 3) / distances.length);
}

function distancesOf(trees: number, repair: RepairShape, error?: number): readonly number[] {
  return Array.from({ length: trees }, (_, index) => distance(1000 + index, repair, error)).flatMap((d) => d ?? []);
}

describe("where nothing is rescheduled the simulation is a second way to the exact figure", () => {
  test.each(["exponential", "lognormal"] as const)("%s repairs", (repair) => {
    const distances = distancesOf(40, repair);
    expect(distances.length).toBeGreaterThan(25);
    expect(Math.max(...distances.map(Math.abs))).toBeLessThan(5);
    expect(Math.abs(pooled(distances))).toBeLessThan(3);
  });

  test("a formula that is wrong by one in a hundred is seen", () => {
    expect(pooled(distancesOf(40, "exponential", 1.01))).toBeLessThan(-4);
    expect(pooled(distancesOf(40, "exponential", 0.99))).toBeGreaterThan(4);
  });
});
