import type { StoreState } from "./store-state.ts";

/** Whether a message of an operation gets lost on its way. */
export function isLost(state: StoreState, operation: number): boolean {
  const { loss } = state.plan.mishaps;
  return loss > 0 && state.draw(operation) < loss;
}
