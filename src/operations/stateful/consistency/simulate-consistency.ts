import type { Catalog } from "../../../catalog/catalog.ts";
import { compareAssumptions } from "../../../estate/assumptions/catalogue.ts";
import { compareDiagnostics } from "../../../estate/diagnostics/catalogue.ts";
import type { ViolationKind } from "../../../stateful/simulation/checking/violations.ts";
import { playRun } from "../../../stateful/simulation/play-run.ts";
import { planRun, type RunPlan } from "../../../stateful/simulation/scenario/run-plan.ts";
import type { Scenario, StoreModel } from "../../../stateful/simulation/scenario/scenario.ts";
import { readableTrace } from "../../../stateful/simulation/shrinking/readable-trace.ts";
import { shrinkViolation } from "../../../stateful/simulation/shrinking/shrink-violation.ts";
import type { Progress } from "../../ports.ts";
import { type ConsistencyQuestion, subjectOf } from "./consistency-question.ts";
import type { ConsistencySimulation, MinimalTrace } from "./consistency-report.ts";
import { buildScenario } from "./consistency-scenario.ts";
import { ConsistencyTally } from "./consistency-tally.ts";
import { guaranteesOf } from "./guarantee-outcomes.ts";
import { stalenessOf } from "./quorum-staleness.ts";

export interface ConsistencyOptions extends ConsistencyQuestion {
  readonly seed: number;
  readonly runs: number;
  readonly onProgress?: Progress;
  readonly signal?: AbortSignal;
}

/** Plays an application on a store, many times, and says which guarantees broke, how often, and what that cost. */
export function simulateConsistency(options: ConsistencyOptions, catalog: Catalog): ConsistencySimulation {
  const { scenario, quorumLatencies, assumptions, diagnostics } = buildScenario(options, catalog);
  const tally = scenario === undefined ? new ConsistencyTally() : playAll(scenario, options);
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "ConsistencySimulation",
    subject: subjectOf(options),
    store: scenario === undefined ? "not evaluable" : storeInWords(scenario),
    regions: scenario?.regions ?? options.regions ?? [],
    workload: scenario?.workload.kind ?? options.workload ?? "counter",
    seed: options.seed,
    runs: tally.runs,
    events: tally.events,
    traceHash: tally.hash.digest(),
    guarantees: scenario === undefined ? [] : guaranteesOf(scenario, tally, options.store),
    operations: tally.outcomes,
    latency: {
      ...named("read", percentiles(tally.readLatencies)),
      ...named("write", percentiles(tally.writeLatencies)),
    },
    ...named("staleAgeP95", percentiles(tally.staleAges)?.p95),
    traces: scenario === undefined ? [] : minimalTraces(scenario, tally),
    ...named("staleness", scenario === undefined ? undefined : stalenessOf(scenario, quorumLatencies, options.seed)),
    notEvaluable: scenario === undefined ? [subjectOf(options)] : [],
    assumptions: assumptions.toSorted(compareAssumptions),
    diagnostics: diagnostics.toSorted(compareDiagnostics),
  };
}

function playAll(scenario: Scenario, { seed, runs, signal, onProgress }: ConsistencyOptions): ConsistencyTally {
  const tally = new ConsistencyTally();
  for (let run = 0; run < runs; run++) {
    signal?.throwIfAborted();
    if (run % 50 === 0) onProgress?.(`run ${run} of ${runs}`);
    const plan = planRun(scenario, seed * runsApart + run);
    tally.add(playRun(scenario, plan), plan);
  }
  return tally;
}

/** Seeds of single runs do not meet those of the next seed. */
const runsApart = 100_003;

function named<Name extends string, Value>(name: Name, value: Value | undefined): { readonly [Key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]: Value });
}

function minimalTraces(scenario: Scenario, { firstBroken }: ConsistencyTally): readonly MinimalTrace[] {
  return [...firstBroken].map(([kind, plan]) => minimalTrace(scenario, plan, kind));
}

function minimalTrace(scenario: Scenario, plan: RunPlan, kind: ViolationKind): MinimalTrace {
  const smallest = shrinkViolation(scenario, plan, kind);
  return {
    kind,
    seed: smallest.seed,
    operations: smallest.operations.length,
    faults: smallest.faults.length,
    traceHash: playRun(scenario, smallest).hash.digest(),
    steps: readableTrace(scenario, smallest, kind),
  };
}

function percentiles(
  values: number[],
): { readonly p50: number; readonly p95: number; readonly p99: number } | undefined {
  if (values.length === 0) return undefined;
  const sorted = values.toSorted((left, right) => left - right);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

function storeInWords({ store, movement }: Scenario): string {
  const token =
    movement.moveShare > 0 && store.kind === "cosmos" && store.level === "session"
      ? `, session token ${movement.keepsToken ? "kept" : "lost"} when moving`
      : "";
  switch (store.kind) {
    case "cosmos":
      return `Cosmos DB, ${levelInWords(store)}${store.multiWrite ? ", every region writes" : ""}${token}`;
    case "quorum":
      return `quorum of N=${store.replicas}, R=${store.read}, W=${store.write}`;
    case "primaryReplica":
      return `primary with ${store.replicas - 1} ${store.synchronous > 0 ? "synchronous" : "asynchronous"} replica${store.replicas > 2 ? "s" : ""}`;
  }
}

function levelInWords({ level, bound }: Extract<StoreModel, { kind: "cosmos" }>): string {
  if (level !== "boundedStaleness") return level;
  return `${level} of ${bound.versions.toLocaleString("en-US")} versions or ${bound.seconds.toLocaleString("en-US")} s`;
}
