import type { Catalog } from "../../catalog/catalog.ts";
import { likelyValue } from "../../estate/figures/figure.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { Placement } from "../../scheduling/placement.ts";
import { DiagramCache } from "../fault-tree/diagram-cache.ts";
import { defaultSolverOptions, FaultTreeSolver, type Solution } from "../fault-tree/solver.ts";
import { createFaultModel, type FaultModel } from "../from-estate/fault-model.ts";
import { plannedDowntime } from "../planned/planned-downtime.ts";
import { buildJourneyTrees, JourneySolver, type JourneyTree } from "../solve-journey.ts";

/** What one event weighs in one journey. */
interface WeighedEvent {
  readonly id: string;
  /** Share of time that goes when it never happens: q dP/dq. */
  readonly weight: number;
}

/** A journey's share of time down, with as little besides as a comparison needs. */
export interface SolvedJourney {
  /** `environment/application/journey`. */
  readonly journey: string;
  /** Exact; undefined where only bounds are known. Of the part that is known, where something is missing. */
  readonly unavailability: number | undefined;
  /** With replicas as crowded as their constraints allow; undefined where it was not asked for. */
  readonly crowded: number | undefined;
  /** What upgrades of node pools add, in minutes a month; undefined where it was not asked for. */
  readonly upgradeMinutesPerMonth: number | undefined;
  readonly missing: readonly string[];
}

/** What is computed beside the share of time down, each of which takes as long again. */
export interface SolvedBeside {
  readonly crowded: boolean;
  readonly upgrades: boolean;
}

const nothingBeside: SolvedBeside = { crowded: false, upgrades: false };

/** Journeys with what candidates are drawn from. */
export interface WeighedJourney extends SolvedJourney {
  readonly events: readonly WeighedEvent[];
  /** Ids of workloads whose failure stops it, at once or after a buffer. */
  readonly workloads: readonly string[];
}

/**
 * The share of time that each journey of the estate is down, by the same trees as the report. One cache for an estate that
 * is solved again and again with one thing changed spares most of the work: most of its modules stay as they are.
 */
export function solveJourneys(
  estate: Estate,
  placement: Placement,
  catalog: Catalog,
  beside: SolvedBeside = nothingBeside,
  diagrams: DiagramCache = new DiagramCache(),
): readonly SolvedJourney[] {
  return eachJourney({ estate, placement, catalog }, beside, diagrams, (_, __, solved) => solved);
}

/** The same with what its events weigh. */
export function weighJourneys(
  estate: Estate,
  placement: Placement,
  catalog: Catalog,
  diagrams: DiagramCache = new DiagramCache(),
): readonly WeighedJourney[] {
  return eachJourney({ estate, placement, catalog }, nothingBeside, diagrams, (model, { tree, solution }, solved) => ({
    ...solved,
    events: weighEvents(model, solution),
    workloads: [...tree.scope.groups.keys()],
  }));
}

interface SolvedTree {
  readonly tree: JourneyTree;
  readonly solution: Solution;
}

interface PlacedEstate {
  readonly estate: Estate;
  readonly placement: Placement;
  readonly catalog: Catalog;
}

function eachJourney<Result>(
  { estate, placement, catalog }: PlacedEstate,
  beside: SolvedBeside,
  diagrams: DiagramCache,
  resultOf: (model: FaultModel, solved: SolvedTree, journey: SolvedJourney) => Result,
): readonly Result[] {
  const model = createFaultModel(estate, placement, catalog);
  const trees = buildJourneyTrees(model);
  const solver = new FaultTreeSolver(model.book.tree, defaultSolverOptions, diagrams);
  const journeySolver = beside.upgrades ? new JourneySolver(model.book, diagrams) : undefined;
  const unavailabilities = model.book.unavailabilities();
  return trees.map((tree) => {
    const solution = solver.evaluate(solver.compile(tree.top), unavailabilities);
    const isCrowded = beside.crowded && tree.worstTop !== tree.top;
    const crowded = isCrowded ? solver.evaluate(solver.compile(tree.worstTop), unavailabilities) : solution;
    return resultOf(
      model,
      { tree, solution },
      {
        journey: tree.journey.id,
        unavailability: exactOf(solution),
        crowded: beside.crowded ? exactOf(crowded) : undefined,
        upgradeMinutesPerMonth: journeySolver === undefined ? undefined : upgradeMinutes(model, journeySolver, tree),
        missing: [...tree.scope.missing].sort(),
      },
    );
  });
}

function upgradeMinutes(model: FaultModel, solver: JourneySolver, { top, scope, journey }: JourneyTree) {
  const planned = plannedDowntime(model, solver, solver.solveTop(top), scope, journey.id);
  const minutes = planned === undefined ? undefined : likelyValue(planned.addedMinutesPerYear);
  return minutes === undefined ? undefined : minutes / 12;
}

function exactOf(solution: Solution): number | undefined {
  return solution.kind === "exact" ? solution.probability : undefined;
}

function weighEvents({ book }: FaultModel, solution: Solution): readonly WeighedEvent[] {
  if (solution.kind !== "exact") return [];
  return [...solution.birnbaum].flatMap(([index, birnbaum]) => {
    const event = book.event(index);
    return event === undefined ? [] : [{ id: event.id, weight: event.unavailability * birnbaum }];
  });
}
