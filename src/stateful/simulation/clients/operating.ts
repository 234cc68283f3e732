import { sendRead } from "../replication/reading.ts";
import { eventKind, type StoreState } from "../replication/store-state.ts";

/** How an operation ended, as its client knows it. */
export const outcome = { open: 0, done: 1, unknown: 2, refused: 3, declined: 4 } as const;

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

/** Every operation begins by reading what it is about. */
export function readFirst(state: StoreState, index: number): void {
  const request = openRequest(state, index, false);
  if (request !== -1) sendRead(state, request);
}

/** Opens a request of an operation; -1 when it has had all that it may have. */
export function openRequest(state: StoreState, index: number, isWrite: boolean): number {
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

/** Ends an operation, and lets its client go on to the next. */
export function endOperation(state: StoreState, index: number, how: number): void {
  state.outcome[index] = how;
  state.lastEnd.micros = state.now;
  const operation = state.operations[index];
  if (operation !== undefined) scheduleNext(state, operation.client);
}
