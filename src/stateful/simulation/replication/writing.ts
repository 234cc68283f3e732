import { requestStatus, writeStatus } from "./records.ts";
import { eventKind, type StoreState } from "./store-state.ts";

/** How a leader answers a write. */
export const writeAnswer = { done: 1, conflict: 2, throttled: 3 } as const;

/** Sends a write to the leader of the client's region; a request may arrive twice, or not at all. */
export function sendWrite(state: StoreState, request: number): void {
  const { requests, plan } = state;
  const operation = requests.operation[request] as number;
  const region = requests.region[request] as number;
  const leader = state.leaderOf[region] as number;
  const home = homeOf(state, region);
  requests.hops[request] = 0;
  if (state.isBlocked(region, home) || isLost(state, operation)) return;
  const arrival = state.now + state.delay(region, home, operation);
  state.schedule(arrival, eventKind.writeAtLeader, request, leader, home, 0);
  const { duplicate } = plan.mishaps;
  if (duplicate > 0 && state.draw(operation) < duplicate) {
    const later = arrival + state.delay(region, home, operation) + Math.round(duplicateDelay * state.draw(operation));
    state.schedule(later, eventKind.writeAtLeader, request, leader, home, 1);
  }
}

/** Microseconds within which a duplicate follows. */
const duplicateDelay = 200_000;

/** Region that takes a client's writes: quorum stores coordinate where the client is. */
function homeOf(state: StoreState, region: number): number {
  if (state.scenario.store.kind === "quorum") return region;
  return state.topology.regionOf[state.leaderOf[region] as number] as number;
}

export function isLost(state: StoreState, operation: number): boolean {
  const { loss } = state.plan.mishaps;
  return loss > 0 && state.draw(operation) < loss;
}

/** A write has reached its leader, or the coordinator of a quorum store. */
export function takeWrite(state: StoreState, request: number, leader: number, home: number): void {
  const { scenario, requests, writes } = state;
  const { store, workload } = scenario;
  const operation = requests.operation[request] as number;
  const key = requests.key[request] as number;
  const isQuorum = store.kind === "quorum";
  if (isQuorum ? state.regionDownSince[home] !== -1 : state.nodeDown[leader] === 1 || !leads(state, leader)) return;
  const earlier = workload.idempotent ? (state.writeOf[operation] as number) : -1;
  if (earlier !== -1) {
    // A retry of what was taken already: its own answer goes to the request that waits now.
    writes.request[earlier] = request;
    if (writes.status[earlier] === writeStatus.committed) answerWrite(state, request, writeAnswer.done, earlier, home);
    return;
  }
  const isGuarded = requests.isGuarded[request] === 1;
  if (isGuarded && state.held[state.slot(leader, key, 0)] !== requests.base[request]) {
    answerWrite(state, request, writeAnswer.conflict, 0, home);
    return;
  }
  if (isBeyondBound(state, key)) {
    answerWrite(state, request, writeAnswer.throttled, 0, home);
    return;
  }
  const write = appendWrite(state, request, leader, home);
  if (!isQuorum) applyAt(state, write, leader, 0, state.items);
  if (!isQuorum) confirm(state, write, home);
  replicate(state, write, isQuorum ? -1 : leader, home);
}

function leads(state: StoreState, node: number): boolean {
  return state.leaderOf.includes(node);
}

function appendWrite(state: StoreState, request: number, leader: number, home: number): number {
  const { requests, writes } = state;
  const write = writes.length++;
  const operation = requests.operation[request] as number;
  const key = requests.key[request] as number;
  writes.operation[write] = operation;
  writes.request[write] = request;
  writes.key[write] = key;
  writes.first[write] = requests.first[request] as number;
  writes.second[write] = requests.second[request] as number;
  writes.base[write] = requests.base[request] as number;
  writes.home[write] = home;
  writes.takenAt[write] = state.now;
  writes.version[write] = nextVersion(state, key, leader, home);
  state.writeOf[operation] = write;
  state.ledger[key]?.push(write);
  state.note({ kind: eventKind.writeAtLeader, request, write, node: leader, region: home, operation });
  return write;
}

/** Versions of a single leader follow one another; where several take writes, the clock of each region decides. */
function nextVersion(state: StoreState, key: number, leader: number, home: number): number {
  const { store, clockSkewSeconds, regions } = state.scenario;
  if (store.kind === "quorum" || (store.kind === "cosmos" && store.multiWrite)) {
    const clock = Math.max(0, state.now + Math.round((clockSkewSeconds[home] ?? 0) * 1e6));
    // Ties between regions are broken by their order, ties within one by the number of the write.
    return clock * clockTicks + (state.writes.length % writeTicks) * regions.length + home + 1;
  }
  const latest = state.writes.version[state.held[state.slot(leader, key, 0)] as number] as number;
  return Math.max(latest, state.epoch * epochStep) + 1;
}

/** A failover leaves room for every write of the epoch before. */
const epochStep = 2 ** 32;
const clockTicks = 4096;
const writeTicks = 128;

/** Bounded staleness: whether a region lags by as many versions, or as long, as is allowed. */
function isBeyondBound(state: StoreState, key: number): boolean {
  const { store } = state.scenario;
  if (store.kind !== "cosmos" || store.level !== "boundedStaleness" || state.regionCount === 1) return false;
  const ledger = state.ledger[key] ?? [];
  for (let region = 0; region < state.regionCount; region++) {
    let lag = 0;
    for (let index = ledger.length - 1; index > 0; index--) {
      const write = ledger[index] as number;
      if ((state.writes.confirmations[write * state.regionCount + region] as number) >= state.topology.regionQuorum)
        break;
      lag++;
      if (lag >= store.bound.versions) return true;
      if (state.now - (state.writes.takenAt[write] as number) > store.bound.seconds * 1e6) return true;
    }
  }
  return false;
}

/** Sends a write to every replica but the leader; eventual consistency parts the items of a batch. */
function replicate(state: StoreState, write: number, leader: number, home: number): void {
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

function applyAt(state: StoreState, write: number, node: number, fromItem: number, untilItem: number): void {
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

/** A confirmation has come back to the leader. */
export function confirmWrite(state: StoreState, write: number, node: number, home: number): void {
  const region = state.topology.regionOf[node] as number;
  if (state.isBlocked(region, home) || state.regionDownSince[home] !== -1) return;
  confirm(state, write, region);
}

function confirm(state: StoreState, write: number, region: number): void {
  const cell = write * state.regionCount + region;
  const { confirmations, status } = state.writes;
  if ((confirmations[cell] as number) < 255) confirmations[cell] = (confirmations[cell] as number) + 1;
  if (status[write] === writeStatus.pending && isHeld(state, write)) commit(state, write);
}

/** Whether enough replicas hold a write for its acknowledgement. */
function isHeld(state: StoreState, write: number): boolean {
  const { store } = state.scenario;
  const at = (region: number) => state.writes.confirmations[write * state.regionCount + region] as number;
  if (store.kind === "cosmos") {
    const quorum = state.topology.regionQuorum;
    if (at(state.writes.home[write] as number) < quorum) return false;
    if (store.level !== "strong") return true;
    for (let region = 0; region < state.regionCount; region++) {
      if (state.dropped[region] === 0 && at(region) < quorum) return false;
    }
    return true;
  }
  let total = 0;
  for (let region = 0; region < state.regionCount; region++) total += at(region);
  return total >= (store.kind === "quorum" ? store.write : 1 + store.synchronous);
}

function commit(state: StoreState, write: number): void {
  const { writes, scenario, plan } = state;
  writes.status[write] = writeStatus.committed;
  const home = writes.home[write] as number;
  const operation = writes.operation[write] as number;
  if (scenario.store.kind === "cosmos" && scenario.store.level === "strong") {
    for (let region = 0; region < state.regionCount; region++) {
      if (state.isBlocked(home, region)) continue;
      state.schedule(state.now + state.delay(home, region, operation), eventKind.committed, write, region, 0, 0);
    }
  }
  if (scenario.workload.kind === "outbox" && scenario.workload.durable) {
    // The relay looks at the outbox now and then; when it dies after publishing, it publishes again.
    const poll = Math.max(1, Math.round(state.draw(operation) * outboxPoll));
    state.schedule(state.now + poll, eventKind.publish, operation, home, 0, 0);
    if (plan.mishaps.crash > 0 && state.draw(operation) < plan.mishaps.crash) {
      state.schedule(state.now + poll + outboxRestart, eventKind.publish, operation, home, 1, 0);
    }
  }
  answerWrite(state, writes.request[write] as number, writeAnswer.done, write, home);
}

const outboxPoll = 100_000;
const outboxRestart = 1_000_000;

/** Sends the answer to the client, which may miss it. */
function answerWrite(state: StoreState, request: number, answer: number, write: number, home: number): void {
  const { requests } = state;
  const region = requests.region[request] as number;
  const operation = requests.operation[request] as number;
  if (requests.status[request] !== requestStatus.pending) return;
  if (state.isBlocked(home, region) || isLost(state, operation)) return;
  state.schedule(state.now + state.delay(home, region, operation), eventKind.writeReply, request, answer, write, 0);
}
