import type { ChangedInput, InputChange } from "./input-changes.ts";
import type { StoreNeed } from "./store-need.ts";

/** The nearest change that makes another option the answer. */
export interface Flip extends ChangedInput {
  /** What the answer is then; undefined: nothing is left that fits. */
  readonly answer: string | undefined;
}

/** Tries the changes, the nearest first, until the answer is another. */
export function nearestFlip(
  need: StoreNeed,
  changes: readonly InputChange[],
  answer: string | undefined,
  answerTo: (need: StoreNeed) => string | undefined,
): Flip | undefined {
  for (const { apply, ...change } of changes) {
    const changed = answerTo(apply(need));
    if (changed !== answer) return { ...change, answer: changed };
  }
  return undefined;
}
