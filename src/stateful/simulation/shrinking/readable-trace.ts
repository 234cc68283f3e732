import { findViolations, type Violation, type ViolationKind } from "../checking/violations.ts";
import { playRun } from "../play-run.ts";
import { eventKind, type RecordedEvent, type StoreState } from "../replication/store-state.ts";
import type { RunPlan } from "../scenario/run-plan.ts";
import type { Scenario } from "../scenario/scenario.ts";

/** Who sends or gets a message: a client, a replica of a region, or what coordinates there where no replica does. */
export type TraceEnd =
  | { readonly client: number }
  | { readonly region: string; readonly replica: number }
  | { readonly region: string };

/** One step of a played run, as data for a page and as a sentence. */
export interface TraceStep {
  readonly milliseconds: number;
  readonly region?: string;
  readonly client?: number;
  readonly key?: number;
  /** Number of the write that was made, applied or seen; 0 is what was there at the start. */
  readonly write?: number;
  /** The replica, by number in its region from 1. */
  readonly replica?: number;
  /** Ends of the message that has come in with this step; one end where something happens in one place. */
  readonly from?: TraceEnd;
  readonly to?: TraceEnd;
  readonly text: string;
  /** Guarantee that this step breaks. */
  readonly breaks?: ViolationKind;
}

/** Plays a plan and tells it step by step; the steps that break the guarantee say so. */
export function readableTrace(scenario: Scenario, plan: RunPlan, kind: ViolationKind): readonly TraceStep[] {
  const events: RecordedEvent[] = [];
  const state = playRun(scenario, plan, (event) => events.push(event));
  const broken = findViolations(state).filter((violation) => violation.kind === kind);
  const takenBy = new Map(
    events.filter(({ kind: each }) => each === eventKind.writeAtLeader).map((event) => [event.write, event]),
  );
  const steps = events.flatMap((event) => stepOf(state, event, broken, takenBy.get(event.write)));
  const end = steps.findLastIndex(({ breaks }) => breaks !== undefined);
  if (end !== -1) return steps.slice(0, end + 1);
  return [...steps, { milliseconds: steps.at(-1)?.milliseconds ?? 0, text: endOf(kind, broken), breaks: kind }];
}

/** What is seen only when everything has settled. */
function endOf(kind: ViolationKind, broken: readonly Violation[]): string {
  const amount = broken.reduce((sum, violation) => sum + violation.amount, 0);
  return endings[kind]?.(amount) ?? `at the end it is broken ${amount} times`;
}

const endings: { readonly [Kind in ViolationKind]?: (amount: number) => string } = {
  linearizability: () => "no single order of these operations explains what was read",
  oversell: (amount) => `at the end ${amount} more were sold than there were`,
  duplicateEffect: (amount) => `at the end ${amount} took effect more than once`,
  lostEffect: (amount) => `at the end ${amount} never had the effect that should follow`,
};

function stepOf(
  state: StoreState,
  event: RecordedEvent,
  broken: readonly Violation[],
  taken: RecordedEvent | undefined,
): readonly TraceStep[] {
  const text = textOf(state, event);
  if (text === undefined) return [];
  const operation = state.operations[event.operation];
  const shows =
    event.kind === eventKind.readReply || event.kind === eventKind.writeReply
      ? broken.find(({ request }) => request === event.request && request !== -1)
      : undefined;
  return [
    {
      milliseconds: event.atMicros / 1000,
      ...(event.region < 0 ? {} : { region: state.scenario.regions[event.region] ?? "" }),
      ...(operation === undefined ? {} : { client: operation.client + 1, key: operation.key + 1 }),
      ...(event.write < 0 || event.kind === "conflict" ? {} : { write: event.write }),
      ...(event.node < 0 ? {} : { replica: replicaOf(state, event.node) }),
      ...endsOf(state, event, taken),
      text,
      ...(shows === undefined ? {} : { breaks: shows.kind }),
    },
  ];
}

/** Where the message of an event comes from and goes to; `taken` is where its write was taken. */
function endsOf(
  state: StoreState,
  event: RecordedEvent,
  taken: RecordedEvent | undefined,
): Pick<TraceStep, "from" | "to"> {
  const operation = state.operations[event.operation];
  const client = operation === undefined ? undefined : { client: operation.client + 1 };
  const leader = taken === undefined ? undefined : takerOf(state, taken);
  const { kind } = event;
  if (kind === eventKind.writeAtLeader) return { ...named("from", client), to: takerOf(state, event) };
  if (kind === eventKind.apply) return { ...named("from", leader), to: replicaEnd(state, event.node) };
  if (kind === eventKind.readReply) return { from: replicaEnd(state, event.node), ...named("to", client) };
  if (kind === eventKind.writeReply) return { ...named("from", leader), ...named("to", client) };
  if (kind === eventKind.failover) return { to: replicaEnd(state, event.node) };
  if (kind === "fault") return { to: { region: state.scenario.regions[event.region] ?? "" } };
  return named("to", client);
}

function named<Name extends "from" | "to">(
  name: Name,
  end: TraceEnd | undefined,
): { readonly [Key in Name]?: TraceEnd } {
  return end === undefined ? {} : ({ [name]: end } as { readonly [Key in Name]: TraceEnd });
}

/** The leader, or the coordinator in the client's region, which is no replica. */
function takerOf(state: StoreState, { node, region }: RecordedEvent): TraceEnd {
  return state.scenario.store.kind === "quorum"
    ? { region: state.scenario.regions[region] ?? "" }
    : replicaEnd(state, node);
}

function replicaEnd(state: StoreState, node: number): TraceEnd {
  const region = state.scenario.regions[state.topology.regionOf[node] ?? 0] ?? "";
  return { region, replica: replicaOf(state, node) };
}

function replicaOf({ topology }: StoreState, node: number): number {
  return (topology.nodesOf[topology.regionOf[node] ?? 0] ?? []).indexOf(node) + 1;
}

function textOf(state: StoreState, event: RecordedEvent): string | undefined {
  const region = state.scenario.regions[event.region] ?? "";
  const operation = state.operations[event.operation];
  const who = `client ${(operation?.client ?? 0) + 1}`;
  const value = `v${event.write}`;
  const item = `item ${(operation?.key ?? 0) + 1}`;
  switch (event.kind) {
    case eventKind.writeAtLeader:
      return `${region} takes ${value} of ${item} from ${who}, computed from v${state.writes.base[event.write]}`;
    case eventKind.apply:
      return `replica ${replicaOf(state, event.node)} of ${region} gets ${value}`;
    case eventKind.readReply: {
      const from = state.topology.regionOf[event.node] ?? 0;
      return `${who} reads ${value} of ${item} from replica ${replicaOf(state, event.node)} of ${state.scenario.regions[from] ?? ""}`;
    }
    case eventKind.writeReply:
      return `${who} learns that ${value} of ${item} is written`;
    case eventKind.failover:
      return `replica ${replicaOf(state, event.node)} of ${region} becomes the leader`;
    case "fault":
      return `${state.plan.faults[event.request]?.kind ?? "fault"} fault of ${region} ${event.write === 1 ? "begins" : "ends"}`;
    case "move":
      return event.request === -1 ? `${who} comes in through ${region}` : `${who} moves to ${region}`;
    case "conflict":
      return `${who} is told that ${item} ${event.write === 2 ? "has changed since it was read" : "is throttled"}`;
    case "rejected":
      return `${who} finds that the rules forbid the change of ${item}`;
    case "crash":
      return `the process of ${who} dies before the next step`;
    // Messages on their way and timers: their effect is told, not they themselves.
    case eventKind.start:
    case eventKind.acknowledge:
    case eventKind.readAtReplica:
    case eventKind.timeout:
    case eventKind.committed:
    case eventKind.faultStart:
    case eventKind.faultEnd:
    case eventKind.publish:
    case eventKind.consume:
    case eventKind.sagaStep:
      return undefined;
  }
}
