import type { Catalog } from "../../catalog/catalog.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import {
  consistencyNotDeclared,
  linkDelaySpread,
  replicationLag,
  simulatedStoreModel,
  simulatedTraffic,
} from "../../estate/assumptions/consistency-rules.ts";
import {
  latencyFitUnusable,
  quorumUnusable,
  simulationInputUnusable,
  simulationNameUnknown,
  strongNeedsOneWriter,
} from "../../estate/diagnostics/consistency-diagnostics.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import type { DataStore } from "../../estate/model/service.ts";
import { type LatencyDistribution, latencyProblem } from "../../stateful/latency/latency-distribution.ts";
import {
  type ConsistencyLevel,
  consistencyLevels,
  type Fault,
  type Mishaps,
  type Scenario,
  type StoreModel,
  type Workload,
  workloads,
} from "../../stateful/simulation/scenario/scenario.ts";

/** What is asked for; what is absent comes from the DataStore, or is assumed. */
export interface ConsistencyQuestion {
  readonly store?: DataStore;
  readonly level?: string;
  readonly quorum?: readonly number[];
  readonly primaryReplica?: "sync" | "async";
  readonly multiWrite?: boolean;
  readonly regions?: readonly string[];
  readonly workload?: string;
  readonly clients?: number;
  readonly operations?: number;
  readonly keys?: number;
  readonly readShare?: number;
  readonly thinkSeconds?: number;
  readonly initialValue?: number;
  readonly expectedVersion?: boolean;
  readonly idempotent?: boolean;
  readonly durable?: boolean;
  readonly moveShare?: number;
  readonly keepsToken?: boolean;
  readonly faults?: readonly { readonly kind: string; readonly region: string; readonly otherRegion?: string }[];
  readonly mishaps?: Partial<Mishaps>;
  readonly clockSkewSeconds?: number;
  readonly replicationLagSeconds?: number;
  /** One-way delay of every link between regions, in place of the published round-trip times. */
  readonly latency?: LatencyDistribution;
}

export interface BuiltScenario {
  readonly scenario?: Scenario;
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}

const defaultRegions = ["westeurope", "northeurope"];
const faultKinds = ["node", "zone", "region", "partition", "gray"] as const;

/** The scenario that answers a question, with what had to be assumed and what is wrong with the question. */
export function buildScenario(question: ConsistencyQuestion, catalog: Catalog): BuiltScenario {
  const diagnostics: Diagnostic[] = [];
  const assumptions: Assumption[] = [];
  const regions = regionsOf(question);
  for (const region of regions) {
    if (catalog.knownRegions().includes(region) || question.latency !== undefined) continue;
    diagnostics.push(
      diagnose(simulationNameUnknown, { what: "known region", written: region, candidates: catalog.knownRegions() }),
    );
  }
  const store = storeModelOf(question, regions, assumptions, diagnostics);
  checkNumbers(question, diagnostics);
  const workload = workloadOf(question, diagnostics);
  const links = linksOf(question, regions, catalog, assumptions, diagnostics);
  const faults = faultsOf(question, regions, diagnostics);
  if (diagnostics.length > 0 || store === undefined || workload === undefined) return { assumptions: [], diagnostics };
  const plan = trafficOf(question, workload);
  const subject = subjectOf(question);
  assumptions.push(
    assume(simulatedTraffic, subject, {
      traffic: `${plan.clients} clients on ${plan.keys} items, ${plan.operationsPerClient} operations each, ${plan.thinkSeconds * 1000} ms apart`,
    }),
  );
  const lag = question.replicationLagSeconds ?? 0.02;
  if (question.replicationLagSeconds === undefined && regions.length > 1)
    assumptions.push(assume(replicationLag, subject, { lag: `${lag * 1000} ms` }));
  const length = plan.operationsPerClient * plan.thinkSeconds;
  const declared = question.store?.spec["consistency"] as
    | { readonly clientsMoveRegions?: boolean; readonly sessionTokenTravels?: boolean }
    | undefined;
  return {
    assumptions,
    diagnostics,
    scenario: {
      store,
      regions,
      links,
      clockSkewSeconds: regions.map((_, index) => (index === 0 ? 0 : (question.clockSkewSeconds ?? 0))),
      workload: plan,
      movement: {
        moveShare: question.moveShare ?? (declared?.clientsMoveRegions === true ? 0.2 : 0),
        keepsToken: question.keepsToken ?? declared?.sessionTokenTravels ?? true,
      },
      mishaps: { loss: 0, duplicate: 0, reorder: 0, crash: 0, ...question.mishaps },
      faults: faults.map((fault) => ({
        ...fault,
        startSeconds: length * 0.25,
        endSeconds: length * 0.25 + Math.max(1.5, length * 0.4),
      })),
      timers: { requestSeconds: 1, detectionSeconds: 0.5, replicationLagSeconds: lag },
    },
  };
}

export function subjectOf({ store }: ConsistencyQuestion): string {
  return store === undefined ? "simulation" : `DataStore/${store.name}`;
}

function regionsOf({ regions, store }: ConsistencyQuestion): readonly string[] {
  if (regions !== undefined && regions.length > 0) return [...new Set(regions)];
  const declared = [...new Set([...(store?.regions.writers ?? []), ...(store?.regions.readers ?? [])])];
  return declared.length > 0 ? declared : defaultRegions;
}

function storeModelOf(
  question: ConsistencyQuestion,
  regions: readonly string[],
  assumptions: Assumption[],
  diagnostics: Diagnostic[],
): StoreModel | undefined {
  if (question.quorum !== undefined) return quorumModel(question.quorum, diagnostics);
  const service = question.store?.service ?? "cosmosDb";
  const isCosmos = question.level !== undefined || service === "cosmosDb" || service === "auto";
  if (question.primaryReplica !== undefined || !isCosmos) return primaryModel(question, service, regions, assumptions);
  const declared = (question.store?.spec["consistency"] as { readonly reads?: string } | undefined)?.reads;
  const written = question.level ?? declared;
  if (written === undefined)
    assumptions.push(assume(consistencyNotDeclared, subjectOf(question), { level: "session" }));
  const level = consistencyLevels.find(
    (each) => each.toLowerCase() === (written ?? "session").replaceAll(/[-_\s]/g, "").toLowerCase(),
  );
  if (level === undefined) {
    diagnostics.push(
      diagnose(simulationNameUnknown, {
        what: "consistency level",
        written: written ?? "",
        candidates: consistencyLevels,
      }),
    );
    return undefined;
  }
  const multiWrite = question.multiWrite ?? (question.store?.regions.writers.length ?? 0) > 1;
  if (multiWrite && level === "strong") diagnostics.push(diagnose(strongNeedsOneWriter, {}));
  return {
    kind: "cosmos",
    level: level satisfies ConsistencyLevel,
    multiWrite,
    bound: { versions: 100_000, seconds: 300 },
  };
}

function quorumModel(quorum: readonly number[], diagnostics: Diagnostic[]): StoreModel | undefined {
  const [replicas = 0, read = 0, write = 0] = quorum;
  const written = quorum.join(",");
  const fits = (size: number) => Number.isInteger(size) && size >= 1 && size <= replicas;
  const problem =
    quorum.length !== 3 || !Number.isInteger(replicas) || replicas < 1 || replicas > 9
      ? "N has to be a whole number from 1 to 9, followed by R and W"
      : !fits(read)
        ? `R is ${read}, not from 1 to ${replicas}`
        : !fits(write)
          ? `W is ${write}, not from 1 to ${replicas}`
          : undefined;
  if (problem === undefined) return { kind: "quorum", replicas, read, write };
  diagnostics.push(diagnose(quorumUnusable, { quorum: written, problem }));
  return undefined;
}

function primaryModel(
  question: ConsistencyQuestion,
  service: string,
  regions: readonly string[],
  assumptions: Assumption[],
): StoreModel {
  const synchronous = question.primaryReplica === "sync" ? 1 : 0;
  const replicas = Math.max(2, regions.length);
  if (question.primaryReplica === undefined) {
    assumptions.push(
      assume(simulatedStoreModel, subjectOf(question), {
        service,
        model: "a primary with asynchronous replicas that are read where they are nearest",
      }),
    );
  }
  return { kind: "primaryReplica", replicas, synchronous, readFrom: "nearest" };
}

function checkNumbers(question: ConsistencyQuestion, diagnostics: Diagnostic[]): void {
  const check = (input: string, value: number | undefined, low: number, high: number) => {
    if (value === undefined || (value >= low && value <= high)) return;
    diagnostics.push(
      diagnose(simulationInputUnusable, { input, value: String(value), range: `a number from ${low} to ${high}` }),
    );
  };
  check("The number of clients", question.clients, 1, 200);
  check("The number of operations", question.operations, 1, 1000);
  check("The number of items", question.keys, 1, 1000);
  check("The share of reads", question.readShare, 0, 1);
  check("The share of moves", question.moveShare, 0, 1);
  check("The pause between operations", question.thinkSeconds, 0.0001, 3600);
  check("The clock skew", question.clockSkewSeconds, -60, 60);
  check("The replication lag", question.replicationLagSeconds, 0, 3600);
  for (const [name, value] of Object.entries(question.mishaps ?? {})) check(`The chance of ${name}`, value, 0, 0.5);
}

function workloadOf({ workload, store }: ConsistencyQuestion, diagnostics: Diagnostic[]): Workload | undefined {
  const found = workload === undefined ? guessedWorkload(store) : workloads.find((each) => each === workload);
  if (found === undefined)
    diagnostics.push(
      diagnose(simulationNameUnknown, { what: "workload", written: workload ?? "", candidates: workloads }),
    );
  return found;
}

/** What an entity is kept to says what is done to it. */
function guessedWorkload(store: DataStore | undefined): Workload {
  if (store === undefined) return "counter";
  const entities = (store.spec["entities"] ?? []) as readonly {
    readonly invariants?: readonly { readonly type: string }[];
    readonly operations?: readonly { readonly type: string }[];
  }[];
  const has = (type: string) =>
    entities.some(({ invariants = [], operations = [] }) =>
      [...invariants, ...operations].some((each) => each.type === type),
    );
  if (has("atLeast")) return "stock";
  if (has("sum")) return "transfer";
  if (has("insert")) return "append";
  return has("assign") ? "cart" : "counter";
}

function trafficOf(question: ConsistencyQuestion, kind: Workload): Scenario["workload"] {
  return {
    kind,
    keys: question.keys ?? 4,
    clients: question.clients ?? 8,
    operationsPerClient: question.operations ?? 25,
    readShare: question.readShare ?? 0.5,
    thinkSeconds: question.thinkSeconds ?? 0.05,
    initialValue:
      question.initialValue ?? (kind === "stock" ? 20 : kind === "transfer" ? 100 : kind === "saga" ? 1000 : 0),
    expectedVersion: question.expectedVersion ?? false,
    idempotent: question.idempotent ?? false,
    durable: question.durable ?? false,
  };
}

function linksOf(
  question: ConsistencyQuestion,
  regions: readonly string[],
  catalog: Catalog,
  assumptions: Assumption[],
  diagnostics: Diagnostic[],
): readonly LatencyDistribution[] {
  const problem = question.latency === undefined ? undefined : latencyProblem(question.latency);
  if (problem !== undefined) diagnostics.push(diagnose(latencyFitUnusable, { fit: "--latency", problem }));
  const local = spread(catalog.interZoneLatency().value / 2);
  const delays: string[] = [];
  const links = regions.flatMap((from, row) =>
    regions.map((to, column) => {
      if (from === to) return local;
      if (question.latency !== undefined) return question.latency;
      const roundTrip = catalog.regionLatency(from, to)?.value ?? 0;
      if (row < column) delays.push(`${from}-${to} ${roundTrip} ms`);
      return spread(roundTrip);
    }),
  );
  if (question.latency === undefined)
    assumptions.push(
      assume(linkDelaySpread, subjectOf(question), { delays: delays.length > 0 ? delays.join(", ") : "one region" }),
    );
  return links;
}

const leastSpread = 0.3;

function spread(roundTrip: number): LatencyDistribution {
  return { kind: "exponential", floor: roundTrip / 2, mean: Math.max(leastSpread, roundTrip / 10) };
}

function faultsOf(
  { faults = [] }: ConsistencyQuestion,
  regions: readonly string[],
  diagnostics: Diagnostic[],
): readonly Omit<Fault, "startSeconds" | "endSeconds">[] {
  return faults.flatMap(({ kind: written, region, otherRegion }) => {
    const kind = faultKinds.find((each) => each === written);
    if (kind === undefined)
      diagnostics.push(diagnose(simulationNameUnknown, { what: "fault", written, candidates: faultKinds }));
    const unknown = [region, ...(otherRegion === undefined ? [] : [otherRegion])].filter(
      (each) => !regions.includes(each),
    );
    for (const each of unknown)
      diagnostics.push(
        diagnose(simulationNameUnknown, { what: "region of the simulation", written: each, candidates: regions }),
      );
    if (kind === undefined || unknown.length > 0) return [];
    return [
      {
        kind,
        region: regions.indexOf(region),
        ...(otherRegion === undefined ? {} : { otherRegion: regions.indexOf(otherRegion) }),
      },
    ];
  });
}
