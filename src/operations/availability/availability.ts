import { assessAvailability } from "../../availability/assess-availability.ts";
import type { AvailabilityReport, JourneyAvailability } from "../../availability/availability-report.ts";
import { solveJourneys } from "../../availability/improvements/solve-journeys.ts";
import { MINUTES_PER_MONTH } from "../../availability/journey-figures.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import type { Dependency } from "../../estate/dependencies/dependency.ts";
import { likelyValue } from "../../estate/figures/figure.ts";
import type { Journey } from "../../estate/model/application.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import type { Placement } from "../../scheduling/placement.ts";
import type { Progress } from "../ports.ts";
import { downtimeCostFigure } from "./downtime-cost.ts";
import { checkDependencies, type JourneyInDepth, sensitivityOf } from "./journey-in-depth.ts";
import { type RankedChanges, rankChanges } from "./rank-improvements.ts";

/** Journeys worst first, and what would help them, with the money. */
export interface Availability extends RankedChanges {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "Availability";
  readonly estate: string;
  readonly currency: string;
  /** Environments whose journeys the changes are judged by. */
  readonly changesFor: readonly string[];
  /** Those of later environments first; in one of them the worst first, what is not evaluable before all. */
  readonly journeys: readonly JourneyInDepth[];
  /** Whether each cluster can mend itself. */
  readonly clusters?: AvailabilityReport["clusters"];
}

export interface AvailabilityOptions {
  /** For prices, `YYYY-MM-DD`. */
  readonly today: string;
  /** Only journeys of this environment. */
  readonly environment?: string;
  /** Only the journey of this id. */
  readonly journey?: string;
  /** False: changes are not looked for, which takes most of the time. */
  readonly changes: boolean;
  readonly onProgress?: Progress;
  readonly signal?: AbortSignal;
}

const noChanges: RankedChanges = {
  improvements: [],
  economies: [],
  withoutResult: [],
  notTried: 0,
  assumptions: [],
};

/** How long each journey is down, why, how sure that is, and what one unit of money buys. */
export function availabilityOf(estate: Estate, catalog: Catalog, options: AvailabilityOptions): Availability {
  const { environment, journey, onProgress, signal } = options;
  const journeys = estate.journeys.filter(
    (each) =>
      (environment === undefined || each.environment === environment) && (journey === undefined || each.id === journey),
  );
  onProgress?.("solving fault trees");
  const placement = placeWorkloads(estate, catalog);
  const report = assessAvailability(estate, placement, catalog);
  const kept = new Map(journeys.map((each) => [each.id, each]));
  const undeclared = withoutDeclared(estate, placement, catalog);
  const inDepth = report.journeys.flatMap((each) => {
    const declared = kept.get(each.journey);
    return declared === undefined ? [] : [journeyInDepth(each, declared, estate.currency, undeclared)];
  });
  const last = estate.environments.findLast(({ name }) => journeys.some((each) => each.environment === name));
  const changesFor = last === undefined ? [] : [last.name];
  const labels = new Map(report.journeys.map((each) => [each.journey, each.label]));
  const inScope = { ...estate, journeys };
  const ranked = options.changes
    ? rankChanges(inScope, catalog, {
        today: options.today,
        environments: new Set(changesFor),
        labels,
        ...(onProgress === undefined ? {} : { onProgress }),
        ...(signal === undefined ? {} : { signal }),
      })
    : noChanges;
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "Availability",
    estate: estate.name,
    currency: estate.currency,
    changesFor,
    journeys: worstFirst(inDepth, estate),
    ...(report.clusters === undefined ? {} : { clusters: report.clusters }),
    ...ranked,
    assumptions: [...report.assumptions, ...ranked.assumptions],
  };
}

function journeyInDepth(
  availability: JourneyAvailability,
  journey: Journey,
  currency: string,
  undeclared: ReadonlyMap<string, number>,
): JourneyInDepth {
  const minutes = likelyValue(availability.atLeast ?? availability.downtimeMinutesPerMonth);
  const { objectiveUnavailability: allowed } = journey;
  const isWhole = availability.unavailability.result.kind !== "notEvaluable";
  const downtimeCost = downtimeCostFigure(availability, journey, currency);
  const otherwise = undeclared.get(journey.id);
  return {
    ...availability,
    ...(allowed === undefined || minutes === undefined || !isWhole
      ? {}
      : { marginMinutesPerMonth: allowed * MINUTES_PER_MONTH - minutes }),
    ...(downtimeCost === undefined ? {} : { downtimeCost }),
    ...(otherwise === undefined || minutes === undefined || Math.abs(otherwise - minutes) < 1e-6
      ? {}
      : { minutesWithoutDeclared: otherwise }),
    sensitivity: minutes === undefined ? [] : sensitivityOf(availability, minutes),
    ...(allowed === undefined ? {} : { dependencyChecks: checkDependencies(availability, allowed) }),
  };
}

/** Minutes a month of each journey by published SLAs and assumptions alone: what is declared may be measured. */
function withoutDeclared(estate: Estate, placement: Placement, catalog: Catalog): ReadonlyMap<string, number> {
  const stated = { ...estate, failureModel: new Map() };
  const stripped: Estate = {
    ...stated,
    dataStores: estate.dataStores.map((each) => ({ ...each, unavailability: undefined })),
    cloudServices: estate.cloudServices.map((each) => ({ ...each, unavailability: undefined })),
    dependencies: estate.dependencies.map(withoutAvailability),
  };
  const declares =
    estate.failureModel.size > 0 ||
    [...estate.dataStores, ...estate.cloudServices, ...estate.dependencies].some(
      ({ unavailability }) => unavailability !== undefined,
    );
  if (!declares) return new Map();
  return new Map(
    solveJourneys(stripped, placement, catalog).flatMap(({ journey, unavailability }) =>
      unavailability === undefined ? [] : [[journey, unavailability * MINUTES_PER_MONTH] as const],
    ),
  );
}

function withoutAvailability({ from, to, type, evidence, fallback, bufferMinutes }: Dependency): Dependency {
  return {
    from,
    to,
    type,
    evidence,
    ...(fallback === undefined ? {} : { fallback }),
    ...(bufferMinutes === undefined ? {} : { bufferMinutes }),
  };
}

function worstFirst(journeys: readonly JourneyInDepth[], { environments }: Estate): readonly JourneyInDepth[] {
  const rank = new Map(environments.map(({ name }, index) => [name, index]));
  return journeys.toSorted(
    (left, right) =>
      (rank.get(right.environment) ?? -1) - (rank.get(left.environment) ?? -1) ||
      (likelyValue(right.unavailability) ?? 2) - (likelyValue(left.unavailability) ?? 2) ||
      (left.journey < right.journey ? -1 : 1),
  );
}
