import { LOGNORMAL_P95_RATIO, type RepairShape } from "../../availability/simulation/renewal.ts";
import { simulateJourneys } from "../../availability/simulation/simulate-journeys.ts";
import type { SimulatedAvailability } from "../../availability/simulation/simulation-report.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import {
  newNodeSeconds,
  repairSpread,
  simulatedNodeStart,
} from "../../estate/assumptions/availability-simulation-rules.ts";
import { compareAssumptions } from "../../estate/assumptions/catalogue.ts";
import {
  forcedDetach,
  nodeLossDetection,
  orderedPodsWait,
  podStart,
  replaySeconds,
  unreachableToleration,
} from "../../estate/assumptions/replay-rules.ts";
import {
  journeySimulatedInPart,
  nothingToSimulate,
  simulatedJourneyUnknown,
  simulationStopped,
} from "../../estate/diagnostics/availability-simulation-diagnostics.ts";
import { compareDiagnostics } from "../../estate/diagnostics/catalogue.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { nearestName } from "../../estate/diagnostics/nearest-name.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import { readEstateCluster } from "../../scheduling/replay/from-estate/read-estate-cluster.ts";
import type { Progress } from "../ports.ts";
import { versionOf } from "./simulate-failure.ts";

/** Events of one run: minutes of work, so that nothing runs without bound. */
const MOST_EVENTS = 200_000_000;

export interface SimulateAvailabilityOptions {
  readonly years: number;
  readonly seed: number;
  /** Stop when the downtime of every journey is known to this share of itself; undefined: all years. */
  readonly precision?: number;
  readonly repair: RepairShape;
  /** Names or ids of journeys; undefined or empty: all. */
  readonly journeys?: readonly string[];
  readonly onProgress?: Progress;
  /** Aborting throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What `scantling simulate availability -o json` prints. */
export interface AvailabilitySimulationReport extends SimulatedAvailability {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "AvailabilitySimulation";
  readonly seed: number;
  readonly yearsAsked: number;
  readonly precision?: number;
  readonly repair: RepairShape;
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Journeys over years of failures, beside their fault trees. Throws only when the signal aborts. */
export function simulateAvailability(
  estate: Estate,
  catalog: Catalog,
  options: SimulateAvailabilityOptions,
): AvailabilitySimulationReport {
  const { onProgress, signal, precision, years, seed, repair } = options;
  const head = {
    apiVersion: "scantling/v1alpha1" as const,
    kind: "AvailabilitySimulation" as const,
    seed,
    yearsAsked: years,
    repair,
    ...(precision === undefined ? {} : { precision }),
  };
  const asked = askedJourneys(estate, options.journeys ?? []);
  const empty = estate.journeys.length === 0 ? [diagnose(nothingToSimulate, { lacks: "journey" })] : [];
  if (asked.diagnostics.length > 0 || empty.length > 0) {
    const diagnostics = [...asked.diagnostics, ...empty];
    return { ...head, years: 0, events: 0, stoppedBy: "years", replays: 0, journeys: [], assumptions: [], diagnostics };
  }
  onProgress?.("placing pods");
  const readings = estate.clusters.map((cluster) =>
    readEstateCluster(estate, cluster, catalog, versionOf(cluster), {
      nodes: "planned",
      ...(signal === undefined ? {} : { signal }),
    }),
  );
  const { assumptions, ...simulated } = simulateJourneys(
    estate,
    placeWorkloads(estate, catalog),
    catalog,
    readings.map(({ cluster }) => cluster),
    {
      seed,
      years,
      precision,
      repair,
      newNode: newNodeSeconds,
      journeys: asked.ids,
      mostEvents: MOST_EVENTS,
      ...(onProgress === undefined ? {} : { onProgress: (year) => onProgress(`year ${year} of ${years}`) }),
      ...(signal === undefined ? {} : { signal }),
    },
  );
  return {
    ...head,
    ...simulated,
    assumptions: [
      ...assumptions,
      ...readings.flatMap((reading) => reading.assumptions),
      ...simulationAssumptions(repair),
    ].toSorted(compareAssumptions),
    diagnostics: [...readings.flatMap(({ diagnostics }) => diagnostics), ...diagnoseRun(simulated, years)].toSorted(
      compareDiagnostics,
    ),
  };
}

function diagnoseRun(
  { journeys, stoppedBy, years, events }: SimulatedAvailability,
  asked: number,
): readonly Diagnostic[] {
  const inPart = journeys.flatMap(({ journey, missing: [first] }) =>
    first === undefined ? [] : [diagnose(journeySimulatedInPart, { journey, missing: first })],
  );
  return stoppedBy === "events" ? [...inPart, diagnose(simulationStopped, { years, asked, events })] : inPart;
}

function askedJourneys(
  { journeys }: Estate,
  names: readonly string[],
): { readonly ids: ReadonlySet<string> | undefined; readonly diagnostics: readonly Diagnostic[] } {
  if (names.length === 0) return { ids: undefined, diagnostics: [] };
  const ids = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  for (const name of names) {
    const found = journeys.filter((journey) =>
      [journey.id, `${journey.application}/${journey.name}`, journey.name].includes(name),
    );
    for (const { id } of found) ids.add(id);
    if (found.length > 0) continue;
    const candidates = journeys.flatMap((journey) => [journey.id, journey.name]);
    const shown = journeys.slice(0, 5).map(({ id }) => id);
    const known = shown.length === 0 ? "none" : `${shown.join(", ")}${journeys.length > 5 ? " and others" : ""}`;
    diagnostics.push(diagnose(simulatedJourneyUnknown, { name, near: nearestName(name, candidates), known }));
  }
  return { ids, diagnostics };
}

function simulationAssumptions(repair: RepairShape): readonly Assumption[] {
  const { detection, unreachable, nodeRepair, podStart: start, forcedDetach: detach } = replaySeconds;
  const shape = repair === "exponential" ? repair : `lognormal, 95 % within ${LOGNORMAL_P95_RATIO} medians`;
  return [
    assume(nodeLossDetection, "Estate", { seconds: detection }),
    assume(unreachableToleration, "Estate", { seconds: unreachable }),
    assume(orderedPodsWait, "Estate", { seconds: nodeRepair }),
    assume(podStart, "Estate", { seconds: start }),
    assume(forcedDetach, "Estate", { seconds: detach }),
    assume(simulatedNodeStart, "Estate", newNodeSeconds),
    assume(repairSpread, "Estate", { shape }),
  ];
}
