import { finishRead, finishWrite, timeOut } from "./clients/changing.ts";
import { consume, publish, stepSaga } from "./clients/following.ts";
import { startClients, startOperation } from "./clients/operating.ts";
import { confirmWrite } from "./replication/committing.ts";
import { endFault, failOver, scheduleFaults, startFault } from "./replication/failing.ts";
import { learnCommit, readAtReplica, takeReadReply } from "./replication/reading.ts";
import { applyWrite } from "./replication/replicating.ts";
import { eventKind, type Recorder, StoreState } from "./replication/store-state.ts";
import { takeWrite } from "./replication/writing.ts";
import type { RunPlan } from "./scenario/run-plan.ts";
import type { Scenario } from "./scenario/scenario.ts";

/** Plays a plan to its end. The same scenario and plan give the same trace, event by event. */
export function playRun(scenario: Scenario, plan: RunPlan, record?: Recorder): StoreState {
  const state = new StoreState(scenario, plan, record);
  const { queue, hash } = state;
  scheduleFaults(state);
  startClients(state);
  while (queue.pop()) {
    const { time, kind, a, b, c, d } = queue;
    state.now = time;
    hash.add(time, kind, a, b, c, d);
    handle(state, kind, a, b, c, d);
  }
  return state;
}

/** Events of the store first, which are by far the most; then those of its clients, and faults. */
function handle(state: StoreState, kind: number, a: number, b: number, c: number, d: number): void {
  switch (kind) {
    case eventKind.writeAtLeader:
      takeWrite(state, a, b, c);
      return;
    case eventKind.apply:
      applyWrite(state, a, b, c, d);
      return;
    case eventKind.acknowledge:
      confirmWrite(state, a, b, c);
      return;
    case eventKind.readAtReplica:
      readAtReplica(state, a, b);
      return;
    case eventKind.readReply:
      if (takeReadReply(state, a, b, c, d)) finishRead(state, a);
      return;
    case eventKind.committed:
      for (const request of learnCommit(state, a, b)) finishRead(state, request);
      return;
    default:
      handleClient(state, kind, a, b, c);
  }
}

function handleClient(state: StoreState, kind: number, a: number, b: number, c: number): void {
  switch (kind) {
    case eventKind.start:
      startOperation(state, a);
      return;
    case eventKind.writeReply:
      finishWrite(state, a, b, c);
      return;
    case eventKind.timeout:
      timeOut(state, a);
      return;
    case eventKind.publish:
      publish(state, a, b);
      return;
    case eventKind.consume:
      consume(state, a);
      return;
    case eventKind.sagaStep:
      stepSaga(state, a, b);
      return;
    default:
      handleFault(state, kind, a);
  }
}

function handleFault(state: StoreState, kind: number, a: number): void {
  switch (kind) {
    case eventKind.faultStart:
      startFault(state, a);
      return;
    case eventKind.faultEnd:
      endFault(state, a);
      return;
    case eventKind.failover:
      failOver(state, a);
      return;
  }
}
