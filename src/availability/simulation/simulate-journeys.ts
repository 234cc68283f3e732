import type { Catalog } from "../../catalog/catalog.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { Placement } from "../../scheduling/placement.ts";
import type { ReplayCluster } from "../../scheduling/replay/replay-cluster.ts";
import { createFaultModel } from "../from-estate/fault-model.ts";
import { buildJourneyTrees, type JourneyTree } from "../solve-journey.ts";
import { type ExactPart, ExactParts } from "./hard-failures.ts";
import { readJourneyStructure } from "./journey-structure.ts";
import type { OutageRecord } from "./outage-record.ts";
import type { RepairShape } from "./renewal.ts";
import { ReplayRelocations } from "./replay-relocations.ts";
import { simulateFailures } from "./simulate-failures.ts";
import type { SimulatedAvailability } from "./simulation-report.ts";
import { downtimeOf, summariseJourney } from "./summarise-journey.ts";

/** Fewer years say too little about their own spread to stop by it. */
const LEAST_YEARS = 100;
/** Years between two looks at the precision. */
const LOOK_EVERY = 50;

export interface SimulateJourneysOptions {
  readonly seed: number;
  readonly years: number;
  /** Stop once half the interval of every journey's downtime is this share of it; undefined: all years are simulated. */
  readonly precision: number | undefined;
  readonly repair: RepairShape;
  /** How long a new node takes. */
  readonly newNode: { readonly medianSeconds: number; readonly p95Seconds: number };
  /** Ids of journeys; undefined: all. */
  readonly journeys: ReadonlySet<string> | undefined;
  readonly mostEvents: number;
  readonly onProgress?: (years: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Every journey over years of failures, repairs, pods that move and regions that switch, beside what its fault tree has.
 * Throws only when the signal aborts.
 * @param clusters placed clusters on which losses are replayed
 */
export function simulateJourneys(
  estate: Estate,
  placement: Placement,
  catalog: Catalog,
  clusters: readonly ReplayCluster[],
  options: SimulateJourneysOptions,
): SimulatedAvailability & { readonly assumptions: readonly Assumption[] } {
  const model = createFaultModel(estate, placement, catalog);
  const all = buildJourneyTrees(model);
  const trees = all.filter(({ journey }) => options.journeys?.has(journey.id) ?? true);
  const structures = trees.map(({ top }) => readJourneyStructure(model.book, top));
  const exactParts = new ExactParts(model.book);
  const exact = structures.map((structure) => exactParts.of(structure));
  const relocations = new ReplayRelocations(clusters);
  const { precision, onProgress, signal } = options;
  const simulation = simulateFailures(model.book, structures, groupsOf(trees), {
    seed: options.seed,
    years: options.years,
    repair: options.repair,
    relocations,
    newNode: options.newNode,
    mostEvents: options.mostEvents,
    ...(precision === undefined ? {} : { isEnough: (years, records) => isPrecise(years, records, exact, precision) }),
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(signal === undefined ? {} : { signal }),
  });
  const journeys = trees.flatMap(({ journey, scope }, index) => {
    const record = simulation.records[index];
    const part = exact[index];
    if (record === undefined || part === undefined) return [];
    return [summariseJourney({ book: model.book, journey, missing: [...scope.missing].sort(), record, exact: part })];
  });
  const { years, events, stoppedBy } = simulation;
  return {
    years,
    events,
    stoppedBy,
    replays: relocations.replays,
    journeys,
    assumptions: model.failures.assumptions(),
  };
}

function groupsOf(trees: readonly JourneyTree[]) {
  return new Map(trees.flatMap(({ scope }) => [...scope.groups]));
}

function isPrecise(
  years: number,
  records: readonly OutageRecord[],
  exact: readonly ExactPart[],
  precision: number,
): boolean {
  if (years < LEAST_YEARS || years % LOOK_EVERY !== 0) return false;
  return records.every((record, index) => {
    const { mean, upper } = downtimeOf(record, exact[index] ?? { whole: undefined, hard: undefined });
    return upper - mean <= precision * mean;
  });
}
