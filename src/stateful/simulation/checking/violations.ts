import { outcome } from "../clients/operating.ts";
import { requestStatus } from "../replication/records.ts";
import type { StoreState } from "../replication/store-state.ts";
import { checkLinearizable, type RegisterOperation } from "./linearizability.ts";

export const violationKinds = [
  "staleRead",
  "readYourWrites",
  "monotonicReads",
  "monotonicWrites",
  "writesFollowReads",
  "linearizability",
  "lostWrite",
  "oversell",
  "bankTotal",
  "duplicateEffect",
  "lostEffect",
] as const;
export type ViolationKind = (typeof violationKinds)[number];

/** A guarantee that a run broke, at one request or operation. */
export interface Violation {
  readonly kind: ViolationKind;
  /** Request that shows it; -1 where the end of the run does. */
  readonly request: number;
  readonly operation: number;
  /** How many times it counts, such as articles oversold. */
  readonly amount: number;
}

/** Every guarantee that a finished run broke. */
export function findViolations(state: StoreState): readonly Violation[] {
  return [...sessionViolations(state), ...linearizabilityViolations(state), ...endViolations(state)];
}

function sessionViolations(state: StoreState): Violation[] {
  const { requests, writes, scenario } = state;
  const { keys, clients, initialValue } = scenario.workload;
  const found: Violation[] = [];
  const lastRead = new Float64Array(clients * keys);
  const lastWrite = new Float64Array(clients * keys);
  // A client has one request at a time, so the order of calls is the order of each session.
  for (let request = 0; request < requests.length; request++) {
    if (requests.status[request] !== requestStatus.done) continue;
    const cell = (requests.client[request] as number) * keys + (requests.key[request] as number);
    const first = requests.write[request] as number;
    const operation = requests.operation[request] as number;
    const report = (kind: ViolationKind) => found.push({ kind, request, operation, amount: 1 });
    if (requests.isWrite[request] === 1) {
      const version = writes.version[first] as number;
      // The answer to a retry may name a write that was taken before: it follows nothing that was read since.
      if ((writes.takenAt[first] as number) < (requests.call[request] as number)) continue;
      if (version < (lastWrite[cell] as number)) report("monotonicWrites");
      if (version < (lastRead[cell] as number)) report("writesFollowReads");
      lastWrite[cell] = Math.max(lastWrite[cell] as number, version);
      continue;
    }
    const second = requests.secondWrite[request] as number;
    const version = Math.min(writes.version[first] as number, writes.version[second] as number);
    if (version < (requests.floor[request] as number)) report("staleRead");
    if (version < (lastWrite[cell] as number)) report("readYourWrites");
    if (version < (lastRead[cell] as number)) report("monotonicReads");
    const total = (writes.first[first] as number) + (writes.second[second] as number);
    if (scenario.workload.kind === "transfer" && total !== 2 * initialValue) report("bankTotal");
    lastRead[cell] = Math.max(lastRead[cell] as number, version);
  }
  return found;
}

/** Registers are checked one by one: a history is linearizable when that of each of its registers is. */
function linearizabilityViolations(state: StoreState): Violation[] {
  const { requests, writes } = state;
  const histories = Array.from({ length: state.scenario.workload.keys }, (): RegisterOperation[] => []);
  const answered = new Set<number>();
  for (let request = 0; request < requests.length; request++) {
    if (requests.status[request] !== requestStatus.done) continue;
    const isWrite = requests.isWrite[request] === 1;
    const value = requests.write[request] as number;
    if (isWrite) answered.add(value);
    histories[requests.key[request] as number]?.push({
      kind: isWrite ? "write" : "read",
      value,
      call: isWrite ? beganAt(state, value) : (requests.call[request] as number),
      end: requests.end[request] as number,
    });
  }
  for (let write = 1; write < writes.length; write++) {
    if (answered.has(write)) continue;
    const end = Number.POSITIVE_INFINITY;
    histories[writes.key[write] as number]?.push({ kind: "write", value: write, call: beganAt(state, write), end });
  }
  return histories.flatMap((history): Violation[] =>
    checkLinearizable(history, 0) === "notLinearizable"
      ? [{ kind: "linearizability", request: -1, operation: -1, amount: 1 }]
      : [],
  );
}

/** A retry may have taken over the answer of an earlier request: the write began with the earlier one. */
function beganAt({ requests, writes }: StoreState, write: number): number {
  return Math.min(requests.call[writes.request[write] as number] as number, writes.takenAt[write] as number);
}

/** What shows at the end: writes that no longer count, sales beyond the stock, effects that are missing or double. */
function endViolations(state: StoreState): Violation[] {
  const counted = countingWrites(state);
  return [...lostWrites(state, counted), ...oversold(state), ...wrongEffects(state, counted)];
}

/** Writes that the final value of each partition was computed from, itself among them. */
function countingWrites(state: StoreState): ReadonlySet<number> {
  const { writes, scenario } = state;
  const counted = new Set<number>();
  for (let key = 0; key < scenario.workload.keys; key++) {
    for (let write = finalWrite(state, key); write > 0 && !counted.has(write); write = writes.base[write] as number) {
      counted.add(write);
    }
  }
  return counted;
}

function finalWrite(state: StoreState, key: number): number {
  const { store } = state.scenario;
  const leader = state.held[state.slot(state.leaderOf[0] as number, key, 0)] as number;
  if (store.kind !== "quorum") return leader;
  let newest = leader;
  for (let node = 0; node < state.nodeCount; node++) {
    const own = state.held[state.slot(node, key, 0)] as number;
    if ((state.writes.version[own] as number) > (state.writes.version[newest] as number)) newest = own;
  }
  return newest;
}

function lostWrites(state: StoreState, counted: ReadonlySet<number>): Violation[] {
  const { requests } = state;
  const found: Violation[] = [];
  for (let request = 0; request < requests.length; request++) {
    const isDone = requests.isWrite[request] === 1 && requests.status[request] === requestStatus.done;
    if (!isDone || counted.has(requests.write[request] as number)) continue;
    found.push({ kind: "lostWrite", request, operation: requests.operation[request] as number, amount: 1 });
  }
  return found;
}

function oversold(state: StoreState): Violation[] {
  const { kind, keys, initialValue } = state.scenario.workload;
  if (kind !== "stock" && kind !== "saga") return [];
  const sold = new Int32Array(keys);
  for (const [index, operation] of state.operations.entries()) {
    const isSale = operation.kind === "change" && state.outcome[index] === outcome.done && state.released[index] === 0;
    if (isSale) sold[operation.key] = (sold[operation.key] as number) + 1;
  }
  return [...sold].flatMap((each): Violation[] =>
    each > initialValue ? [{ kind: "oversell", request: -1, operation: -1, amount: each - initialValue }] : [],
  );
}

function wrongEffects(state: StoreState, counted: ReadonlySet<number>): Violation[] {
  const { kind } = state.scenario.workload;
  const applied = new Int32Array(state.operations.length);
  for (const write of counted) {
    const operation = state.writes.operation[write] as number;
    applied[operation] = (applied[operation] as number) + 1;
  }
  return state.operations.flatMap((_, operation): Violation[] => {
    const at = { request: -1, operation, amount: 1 };
    const times = applied[operation] as number;
    const effects = state.effects[operation] as number;
    const isDouble = times > (state.released[operation] === 1 ? 2 : 1) || effects > 1;
    const found: Violation[] = isDouble ? [{ kind: "duplicateEffect", ...at }] : [];
    const isMissing =
      times > 0 &&
      ((kind === "outbox" && effects === 0) ||
        (kind === "saga" && state.released[operation] === 0 && state.shipped[operation] === 0));
    return isMissing ? [...found, { kind: "lostEffect", ...at }] : found;
  });
}
