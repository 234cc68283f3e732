import { type Figure, likelyValue, notEvaluableFigure, type Reason } from "../estate/figures/figure.ts";
import type { Journey } from "../estate/model/application.ts";
import type { CutSet, JourneyAvailability } from "./availability-report.ts";
import { rankEvents, toEventImportance } from "./event-ranking.ts";
import type { MinimalCutSet } from "./fault-tree/cut-sets.ts";
import type { Solution } from "./fault-tree/solver.ts";
import type { FaultModel } from "./from-estate/fault-model.ts";
import type { JourneyScope } from "./from-estate/serving-failure.ts";
import { downtimeFigure, eventFigure, structuralReasons, unavailabilityFigure } from "./journey-figures.ts";
import { downtimeParts } from "./planned/downtime-parts.ts";
import { plannedDowntime } from "./planned/planned-downtime.ts";
import { journeyRecovery } from "./recovery/journey-recovery.ts";
import { reportWorstCase } from "./report-worst-case.ts";
import { type JourneySolution, type JourneySolver, type JourneyTree, MAXIMUM_SINGLE } from "./solve-journey.ts";
import { cutSetInWords } from "./words/cut-set-words.ts";

const MAXIMUM_IMPORTANCE = 40;
const MAXIMUM_SINGLE_SHOWN = 60;
/** Events that a figure unfolds to. */
const MAXIMUM_REASONS = 12;
const HOURS_PER_YEAR = 8_766;
const UNAVAILABILITY = "share of time that the journey is down";
const DOWNTIME = "downtime in an average month";

/**
 * A journey as people and programs read it. Where something is missing the figures are not evaluable; the known part is
 * solved all the same, as what is missing can only add to it.
 */
export function reportJourney(
  model: FaultModel,
  solver: JourneySolver,
  tree: JourneyTree,
  label: string,
): JourneyAvailability {
  const { journey, scope } = tree;
  const id = `availability/${journey.id}`;
  const solution = solver.solve(tree);
  const { expected, cutSets } = solution;
  const planned = plannedDowntime(model, solver, solution, scope, id);
  const parts =
    planned === undefined || scope.missing.size > 0 ? undefined : downtimeParts(model, solver, solution, planned, id);
  const worstCase = reportWorstCase(solution, scope.groups.values(), id, journey.name);
  const describe = (set: MinimalCutSet) => describeCutSet(solver, set, journey.name, scope);
  const singles = cutSets?.single.map((set) => ({ events: solver.eventsOf(set), cutSet: describe(set) }));
  const isListed = singles !== undefined && singles.length < MAXIMUM_SINGLE;
  return {
    ...identity(journey, label, scope),
    ...figuresOf(model, journey, solution, scope, id),
    objectiveMet: isMet(journey, expected, scope.missing.size > 0),
    ...(worstCase === undefined ? {} : { worstCase }),
    ...(parts === undefined ? {} : { parts }),
    ...(planned === undefined ? {} : { planned }),
    recovery: journeyRecovery({ model, journey, scope, singles: isListed ? singles : undefined, id }),
    singlePointsOfFailure: singles?.slice(0, MAXIMUM_SINGLE_SHOWN).map(({ cutSet }) => cutSet) ?? [],
    cutSets: cutSets?.upToThree.map(describe) ?? [],
    cutSetCounts: cutSets?.counts.map(String) ?? [],
    importance: rankEvents(model.book, expected)
      .filter(({ event }) => event.category !== "window")
      .slice(0, MAXIMUM_IMPORTANCE)
      .map(toEventImportance),
  };
}

function identity(journey: Journey, label: string, scope: JourneyScope) {
  return {
    journey: journey.id,
    label,
    application: journey.application,
    environment: journey.environment,
    objective: journey.objective,
    workloads: [...scope.workloads].sort(),
  };
}

function figuresOf(model: FaultModel, journey: Journey, solution: JourneySolution, scope: JourneyScope, id: string) {
  const { expected, eventCount: events, diagramNodes, frequencyPerHour: frequency } = solution;
  const ranked = rankEvents(model.book, expected).slice(0, MAXIMUM_REASONS);
  const reasons: readonly Reason[] = [
    ...ranked.map(({ event, share }): Reason => ({ kind: "figure", figure: eventFigure(id, event, share) })),
    ...[...scope.groups.values()].flatMap(({ neededReasons }) => neededReasons),
    ...structuralReasons(model.failures),
  ];
  const solved = { events, diagramNodes };
  const part = scope.missing.size > 0 ? "/known-part" : "";
  const known = scope.missing.size > 0 ? ", as far as it is known: at least" : "";
  const unavailability = unavailabilityFigure(
    `${id}${part}/unavailability`,
    `${UNAVAILABILITY}${known}`,
    expected,
    solved,
    reasons,
  );
  const downtime = downtimeFigure(`${id}${part}/downtime`, `${DOWNTIME}${known}`, unavailability, expected);
  if (scope.missing.size > 0) return notEvaluable(scope, id, downtime);
  const q = certainUnavailability(expected);
  const minutes = likelyValue(downtime);
  const cost = journey.downtimeCostPerMinute;
  const outages =
    frequency === undefined || frequency <= 0
      ? {}
      : { outagesPerYear: frequency * HOURS_PER_YEAR, meanOutageMinutes: (q / frequency) * 60 };
  return {
    unavailability,
    downtimeMinutesPerMonth: downtime,
    nines: q > 0 ? -Math.log10(q) : undefined,
    downtimeCostMonthly: cost === undefined || minutes === undefined ? undefined : cost * minutes,
    ...outages,
    withoutCommonCause: unavailabilityFigure(
      `${id}/without-common-cause`,
      "share of time down if no cause were common to replicas",
      solution.withoutCommonCause,
      solved,
      [],
    ),
  };
}

function notEvaluable(scope: JourneyScope, id: string, known: Figure) {
  const missing = [...scope.missing].sort();
  const reasons: readonly Reason[] = [{ kind: "figure", figure: known }];
  return {
    unavailability: notEvaluableFigure(`${id}/unavailability`, UNAVAILABILITY, "ratio", missing, reasons),
    downtimeMinutesPerMonth: notEvaluableFigure(`${id}/downtime`, DOWNTIME, "minutes/month", missing, reasons),
    atLeast: known,
    nines: undefined,
    downtimeCostMonthly: undefined,
  };
}

function describeCutSet(solver: JourneySolver, set: MinimalCutSet, journey: string, scope: JourneyScope): CutSet {
  const events = solver.eventsOf(set);
  return {
    events: events.map(({ id }) => id),
    unavailability: set.probability,
    words: cutSetInWords(events, { journey, groups: scope.groups, regional: scope.regional }),
  };
}

/** An objective that the known part misses already is missed, whatever else is missing. */
function isMet({ objectiveUnavailability: allowed, objective }: Journey, solution: Solution, partial: boolean) {
  if (allowed === undefined) return objective === undefined ? undefined : "notEvaluable";
  const { lower, upper } =
    solution.kind === "exact" ? { lower: solution.probability, upper: solution.probability } : solution;
  if (lower > allowed) return false;
  return !partial && upper <= allowed ? true : "notEvaluable";
}

/** The value, or the end of the bounds that does not flatter. */
function certainUnavailability(solution: Solution): number {
  return solution.kind === "exact" ? solution.probability : solution.upper;
}
