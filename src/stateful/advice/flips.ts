import type { ChangedInput, InputChange } from "./input-changes.ts";
import type { StoreNeed } from "./store-need.ts";

/** The nearest change that makes another option the answer. */
export interface Flip extends ChangedInput {
  /** What the answer is then; undefined: nothing is left that fits. */
  readonly answer: string | undefined;
  /** What that answer costs a month; absent where nothing is left or it has no price. */
  readonly monthlyCost?: number;
}

/** The first of the ranking of a changed need. */
export interface AnswerTo {
  readonly label: string;
  readonly monthlyCost: number | undefined;
}

/** Tries the changes, the nearest first, until the answer is another. */
export function nearestFlip(
  need: StoreNeed,
  changes: readonly InputChange[],
  answer: string | undefined,
  answerTo: (need: StoreNeed) => AnswerTo | undefined,
): Flip | undefined {
  for (const { apply, ...change } of changes) {
    const changed = answerTo(apply(need));
    if (changed?.label !== answer) return { ...change, answer: changed?.label, ...costOf(changed) };
  }
  return undefined;
}

/** The price of an answer as a part of what is reported, if there is one. */
export function costOf(answer: AnswerTo | undefined): { readonly monthlyCost?: number } {
  return answer?.monthlyCost === undefined ? {} : { monthlyCost: answer.monthlyCost };
}
