import { writeStatus } from "./records.ts";
import { eventKind, type StoreState } from "./store-state.ts";
import { answerWrite, writeAnswer } from "./write-answers.ts";

/** A confirmation has come back to the leader. */
export function confirmWrite(state: StoreState, write: number, node: number, home: number): void {
  const region = state.topology.regionOf[node] as number;
  if (state.isBlocked(region, home) || state.regionDownSince[home] !== -1) return;
  confirm(state, write, region);
}

/** Counts a confirmation of a region, and commits the write when these are enough. */
export function confirm(state: StoreState, write: number, region: number): void {
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
