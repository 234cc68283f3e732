import { requestStatus } from "../replication/records.ts";
import { eventKind, type StoreState } from "../replication/store-state.ts";
import { writeAnswer } from "../replication/write-answers.ts";
import { sendWrite } from "../replication/writing.ts";
import { follow } from "./following.ts";
import { endOperation, openRequest, outcome, readFirst } from "./operating.ts";

const mostAttempts = 4;

/** A read has all its answers: the operation ends, or goes on with the change. */
export function finishRead(state: StoreState, request: number): void {
  const { requests, writes } = state;
  requests.status[request] = requestStatus.done;
  requests.end[request] = state.now;
  const index = requests.operation[request] as number;
  const first = requests.write[request] as number;
  const second = requests.secondWrite[request] as number;
  see(state, request, Math.min(writes.version[first] as number, writes.version[second] as number));
  if (state.operations[index]?.kind === "read") {
    endOperation(state, index, outcome.done);
    return;
  }
  change(state, index, first, writes.first[first] as number, writes.second[second] as number);
}

/** Computes the new value from what was read, and writes it. */
function change(state: StoreState, index: number, base: number, first: number, second: number): void {
  const { workload, store } = state.scenario;
  const detail = state.operations[index]?.detail ?? 0;
  const request = openRequest(state, index, true);
  if (request === -1) {
    endOperation(state, index, outcome.refused);
    return;
  }
  const { requests } = state;
  requests.base[request] = base;
  requests.isGuarded[request] = workload.expectedVersion && store.kind !== "quorum" ? 1 : 0;
  const next = nextValue(state, index, first, detail);
  if (next === undefined) {
    requests.status[request] = requestStatus.refused;
    state.note({ kind: "rejected", request, write: base, node: -1, region: -1, operation: index });
    endOperation(state, index, outcome.declined);
    return;
  }
  requests.first[request] = next;
  requests.second[request] = second + (first - next);
  sendWrite(state, request);
}

/** Undefined: the rules of the workload forbid the change. */
function nextValue(state: StoreState, index: number, value: number, detail: number): number | undefined {
  const { kind } = state.scenario.workload;
  switch (kind) {
    case "counter":
    case "append":
    case "outbox":
      return value + 1;
    case "cart":
      return value | (1 << detail);
    case "stock":
      return value > 0 ? value - 1 : undefined;
    case "transfer":
      return value > detail ? value - (detail + 1) : undefined;
    case "saga":
      if (state.released[index] === 1) return value + 1;
      return value > 0 ? value - 1 : undefined;
  }
}

/** The answer to a write has come. */
export function finishWrite(state: StoreState, request: number, answer: number, write: number): void {
  const { requests, writes } = state;
  if (requests.status[request] !== requestStatus.pending) return;
  const index = requests.operation[request] as number;
  requests.end[request] = state.now;
  if (answer !== writeAnswer.done) {
    requests.status[request] = requestStatus.refused;
    state.note({ kind: "conflict", request, write: answer, node: -1, region: -1, operation: index });
    retry(state, index, outcome.refused);
    return;
  }
  requests.status[request] = requestStatus.done;
  requests.write[request] = write;
  const key = requests.key[request] as number;
  const version = writes.version[write] as number;
  see(state, request, version);
  if (version > (state.acknowledgedVersion[key] as number)) {
    state.acknowledgedVersion[key] = version;
    state.acknowledgedAt[key] = state.now;
  }
  state.note({
    kind: eventKind.writeReply,
    request,
    write,
    node: -1,
    region: requests.region[request] as number,
    operation: index,
  });
  follow(state, index);
}

function see(state: StoreState, request: number, version: number): void {
  const cell =
    (state.requests.client[request] as number) * state.scenario.workload.keys + (state.requests.key[request] as number);
  if (version > (state.tokens[cell] as number)) state.tokens[cell] = version;
}

/** A client has waited long enough: it does not know whether a write was done, and tries again. */
export function timeOut(state: StoreState, request: number): void {
  const { requests } = state;
  if (requests.status[request] !== requestStatus.pending) return;
  requests.status[request] = requestStatus.unknown;
  retry(state, requests.operation[request] as number, outcome.unknown);
}

function retry(state: StoreState, index: number, given: number): void {
  const attempts = (state.attempts[index] as number) + 1;
  state.attempts[index] = attempts;
  if (attempts >= mostAttempts) {
    endOperation(state, index, given);
    return;
  }
  readFirst(state, index);
}
