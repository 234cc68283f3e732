import { eventKind, type StoreState } from "../replication/store-state.ts";
import { endOperation, outcome, readFirst } from "./operating.ts";

const chargeDeclined = 0.05;
const crashRestart = 1_000_000;
const serviceMicros = 5_000;

/** What follows a change: a message, or the next step of a saga. A crash may come first. */
export function follow(state: StoreState, index: number): void {
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
