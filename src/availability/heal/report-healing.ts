import type { Reason } from "../../estate/figures/figure.ts";
import { rankEvents, toEventImportance } from "../event-ranking.ts";
import type { CutSet } from "../event-report.ts";
import type { MinimalCutSet } from "../fault-tree/cut-sets.ts";
import type { NodeId } from "../fault-tree/fault-tree.ts";
import type { BasicEvent } from "../from-estate/event-book.ts";
import type { FaultModel } from "../from-estate/fault-model.ts";
import { downtimeFigure, eventFigure, unavailabilityFigure } from "../journey-figures.ts";
import type { JourneySolver, TopSolution } from "../solve-journey.ts";
import { roughDuration } from "../words/duration-in-words.ts";
import { placeInWords } from "../words/place-in-words.ts";
import { listInWords } from "../words/weakness-in-words.ts";
import type { Ability, HealTree } from "./heal-tree.ts";
import type { ClusterHealing } from "./healing-report.ts";
import { roomShortages } from "./room-shortages.ts";

const MAXIMUM_IMPORTANCE = 20;
/** Events that a figure unfolds to. */
const MAXIMUM_REASONS = 12;

const abilities: readonly Ability[] = ["reschedule", "scale", "deploy"];

/** The top event `heal` of a cluster as people and programs read it. */
export function reportHealing(model: FaultModel, solver: JourneySolver, tree: HealTree): ClusterHealing {
  const { cluster } = tree;
  const id = `availability/heal/${cluster.name}`;
  const solution = solver.solveTop(tree.top);
  const states = new Map(abilities.map((ability) => [ability, solver.solveTop(tree.abilities[ability])]));
  const stops = (set: MinimalCutSet) =>
    abilities.filter((ability) => isStoppedBy(solver, states.get(ability), set.events));
  return {
    cluster: cluster.name,
    region: cluster.region,
    ...figuresOf(model, solution, id, "share of time that the cluster cannot reschedule, scale or deploy"),
    abilities: abilities.map((ability) => ({
      ability,
      ...abilityFigures(model, solver, tree.abilities[ability], `${id}/${ability}`, ability),
    })),
    singlePointsOfFailure:
      solution.cutSets?.single.map((set) => describeCutSet(solver, set, cluster.name, stops(set))) ?? [],
    cutSetCounts: solution.cutSets?.counts.map(String) ?? [],
    importance: rankEvents(model.book, solution.expected)
      .filter(({ event }) => event.category !== "window")
      .slice(0, MAXIMUM_IMPORTANCE)
      .map(toEventImportance),
    shortages: roomShortages(model, cluster),
  };
}

function abilityFigures(model: FaultModel, solver: JourneySolver, top: NodeId, id: string, ability: Ability) {
  return figuresOf(model, solver.solveTop(top), id, `share of time that the cluster cannot ${ability}`);
}

function figuresOf(model: FaultModel, solution: TopSolution, id: string, label: string) {
  const { expected, eventCount: events, diagramNodes } = solution;
  const of = label.replace("share of time", "the time");
  const reasons = rankEvents(model.book, expected)
    .slice(0, MAXIMUM_REASONS)
    .map(({ event, share }): Reason => ({ kind: "figure", figure: eventFigure(id, event, share, of) }));
  const unavailability = unavailabilityFigure(
    `${id}/unavailability`,
    label,
    expected,
    { events, diagramNodes },
    reasons,
    "cluster cannot heal",
  );
  return {
    unavailability,
    downtimeMinutesPerMonth: downtimeFigure(
      `${id}/downtime`,
      `${label.replace("share of time", "time")}, in an average month`,
      unavailability,
      expected,
    ),
  };
}

/** With these events certain the ability is lost for certain. */
function isStoppedBy(solver: JourneySolver, solution: TopSolution | undefined, events: readonly number[]): boolean {
  if (solution === undefined) return false;
  const given = solver.given(solution, new Map(events.map((event) => [event, 1])));
  return (given.kind === "exact" ? given.probability : given.lower) >= 1 - 1e-9;
}

function describeCutSet(
  solver: JourneySolver,
  set: MinimalCutSet,
  cluster: string,
  stopped: readonly Ability[],
): CutSet {
  const events = solver.eventsOf(set);
  return {
    events: events.map(({ id }) => id),
    unavailability: set.probability,
    words: healCutSetInWords(events, cluster, stopped),
  };
}

/** `main cannot reschedule, scale or deploy while the control plane of main is down (for about 60 min each time)`. */
function healCutSetInWords(events: readonly BasicEvent[], cluster: string, stopped: readonly Ability[]): string {
  const failures = events.filter(({ category }) => category !== "window");
  const repairs = failures.flatMap(({ repairHours }) => repairHours ?? []);
  const hours = [...repairs, ...events.flatMap(({ lastsHours }) => lastsHours ?? [])];
  const lasting =
    repairs.length === failures.length ? `, for about ${roughDuration(Math.min(...hours))} each time` : "";
  const places = new Set(events.flatMap(({ place }) => (place === undefined ? [] : [placeInWords(place)])));
  const where = places.size === 0 ? "" : ` (${[...places].join(", ")})`;
  const verbs = stopped.length > 1 ? `${stopped.slice(0, -1).join(", ")} or ${stopped.at(-1)}` : (stopped[0] ?? "heal");
  return `${cluster} cannot ${verbs} while ${listInWords(failures.map(({ clause }) => clause))}${lasting}${where}`;
}
