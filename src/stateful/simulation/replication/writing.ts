import { confirm } from "./committing.ts";
import { isLost } from "./message-loss.ts";
import { writeStatus } from "./records.ts";
import { applyAt, replicate } from "./replicating.ts";
import { eventKind, type StoreState } from "./store-state.ts";
import { answerWrite, writeAnswer } from "./write-answers.ts";

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
