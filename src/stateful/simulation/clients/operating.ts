import { sendRead } from "../replication/reading.ts";
import { requestStatus } from "../replication/records.ts";
import { eventKind, type StoreState } from "../replication/store-state.ts";
import { sendWrite, writeAnswer } from "../replication/writing.ts";

/** How an operation ended, as its client knows it. */
export const outcome = { open: 0, done: 1, unknown: 2, refused: 3, declined: 4 } as const;

const mostAttempts = 4;
const chargeDeclined = 0.05;
const crashRestart = 1_000_000;
const serviceMicros = 5_000;

/** Lets every client begin its first operation. */
export function startClients(state: StoreState): void {
  for (let client = 0; client < state.operationsOf.length; client++) scheduleNext(state, client);
}

function scheduleNext(state: StoreState, client: number): void {
  const index = state.operationsOf[client]?.[state.clientNext[client] as number];
  const operation = index === undefined ? undefined : state.operations[index];
  if (index === undefined || operation === undefined) return;
  state.clientNext[client] = (state.clientNext[client] as number) + 1;
  state.schedule(Math.max(state.now + 1, operation.notBefore), eventKind.start, index, 0, 0, 0);
}

export function startOperation(state: StoreState, index: number): void {
  const operation = state.operations[index];
  if (operation === undefined) return;
  const { client, region } = operation;
  const before = state.clientRegion[client] as number;
  if (before !== region) {
    state.clientRegion[client] = region;
    if (before !== -1 && !state.scenario.movement.keepsToken) dropTokens(state, client);
    state.note({ kind: "move", request: before, write: -1, node: -1, region, operation: index });
  }
  readFirst(state, index);
}

function dropTokens(state: StoreState, client: number): void {
  const { keys } = state.scenario.workload;
  state.tokens.fill(0, client * keys, (client + 1) * keys);
}

function readFirst(state: StoreState, index: number): void {
  const request = openRequest(state, index, false);
  if (request !== -1) sendRead(state, request);
}

function openRequest(state: StoreState, index: number, isWrite: boolean): number {
  const operation = state.operations[index];
  const { requests, scenario } = state;
  if (operation === undefined || requests.length >= requests.call.length) return -1;
  const { client, key } = operation;
  const request = requests.length++;
  requests.operation[request] = index;
  requests.client[request] = client;
  requests.key[request] = key;
  requests.isWrite[request] = isWrite ? 1 : 0;
  requests.call[request] = state.now;
  requests.region[request] = operation.region;
  requests.floor[request] = state.acknowledgedVersion[key] as number;
  requests.floorAt[request] = state.acknowledgedAt[key] as number;
  requests.token[request] = state.tokens[client * scenario.workload.keys + key] as number;
  const end = state.now + Math.round(scenario.timers.requestSeconds * 1e6);
  state.schedule(end, eventKind.timeout, request, 0, 0, 0);
  return request;
}

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

/** What follows a change: a message, or the next step of a saga. A crash may come first. */
function follow(state: StoreState, index: number): void {
  const { kind, durable } = state.scenario.workload;
  const { crash } = state.plan.mishaps;
  if ((kind !== "outbox" || durable) && (kind !== "saga" || state.released[index] === 1)) {
    endOperation(state, index, outcome.done);
    return;
  }
  const crashes = crash > 0 && state.draw(index) < crash;
  if (crashes) state.note({ kind: "crash", request: -1, write: -1, node: -1, region: -1, operation: index });
  if (crashes && !durable) {
    endOperation(state, index, outcome.done);
    return;
  }
  const wait = crashes ? crashRestart : 1;
  if (kind === "outbox") {
    state.schedule(state.now + wait, eventKind.publish, index, state.operations[index]?.region ?? 0, 0, 0);
    endOperation(state, index, outcome.done);
    return;
  }
  state.schedule(state.now + wait + serviceMicros, eventKind.sagaStep, index, 0, 0, 0);
}

/** A message goes to its consumer, which may get it twice. */
export function publish(state: StoreState, index: number, region: number): void {
  const delay = state.delay(region, region, index) + serviceMicros;
  state.schedule(state.now + delay, eventKind.consume, index, 0, 0, 0);
  const { duplicate } = state.plan.mishaps;
  if (duplicate > 0 && state.draw(index) < duplicate)
    state.schedule(state.now + 2 * delay, eventKind.consume, index, 1, 0, 0);
}

/** An idempotent consumer remembers what it has done. */
export function consume(state: StoreState, index: number): void {
  if (state.scenario.workload.idempotent && state.effects[index] !== 0) return;
  state.effects[index] = Math.min(255, (state.effects[index] as number) + 1);
}

/** Charge, then ship; a declined charge gives the reservation back. */
export function stepSaga(state: StoreState, index: number, step: number): void {
  const { workload } = state.scenario;
  const { crash } = state.plan.mishaps;
  if (step === 1) {
    state.shipped[index] = 1;
    endOperation(state, index, outcome.done);
    return;
  }
  if (step === 0 && state.draw(index) < chargeDeclined) {
    state.released[index] = 1;
    readFirst(state, index);
    return;
  }
  if (!workload.idempotent || state.effects[index] === 0) state.effects[index] = (state.effects[index] as number) + 1;
  const crashes = step === 0 && crash > 0 && state.draw(index) < crash;
  if (crashes) state.note({ kind: "crash", request: -1, write: -1, node: -1, region: -1, operation: index });
  // A crash before the step was noted down: a durable saga takes it again, any other is forgotten.
  if (crashes && !workload.durable) {
    endOperation(state, index, outcome.done);
    return;
  }
  state.schedule(
    state.now + (crashes ? crashRestart : serviceMicros),
    eventKind.sagaStep,
    index,
    crashes ? 2 : 1,
    0,
    0,
  );
}

function endOperation(state: StoreState, index: number, how: number): void {
  state.outcome[index] = how;
  state.lastEnd.micros = state.now;
  const operation = state.operations[index];
  if (operation !== undefined) scheduleNext(state, operation.client);
}
