import { isLost } from "./message-loss.ts";
import { eventKind, type StoreState } from "./store-state.ts";

/** Sends a write to every replica but the leader; eventual consistency parts the items of a batch. */
export function replicate(state: StoreState, write: number, leader: number, home: number): void {
  const { store } = state.scenario;
  const parts = state.items > 1 && store.kind === "cosmos" && store.level === "eventual" ? state.items : 1;
  for (let node = 0; node < state.nodeCount; node++) {
    if (node === leader) continue;
    for (let part = 0; part < parts; part++) sendApply(state, write, node, home, parts === 1 ? -1 : part);
  }
}

/** Replication goes over connections that repeat what is lost: a loss costs time, a cut link everything until it heals. */
export function sendApply(state: StoreState, write: number, node: number, from: number, part: number): void {
  const to = state.topology.regionOf[node] as number;
  if (state.isBlocked(from, to)) return;
  const operation = state.writes.operation[write] as number;
  let delay = state.delay(from, to, operation);
  if (from !== to && isAsynchronous(state)) {
    delay += Math.round(-Math.log(state.draw(operation)) * state.scenario.timers.replicationLagSeconds * 1e6);
  }
  while (isLost(state, operation)) delay += retransmission;
  state.schedule(state.now + delay, eventKind.apply, write, node, part, from);
}

const retransmission = 200_000;

function isAsynchronous({ scenario: { store } }: StoreState): boolean {
  if (store.kind === "cosmos") return store.level !== "strong";
  return store.kind === "primaryReplica" && store.synchronous === 0;
}

/** A write has come to a replica, which keeps it when it is newer than what it has. */
export function applyWrite(state: StoreState, write: number, node: number, part: number, from: number): void {
  const to = state.topology.regionOf[node] as number;
  const lostAt = state.regionLostAt[from] as number;
  const sentBeforeLoss = lostAt > (state.writes.takenAt[write] as number);
  if (state.nodeDown[node] === 1 || state.isBlocked(from, to) || (sentBeforeLoss && from !== to)) return;
  applyAt(state, write, node, Math.max(part, 0), part === -1 ? state.items : part + 1);
  state.note({
    kind: eventKind.apply,
    request: -1,
    write,
    node,
    region: to,
    operation: state.writes.operation[write] as number,
  });
  const isLast = part === -1 || part === state.items - 1;
  if (!isLast || !wantsConfirmation(state, from, to)) return;
  const delay = state.delay(to, from, state.writes.operation[write] as number);
  state.schedule(state.now + delay, eventKind.acknowledge, write, node, from, 0);
}

/** Keeps a write for some of the items of its key, where it is newer than what is held. */
export function applyAt(state: StoreState, write: number, node: number, fromItem: number, untilItem: number): void {
  const { writes, held } = state;
  const version = writes.version[write] as number;
  const key = writes.key[write] as number;
  for (let item = fromItem; item < untilItem; item++) {
    const slot = state.slot(node, key, item);
    if ((writes.version[held[slot] as number] as number) < version) held[slot] = write;
  }
}

function wantsConfirmation({ scenario: { store } }: StoreState, home: number, region: number): boolean {
  if (store.kind !== "cosmos") return store.kind === "quorum" || store.synchronous > 0;
  return home === region || store.level === "strong" || store.level === "boundedStaleness";
}
