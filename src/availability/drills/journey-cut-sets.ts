import type { Catalog } from "../../catalog/catalog.ts";
import type { Journey } from "../../estate/model/application.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { Placement } from "../../scheduling/placement.ts";
import { CutSets } from "../fault-tree/cut-sets.ts";
import { createFaultModel } from "../from-estate/fault-model.ts";
import { buildJourneyTrees, JourneySolver } from "../solve-journey.ts";
import { cutSetInWords } from "../words/cut-set-words.ts";
import { faultKey, faultOf, type InjectedFault, mergedFaults } from "./injected-fault.ts";
import { type FeltFailure, feltFailure } from "./recovery-times.ts";

/** A minimal cut set of order one or two of one journey, as something that can be brought about. */
export interface JourneyCutSet {
  readonly journey: Journey;
  /** Equal for cut sets that the same faults bring about. */
  readonly key: string;
  readonly faults: readonly InjectedFault[];
  /** Failures that it takes. */
  readonly order: number;
  /** Share of time that the set has the journey down. */
  readonly unavailability: number;
  /** Sum of the shares of time of its failures, whatever softens them. */
  readonly exposure: number;
  readonly felt: FeltFailure;
  readonly words: string;
}

/** Cut sets of one journey that are looked at. */
const mostSets = 600;
const mostSteps = 40_000;

/**
 * Cut sets of order one and two of the chosen journeys, the most probable first. A journey that is not evaluable gives
 * those of the part that is known, and says what it lacks.
 */
export function journeyCutSets(
  estate: Estate,
  placement: Placement,
  catalog: Catalog,
  chosen: ReadonlySet<string>,
): { readonly sets: readonly JourneyCutSet[]; readonly missing: ReadonlyMap<string, readonly string[]> } {
  const model = createFaultModel(estate, placement, catalog);
  const trees = buildJourneyTrees(model);
  const solver = new JourneySolver(model.book);
  const unavailabilities = model.book.unavailabilities();
  const missing = new Map<string, readonly string[]>();
  const sets = trees
    .filter(({ journey }) => chosen.has(journey.id))
    .flatMap(({ journey, scope, top }) => {
      if (scope.missing.size > 0) missing.set(journey.id, [...scope.missing].sort());
      const found = CutSets.of(solver.solveTop(top).compiled, new Map());
      const listed =
        found?.mostProbable({
          probabilities: unavailabilities,
          orderOf: (index) => orderOf(model.book.event(index)),
          maximumOrder: 2,
          maximumSets: mostSets,
          maximumSteps: mostSteps,
        }) ?? [];
      return listed.map((set): JourneyCutSet => {
        const events = solver.eventsOf(set);
        const failures = events.filter(({ category }) => category !== "window");
        const conditions = events.filter(({ category }) => category === "window");
        const faults = mergedFaults(failures.flatMap((event) => faultOf(event, scope.groups) ?? []));
        return {
          journey,
          key: faults.map(faultKey).join(" + "),
          faults,
          order: failures.reduce((sum, event) => sum + orderOf(event), 0),
          unavailability: set.probability,
          exposure: failures
            .filter(({ repairHours }) => repairHours !== undefined)
            .reduce((sum, { unavailability }) => sum + unavailability, 0),
          felt: feltFailure(failures, conditions, model.failures),
          words: cutSetInWords(events, { journey: journey.name, groups: scope.groups, regional: scope.regional }),
        };
      });
    });
  return { sets, missing };
}

function orderOf(event: { readonly category: string; readonly order?: number } | undefined): number {
  return event?.category === "window" ? 0 : (event?.order ?? 1);
}
