import type { Catalog } from "../../../catalog/catalog.ts";
import type { Assumption } from "../../../estate/assumptions/assumption.ts";
import { assume } from "../../../estate/assumptions/assumption-rule.ts";
import { replicationLag } from "../../../estate/assumptions/consistency-rules.ts";
import { optionUnsupported, simulationNameUnknown } from "../../../estate/diagnostics/consistency-diagnostics.ts";
import type { Diagnostic } from "../../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import type { Fault, Scenario } from "../../../stateful/simulation/scenario/scenario.ts";
import type { QuorumLatencies } from "../../../stateful/staleness/wars.ts";
import { type ConsistencyQuestion, checkNumbers, regionsOf, subjectOf } from "./consistency-question.ts";
import { readLatencyFile } from "./latency-file.ts";
import { faultsOf } from "./simulated-faults.ts";
import { linksOf } from "./simulated-links.ts";
import { checkOptions, storeModelOf } from "./simulated-store.ts";
import { assumedTraffic, trafficOf, workloadOf } from "./simulated-workload.ts";

export interface BuiltScenario {
  readonly scenario?: Scenario;
  /** Delays of a quorum store for its staleness curve, where a latency file gives them. */
  readonly quorumLatencies?: QuorumLatencies;
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The scenario that answers a question, with what had to be assumed and what is wrong with the question. */
export function buildScenario(question: ConsistencyQuestion, catalog: Catalog): BuiltScenario {
  const diagnostics: Diagnostic[] = [];
  const assumptions: Assumption[] = [];
  const regions = regionsOf(question);
  checkNumbers(question, diagnostics);
  checkRegions(question, regions, catalog, diagnostics);
  const store = storeModelOf(question, regions, catalog, assumptions, diagnostics);
  if (store !== undefined) checkOptions(question, store, diagnostics);
  const kind = workloadOf(question, diagnostics);
  const faults = faultsOf(question, regions, diagnostics);
  const given = question.latency === undefined ? undefined : readLatencyFile(question.latency, diagnostics);
  if (given?.quorum !== undefined && store !== undefined && store.kind !== "quorum")
    diagnostics.push(
      diagnose(optionUnsupported, { option: "quorum of --latency", why: "the store is no quorum store" }),
    );
  // Links of regions that do not exist would only repeat what is said of them already.
  if (diagnostics.length > 0 || store === undefined || kind === undefined) return { assumptions: [], diagnostics };
  const links = linksOf(question, given, regions, catalog, assumptions, diagnostics);
  if (diagnostics.length > 0) return { assumptions: [], diagnostics };
  const workload = trafficOf(question, kind);
  assumptions.push(...assumedTraffic(question, workload));
  return {
    ...(given?.quorum === undefined ? {} : { quorumLatencies: given.quorum }),
    scenario: {
      store,
      regions,
      links,
      clockSkewSeconds: regions.map((_, index) => (index === 0 ? 0 : (question.clockSkewSeconds ?? 0))),
      workload,
      movement: movementOf(question),
      mishaps: { loss: 0, duplicate: 0, reorder: 0, crash: 0, ...question.mishaps },
      faults: timed(faults, workload.operationsPerClient * workload.thinkSeconds),
      timers: {
        requestSeconds: 1,
        detectionSeconds: 0.5,
        replicationLagSeconds: lagOf(question, regions.length, assumptions),
      },
    },
    assumptions,
    diagnostics,
  };
}

/** Regions that the catalog does not know need a latency file. */
function checkRegions(
  { latency }: ConsistencyQuestion,
  regions: readonly string[],
  catalog: Catalog,
  diagnostics: Diagnostic[],
): void {
  if (latency !== undefined) return;
  const candidates = catalog.knownRegions();
  for (const written of regions)
    if (!candidates.includes(written))
      diagnostics.push(diagnose(simulationNameUnknown, { what: "known region", written, candidates }));
}

function movementOf({ store, moveShare, keepsToken }: ConsistencyQuestion): Scenario["movement"] {
  const declared = store?.spec["consistency"] as
    | { readonly clientsMoveRegions?: boolean; readonly sessionTokenTravels?: boolean }
    | undefined;
  return {
    moveShare: moveShare ?? (declared?.clientsMoveRegions === true ? 0.2 : 0),
    keepsToken: keepsToken ?? declared?.sessionTokenTravels ?? true,
  };
}

/** Every fault begins after a quarter of the run and lasts for two fifths of it, at least long enough to be noticed. */
function timed(faults: readonly Omit<Fault, "startSeconds" | "endSeconds">[], length: number): readonly Fault[] {
  const startSeconds = length * 0.25;
  const endSeconds = startSeconds + Math.max(1.5, length * 0.4);
  return faults.map((fault) => ({ ...fault, startSeconds, endSeconds }));
}

const assumedLagSeconds = 0.02;

function lagOf(question: ConsistencyQuestion, regions: number, assumptions: Assumption[]): number {
  if (question.replicationLagSeconds !== undefined) return question.replicationLagSeconds;
  if (regions > 1)
    assumptions.push(assume(replicationLag, subjectOf(question), { lag: `${assumedLagSeconds * 1000} ms` }));
  return assumedLagSeconds;
}
