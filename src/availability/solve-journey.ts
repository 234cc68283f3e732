import type { Journey } from "../estate/model/application.ts";
import { CutSets, type MinimalCutSet } from "./fault-tree/cut-sets.ts";
import type { Diagram } from "./fault-tree/diagram.ts";
import { DiagramCache } from "./fault-tree/diagram-cache.ts";
import type { NodeId } from "./fault-tree/fault-tree.ts";
import {
  type CompiledTree,
  defaultSolverOptions,
  FaultTreeSolver,
  type Solution,
  topFrequency,
} from "./fault-tree/solver.ts";
import type { BasicEvent, EventBook } from "./from-estate/event-book.ts";
import type { FaultModel } from "./from-estate/fault-model.ts";
import { journeyFailure } from "./from-estate/journey-failure.ts";
import { emptyScope, type JourneyScope, ServingFailures } from "./from-estate/serving-failure.ts";
import type { GroupReading } from "./from-estate/workload-group.ts";

/** A journey with its top events, before anything is solved. */
export interface JourneyTree {
  readonly journey: Journey;
  readonly scope: JourneyScope;
  readonly top: NodeId;
  /** The same with replicas as badly placed as their constraints allow. */
  readonly worstTop: NodeId;
}

/** Builds the trees of all journeys in one book, so that what they share exists once. */
export function buildJourneyTrees(model: FaultModel): readonly JourneyTree[] {
  const readings = new Map<string, GroupReading>();
  const expected = new ServingFailures(model, "expected", readings);
  const worst = new ServingFailures(model, "worst", readings);
  return model.estate.journeys.map((journey) => {
    const scope = emptyScope();
    const top = journeyFailure(model, expected, journey, scope);
    return { journey, scope, top, worstTop: journeyFailure(model, worst, journey, emptyScope()) };
  });
}

export interface CutSetListing {
  readonly single: readonly MinimalCutSet[];
  readonly upToThree: readonly MinimalCutSet[];
  /** Of the sets that can happen, listed or not; index 0 is order 1. */
  readonly counts: readonly bigint[];
}

/** What is known of one top event. */
export interface TopSolution {
  /** To evaluate it again with other probabilities. */
  readonly compiled: CompiledTree;
  readonly expected: Solution;
  /** Per hour; undefined where only bounds are known. */
  readonly frequencyPerHour: number | undefined;
  /** Undefined where there are too many. */
  readonly cutSets: CutSetListing | undefined;
  /** Decision diagram nodes of the expected case. */
  readonly diagramNodes: number;
  readonly eventCount: number;
}

/** What is known of one journey's top event. */
export interface JourneySolution extends TopSolution {
  readonly withoutCommonCause: Solution;
  readonly worst: Solution;
}

/** Cut sets of one failure that are listed; fewer than this are all of them. */
export const MAXIMUM_SINGLE = 500;
const MAXIMUM_LISTED = 20;
const MAXIMUM_ORDER = 3;
/** Partial cut sets that one listing may look at. */
const MAXIMUM_STEPS = 20_000;

/** Solves journeys of one book; equal trees are compiled once. */
export class JourneySolver {
  readonly #book: EventBook;
  readonly #solver: FaultTreeSolver;
  readonly #setDiagrams = new Map<Diagram, Diagram | undefined>();
  readonly #unavailabilities: Float64Array;
  readonly #withoutCommonCause: Float64Array;
  readonly #frequencies: Float64Array;

  /** To be made once all trees are built: it takes the probabilities as they are. */
  constructor(book: EventBook, diagrams: DiagramCache = new DiagramCache()) {
    this.#book = book;
    this.#solver = new FaultTreeSolver(book.tree, defaultSolverOptions, diagrams);
    this.#unavailabilities = book.unavailabilities();
    this.#withoutCommonCause = book.unavailabilitiesWithoutCommonCause();
    this.#frequencies = book.frequencies();
  }

  solve({ top, worstTop }: JourneyTree): JourneySolution {
    const solution = this.solveTop(top);
    const { compiled, expected } = solution;
    const withoutCommonCause = this.#solver.evaluate(compiled, this.#withoutCommonCause);
    const worst =
      worstTop === top ? expected : this.#solver.evaluate(this.#solver.compile(worstTop), this.#unavailabilities);
    return { ...solution, withoutCommonCause, worst };
  }

  solveTop(top: NodeId): TopSolution {
    const compiled = this.#solver.compile(top);
    const expected = this.#solver.evaluate(compiled, this.#unavailabilities);
    return {
      compiled,
      expected,
      frequencyPerHour: expected.kind === "exact" ? topFrequency(expected.birnbaum, this.#frequencies) : undefined,
      cutSets: this.#listCutSets(compiled),
      diagramNodes: compiled.modules.reduce((sum, { diagram }) => sum + (diagram?.size ?? 0), 0),
      eventCount: countEvents(compiled),
    };
  }

  /** The same top event where some events hold, or do not: a cofactor of its diagram. By index of event. */
  given({ compiled }: TopSolution, forced: ReadonlyMap<number, number>): Solution {
    const unavailabilities = this.#unavailabilities.slice();
    for (const [event, probability] of forced) unavailabilities[event] = probability;
    return this.#solver.evaluate(compiled, unavailabilities);
  }

  /** Events of a cut set, failures before conditions. */
  eventsOf({ events }: MinimalCutSet): readonly BasicEvent[] {
    const found = events.flatMap((index) => this.#book.event(index) ?? []);
    return [
      ...found.filter(({ category }) => category !== "window"),
      ...found.filter(({ category }) => category === "window"),
    ];
  }

  #listCutSets(compiled: CompiledTree): CutSetListing | undefined {
    const sets = CutSets.of(compiled, this.#setDiagrams);
    if (sets === undefined) return undefined;
    const orderOf = (index: number) => {
      const event = this.#book.event(index);
      return event?.category === "window" ? 0 : (event?.order ?? 1);
    };
    const query = { probabilities: this.#unavailabilities, orderOf, maximumSteps: MAXIMUM_STEPS };
    return {
      single: sets.mostProbable({ ...query, maximumOrder: 1, maximumSets: MAXIMUM_SINGLE }),
      upToThree: sets.mostProbable({ ...query, maximumOrder: MAXIMUM_ORDER, maximumSets: MAXIMUM_LISTED }),
      // What never happens is not listed either.
      counts: sets.countsByOrder(orderOf, (index) => (this.#unavailabilities[index] ?? 0) > 0).slice(1),
    };
  }
}

function countEvents({ modules, trivial }: CompiledTree): number {
  if (trivial !== undefined) return "event" in trivial ? 1 : 0;
  return modules.reduce((sum, { leaves }) => sum + leaves.filter((leaf) => "event" in leaf).length, 0);
}
