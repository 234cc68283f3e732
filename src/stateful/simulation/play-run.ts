import {
  consume,
  finishRead,
  finishWrite,
  publish,
  startClients,
  startOperation,
  stepSaga,
  timeOut,
} from "./clients/operating.ts";
import { endFault, failOver, scheduleFaults, startFault } from "./replication/failing.ts";
import { learnCommit, readAtReplica, takeReadReply } from "./replication/reading.ts";
import { eventKind, type Recorder, StoreState } from "./replication/store-state.ts";
import { applyWrite, confirmWrite, takeWrite } from "./replication/writing.ts";
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

function handle(state: StoreState, kind: number, a: number, b: number, c: number, d: number): void {
  switch (kind) {
    case eventKind.start:
      return startOperation(state, a);
    case eventKind.writeAtLeader:
      return takeWrite(state, a, b, c);
    case eventKind.apply:
      return applyWrite(state, a, b, c, d);
    case eventKind.acknowledge:
      return confirmWrite(state, a, b, c);
    case eventKind.readAtReplica:
      return readAtReplica(state, a, b);
    case eventKind.readReply:
      if (takeReadReply(state, a, b, c, d)) finishRead(state, a);
      return;
    case eventKind.writeReply:
      return finishWrite(state, a, b, c);
    case eventKind.timeout:
      return timeOut(state, a);
    case eventKind.committed:
      for (const request of learnCommit(state, a, b)) finishRead(state, request);
      return;
    case eventKind.faultStart:
      return startFault(state, a);
    case eventKind.faultEnd:
      return endFault(state, a);
    case eventKind.failover:
      return failOver(state, a);
    case eventKind.publish:
      return publish(state, a, b);
    case eventKind.consume:
      return consume(state, a);
    case eventKind.sagaStep:
      return stepSaga(state, a, b);
  }
}
