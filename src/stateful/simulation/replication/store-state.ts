import { sampleLatency } from "../../latency/latency-distribution.ts";
import { drawOf } from "../kernel/draws.ts";
import { EventQueue } from "../kernel/event-queue.ts";
import { TraceHash } from "../kernel/trace-hash.ts";
import type { PlannedOperation, RunPlan } from "../scenario/run-plan.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { RequestLog, WriteLog } from "./records.ts";
import { layOut, type Topology } from "./topology.ts";

/** Kinds of events; the numbers stand in the trace. */
export const eventKind = {
  start: 0,
  writeAtLeader: 1,
  apply: 2,
  acknowledge: 3,
  readAtReplica: 4,
  readReply: 5,
  writeReply: 6,
  timeout: 7,
  committed: 8,
  faultStart: 9,
  faultEnd: 10,
  failover: 11,
  publish: 13,
  consume: 14,
  sagaStep: 15,
} as const;

/** Called for each event that a reader would want to see; absent in runs that are only counted. */
export type Recorder = (event: RecordedEvent) => void;

export interface RecordedEvent {
  readonly atMicros: number;
  readonly kind: (typeof eventKind)[keyof typeof eventKind] | "fault" | "conflict" | "rejected" | "crash" | "move";
  readonly request: number;
  readonly write: number;
  readonly node: number;
  readonly region: number;
  readonly operation: number;
  readonly text?: string;
}

/** The whole state of one run. Functions beside it change it; nothing else does. */
export class StoreState {
  readonly scenario: Scenario;
  readonly plan: RunPlan;
  readonly topology: Topology;
  readonly queue = new EventQueue();
  readonly hash = new TraceHash();
  readonly writes: WriteLog;
  readonly requests: RequestLog;
  readonly record: Recorder | undefined;
  now = 0;

  readonly regionCount: number;
  readonly nodeCount: number;
  /** Items of one partition: two accounts of a transfer, otherwise one. */
  readonly items: number;
  /** Newest write by replica and item: `(node * keys + key) * items + item`. */
  readonly held: Int32Array;
  readonly nodeDown: Uint8Array;
  readonly regionDownSince: Float64Array;
  readonly regionLostAt: Float64Array;
  readonly regionSlow: Float64Array;
  readonly blocked: Uint8Array;
  /** Since when a region has no contact with the leader's; -1: it has. */
  readonly cutSince: Float64Array;
  /** Left out of the quorum set: it serves no reads. */
  readonly dropped: Uint8Array;
  /** Node that takes the writes of a region's clients. */
  readonly leaderOf: Int32Array;
  epoch = 0;
  readonly head: Int32Array;
  /** Writes of a partition in the order of the leader, the latest last. */
  readonly ledger: readonly number[][];
  /** Newest version that a region knows to be committed everywhere, by key and region: strong reads wait for it. */
  readonly committedSeen: Float64Array;
  /** Requests that wait for a commit, by key and region. */
  readonly waiting = new Map<number, number[]>();
  /** Newest version whose acknowledgement reached a client, and when, by key. */
  readonly acknowledgedVersion: Float64Array;
  readonly acknowledgedAt: Float64Array;
  /** Newest version that a client has seen, by client and key. */
  readonly tokens: Float64Array;
  readonly clientRegion: Int32Array;
  readonly clientNext: Int32Array;
  readonly operationsOf: readonly (readonly number[])[];
  readonly operations: readonly PlannedOperation[];
  readonly attempts: Uint8Array;
  readonly drawn: Int32Array;
  readonly outcome: Uint8Array;
  /** Write that carries out an operation, for idempotent retries; -1: none yet. */
  readonly writeOf: Int32Array;
  /** What followed from an operation beyond the store: messages consumed, charges, shipments. */
  readonly effects: Uint8Array;
  readonly shipped: Uint8Array;
  readonly released: Uint8Array;
  readonly lastEnd = { micros: 0 };

  constructor(scenario: Scenario, plan: RunPlan, record?: Recorder) {
    this.scenario = scenario;
    this.plan = plan;
    this.record = record;
    this.topology = layOut(scenario);
    const { length: regions } = scenario.regions;
    const { keys, clients, kind, initialValue } = scenario.workload;
    const { length: nodes } = this.topology.regionOf;
    const operations = plan.operations.length;
    this.regionCount = regions;
    this.nodeCount = nodes;
    this.items = kind === "transfer" ? 2 : 1;
    this.held = new Int32Array(nodes * keys * this.items);
    this.nodeDown = new Uint8Array(nodes);
    this.regionDownSince = new Float64Array(regions).fill(-1);
    this.regionLostAt = new Float64Array(regions).fill(-1);
    this.regionSlow = new Float64Array(regions).fill(1);
    this.blocked = new Uint8Array(regions * regions);
    this.cutSince = new Float64Array(regions).fill(-1);
    this.dropped = new Uint8Array(regions);
    this.leaderOf = Int32Array.from(scenario.regions, (_, region) => this.#firstLeader(region));
    this.head = new Int32Array(keys);
    this.ledger = Array.from({ length: keys }, () => [0]);
    this.committedSeen = new Float64Array(keys * regions);
    this.acknowledgedVersion = new Float64Array(keys);
    this.acknowledgedAt = new Float64Array(keys);
    this.tokens = new Float64Array(clients * keys);
    this.clientRegion = new Int32Array(clients).fill(-1);
    this.clientNext = new Int32Array(clients);
    this.operations = plan.operations;
    this.operationsOf = byClient(plan.operations, clients);
    this.attempts = new Uint8Array(operations);
    this.drawn = new Int32Array(operations);
    this.outcome = new Uint8Array(operations);
    this.writeOf = new Int32Array(operations).fill(-1);
    this.effects = new Uint8Array(operations);
    this.shipped = new Uint8Array(operations);
    this.released = new Uint8Array(operations);
    this.writes = new WriteLog(operations * mostWritesPerOperation + 1, regions, initialValue);
    this.requests = new RequestLog(operations * mostRequestsPerOperation);
  }

  #firstLeader(region: number): number {
    if (this.scenario.store.kind === "cosmos" && this.scenario.store.multiWrite) {
      return this.topology.nodesOf[region]?.[0] ?? 0;
    }
    return 0;
  }

  /** The next number of an operation's own stream. */
  draw(operation: number): number {
    const id = this.operations[operation]?.id ?? 0;
    const position = this.drawn[operation] ?? 0;
    this.drawn[operation] = position + 1;
    return drawOf(this.plan.seed, id, position);
  }

  schedule(time: number, kind: number, a: number, b: number, c: number, d: number): void {
    this.queue.push(time, kind, a, b, c, d);
  }

  isBlocked(from: number, to: number): boolean {
    return (this.blocked[from * this.regionCount + to] as number) > 0;
  }

  /** One-way delay in whole microseconds, at least one. */
  delay(from: number, to: number, operation: number): number {
    const link = this.scenario.links[from * this.regionCount + to];
    const { reorder } = this.plan.mishaps;
    const draw = () => this.draw(operation);
    let milliseconds = link === undefined ? 0 : sampleLatency(link, draw);
    // A message that is overtaken: it takes the way several times as long.
    if (reorder > 0 && draw() < reorder) milliseconds *= 1 + mostReordering * draw();
    const slow = Math.max(this.regionSlow[from] as number, this.regionSlow[to] as number);
    return Math.max(1, Math.round(milliseconds * slow * 1000));
  }

  /** Index of the replica's newest write of an item. */
  slot(node: number, key: number, item: number): number {
    return (node * this.scenario.workload.keys + key) * this.items + item;
  }

  note(event: Omit<RecordedEvent, "atMicros">): void {
    this.record?.({ atMicros: this.now, ...event });
  }
}

/** Indices of the operations of each client, in their order. */
function byClient(operations: readonly PlannedOperation[], clients: number): readonly (readonly number[])[] {
  const operationsOf = Array.from({ length: clients }, (): number[] => []);
  for (const [index, { client }] of operations.entries()) operationsOf[client]?.push(index);
  return operationsOf;
}

/** Attempts of an operation, each with a read and a write, and as many to take it back. */
const mostRequestsPerOperation = 24;
/** Requests may come twice. */
const mostWritesPerOperation = 24;
const mostReordering = 10;
