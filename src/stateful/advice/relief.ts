import { type AnswerTo, costOf } from "./flips.ts";
import type { ChangedInput, InputChange } from "./input-changes.ts";
import type { JudgedOption } from "./judged-option.ts";
import type { StoreOption } from "./options/store-option.ts";
import type { StoreNeed } from "./store-need.ts";

/** Changes that together leave an answer where no single one does. */
export interface Relief {
  readonly changes: readonly ChangedInput[];
  /** What the answer is then. */
  readonly answer: string;
  /** What that costs a month; absent where it has no price. */
  readonly monthlyCost?: number;
}

interface Way {
  readonly chosen: readonly InputChange[];
  readonly distance: number;
}

const mostChanges = 4;

/**
 * The fewest changes after which something fits, and of those the nearest: option by option, each rule that rejects it is
 * met by the nearest change that takes it away and brings no other. Undefined where no option can be had with four.
 */
export function nearestRelief(
  need: StoreNeed,
  judged: readonly JudgedOption[],
  changes: readonly InputChange[],
  judge: (option: StoreOption, need: StoreNeed) => JudgedOption,
  answerTo: (need: StoreNeed) => AnswerTo | undefined,
): Relief | undefined {
  const [nearest] = judged
    .filter(({ option }) => option.shapes.includes(need.shape))
    .flatMap((each) => wayTo(each, need, changes, judge) ?? [])
    .toSorted((left, right) => left.chosen.length - right.chosen.length || left.distance - right.distance);
  if (nearest === undefined) return undefined;
  const answer = answerTo(nearest.chosen.reduce((changed, { apply }) => apply(changed), need));
  return answer === undefined
    ? undefined
    : {
        changes: nearest.chosen.map(({ apply: _apply, ...change }) => change),
        answer: answer.label,
        ...costOf(answer),
      };
}

function wayTo(
  { option, verdicts }: JudgedOption,
  need: StoreNeed,
  changes: readonly InputChange[],
  judge: (option: StoreOption, need: StoreNeed) => JudgedOption,
): Way | undefined {
  const failures = (each: JudgedOption) => each.verdicts.filter(({ outcome }) => outcome === "fail").length;
  const chosen: InputChange[] = [];
  let current = need;
  let left = failures({ option, verdicts, standing: "rejected" });
  while (left > 0 && chosen.length < mostChanges) {
    const found = changes
      .map((change) => ({ change, changed: change.apply(current) }))
      .map((each) => ({ ...each, remaining: failures(judge(option, each.changed)) }))
      .find(({ remaining }) => remaining < left);
    if (found === undefined) return undefined;
    chosen.push(found.change);
    current = found.changed;
    left = found.remaining;
  }
  return left > 0 ? undefined : { chosen, distance: chosen.reduce((sum, { distance }) => sum + distance, 0) };
}
