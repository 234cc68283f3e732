import type { Catalog } from "../../catalog/catalog.ts";
import { compareAssumptions } from "../../estate/assumptions/catalogue.ts";
import { compareDiagnostics } from "../../estate/diagnostics/catalogue.ts";
import { findViolations, type ViolationKind, violationKinds } from "../../stateful/simulation/checking/violations.ts";
import { drawsOf } from "../../stateful/simulation/kernel/draws.ts";
import { TraceHash } from "../../stateful/simulation/kernel/trace-hash.ts";
import { playRun } from "../../stateful/simulation/play-run.ts";
import type { StoreState } from "../../stateful/simulation/replication/store-state.ts";
import { planRun, type RunPlan } from "../../stateful/simulation/scenario/run-plan.ts";
import type { Scenario } from "../../stateful/simulation/scenario/scenario.ts";
import { readableTrace } from "../../stateful/simulation/shrinking/readable-trace.ts";
import { shrinkViolation } from "../../stateful/simulation/shrinking/shrink-violation.ts";
import { type StalenessCurve, stalenessCurve } from "../../stateful/staleness/staleness.ts";
import { clusteredInterval, wilsonInterval } from "../../stateful/statistics/proportion.ts";
import type { Progress } from "../ports.ts";
import type { ConsistencySimulation, GuaranteeOutcome, MinimalTrace } from "./consistency-report.ts";
import { buildScenario, type ConsistencyQuestion, subjectOf } from "./consistency-scenario.ts";

export interface ConsistencyOptions extends ConsistencyQuestion {
  readonly seed: number;
  readonly runs: number;
  readonly onProgress?: Progress;
  readonly signal?: AbortSignal;
}

/** Plays an application on a store, many times, and says which guarantees broke, how often, and what that cost. */
export function simulateConsistency(options: ConsistencyOptions, catalog: Catalog): ConsistencySimulation {
  const { scenario, assumptions, diagnostics } = buildScenario(options, catalog);
  const tally = new Tally();
  if (scenario !== undefined) {
    for (let run = 0; run < options.runs; run++) {
      options.signal?.throwIfAborted();
      if (run % 50 === 0) options.onProgress?.(`run ${run} of ${options.runs}`);
      const plan = planRun(scenario, options.seed * runsApart + run);
      tally.add(playRun(scenario, plan), plan);
    }
  }
  const staleness = scenario === undefined ? undefined : stalenessOf(scenario, options.seed);
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
    guarantees: scenario === undefined ? [] : guaranteesOf(scenario, tally, options),
    operations: tally.outcomes,
    latency: {
      ...named("read", percentiles(tally.readLatencies)),
      ...named("write", percentiles(tally.writeLatencies)),
    },
    ...named("staleAgeP95", percentiles(tally.staleAges)?.p95),
    traces:
      scenario === undefined ? [] : [...tally.firstBroken].map(([kind, plan]) => minimalTrace(scenario, plan, kind)),
    ...named("staleness", staleness),
    notEvaluable: scenario === undefined ? [subjectOf(options)] : [],
    assumptions: assumptions.toSorted(compareAssumptions),
    diagnostics: diagnostics.toSorted(compareDiagnostics),
  };
}

/** Seeds of single runs do not meet those of the next seed. */
const runsApart = 100_003;

function named<Name extends string, Value>(name: Name, value: Value | undefined): { readonly [Key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]: Value });
}

/** What is counted over all runs. */
class Tally {
  runs = 0;
  events = 0;
  readonly hash = new TraceHash();
  readonly reads: number[] = [];
  readonly changes: number[] = [];
  readonly broken = new Map<ViolationKind, number[]>();
  readonly firstBroken = new Map<ViolationKind, RunPlan>();
  readonly readLatencies: number[] = [];
  readonly writeLatencies: number[] = [];
  readonly staleAges: number[] = [];
  readonly outcomes = { done: 0, unknown: 0, refused: 0, declined: 0 };

  add(state: StoreState, plan: RunPlan): void {
    const run = this.runs++;
    this.events += state.hash.events;
    const digest = state.hash.digest();
    this.hash.add(run, Number.parseInt(digest.slice(0, 8), 16) | 0, Number.parseInt(digest.slice(8), 16) | 0, 0, 0, 0);
    this.#addRequests(state);
    for (const how of state.outcome) {
      if (how === 1) this.outcomes.done++;
      else if (how === 2) this.outcomes.unknown++;
      else if (how === 3) this.outcomes.refused++;
      else if (how === 4) this.outcomes.declined++;
    }
    for (const { kind, amount, request } of findViolations(state)) {
      const counts = this.broken.get(kind) ?? [];
      counts[run] = (counts[run] ?? 0) + amount;
      this.broken.set(kind, counts);
      if (!this.firstBroken.has(kind)) this.firstBroken.set(kind, plan);
      const { call, floorAt } = state.requests;
      if (kind === "staleRead") this.staleAges.push(((call[request] as number) - (floorAt[request] as number)) / 1000);
    }
  }

  #addRequests({ requests }: StoreState): void {
    let reads = 0;
    let changes = 0;
    for (let request = 0; request < requests.length; request++) {
      if (requests.status[request] !== 1) continue;
      const milliseconds = ((requests.end[request] as number) - (requests.call[request] as number)) / 1000;
      if (requests.isWrite[request] === 1) changes++;
      else reads++;
      (requests.isWrite[request] === 1 ? this.writeLatencies : this.readLatencies).push(milliseconds);
    }
    this.reads.push(reads);
    this.changes.push(changes);
  }
}

const ofReads = new Set<ViolationKind>(["staleRead", "readYourWrites", "monotonicReads", "bankTotal"]);
const ofChanges = new Set<ViolationKind>(["monotonicWrites", "writesFollowReads", "lostWrite"]);

function guaranteesOf(scenario: Scenario, tally: Tally, options: ConsistencyOptions): readonly GuaranteeOutcome[] {
  const { kind: workload } = scenario.workload;
  const applies = (kind: ViolationKind) =>
    (kind !== "oversell" || workload === "stock" || workload === "saga") &&
    (kind !== "bankTotal" || workload === "transfer") &&
    (kind !== "lostEffect" || workload === "outbox" || workload === "saga");
  return violationKinds.filter(applies).map((kind) => {
    const counts = Array.from({ length: tally.runs }, (_, run) => tally.broken.get(kind)?.[run] ?? 0);
    const count = counts.reduce((sum, each) => sum + each, 0);
    const sizes = ofReads.has(kind) ? tally.reads : ofChanges.has(kind) ? tally.changes : undefined;
    const changes = tally.changes.reduce((sum, each) => sum + each, 0);
    const cost = costOf(kind, options);
    return {
      kind,
      isBroken: count > 0,
      count,
      runs: wilsonInterval(counts.filter((each) => each > 0).length, tally.runs),
      ...(sizes === undefined ? {} : { operations: clusteredInterval(counts, sizes) }),
      ...(cost === undefined || changes === 0 ? {} : { costPerThousandChanges: (1000 * count * cost) / changes }),
    };
  });
}

/** Cost of one, as the DataStore declares it. */
function costOf(kind: ViolationKind, { store }: ConsistencyOptions): number | undefined {
  const costs = store?.spec["lossCost"] as { readonly [name: string]: number | undefined } | undefined;
  if (kind === "lostWrite" || kind === "lostEffect") return costs?.["perLostWrite"];
  if (kind === "oversell") return costs?.["perOversell"];
  return kind === "duplicateEffect" ? costs?.["perRefund"] : undefined;
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

const stalenessTimes = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500];
const stalenessTrials = 50_000;

/** Quorum stores: staleness over time since the commit, on the slowest link for every message. */
function stalenessOf({ store, links }: Scenario, seed: number): StalenessCurve | undefined {
  const link = links[1] ?? links[0];
  if (store.kind !== "quorum" || link === undefined) return undefined;
  const latencies = { write: link, acknowledge: link, read: link, reply: link };
  return stalenessCurve(store, latencies, {
    times: stalenessTimes,
    trials: stalenessTrials,
    seed: drawsOf(seed, 1)() * 2 ** 31,
  });
}

function storeInWords({ store, movement }: Scenario): string {
  const token =
    movement.moveShare > 0 && store.kind === "cosmos" && store.level === "session"
      ? `, session token ${movement.keepsToken ? "kept" : "lost"} when moving`
      : "";
  switch (store.kind) {
    case "cosmos":
      return `Cosmos DB, ${store.level}${store.multiWrite ? ", every region writes" : ""}${token}`;
    case "quorum":
      return `quorum of N=${store.replicas}, R=${store.read}, W=${store.write}`;
    case "primaryReplica":
      return `primary with ${store.replicas - 1} ${store.synchronous > 0 ? "synchronous" : "asynchronous"} replica${store.replicas > 2 ? "s" : ""}`;
  }
}
