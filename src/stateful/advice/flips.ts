import { cosmosLevels } from "../timelines/managed/managed-store.ts";
import type { JudgedOption } from "./judged-option.ts";
import { durationText } from "./rule-verdict.ts";
import { demandedScopes, type StoreNeed, transactionSpans } from "./store-need.ts";

/** One input changed, by how much, and what the need is then. */
export interface InputChange {
  readonly input: string;
  readonly before: string;
  readonly after: string;
  /** Doublings or halvings; 1 for a yes or no and for a step of a level. */
  readonly distance: number;
  readonly need: StoreNeed;
}

/** The nearest change that makes another option the answer. */
export interface Flip extends Omit<InputChange, "need"> {
  /** What the answer is then; undefined: nothing is left that fits. */
  readonly answer: string | undefined;
}

/**
 * Every change of one input that can matter: numbers move to where a rule begins or ceases to hold, yes and no change
 * places, levels move a step. In the order of distance.
 */
export function inputChanges(need: StoreNeed, judged: readonly JudgedOption[]): readonly InputChange[] {
  const changes = [...numericChanges(need, judged), ...otherChanges(need)];
  const byChange = new Map(changes.map((change) => [`${change.input} ${change.after}`, change]));
  return [...byChange.values()].toSorted(
    (left, right) =>
      left.distance - right.distance || (`${left.input} ${left.after}` < `${right.input} ${right.after}` ? -1 : 1),
  );
}

/** Tries the changes, the nearest first, until the answer is another. */
export function nearestFlip(
  changes: readonly InputChange[],
  answer: string | undefined,
  answerTo: (need: StoreNeed) => string | undefined,
): Flip | undefined {
  for (const { need, ...change } of changes) {
    const changed = answerTo(need);
    if (changed !== answer) return { ...change, answer: changed };
  }
  return undefined;
}

function numericChanges(need: StoreNeed, judged: readonly JudgedOption[]): readonly InputChange[] {
  return judged.flatMap(({ verdicts }) =>
    verdicts.flatMap(({ input, needed, offered, unit = "s" }) => {
      if (needed === undefined || offered === undefined) return [];
      // Where it fails, the demand is relaxed to what is offered; where it holds, tightened to just below.
      const finest = unit === "s" ? Math.min(1, offered) : Math.min(0.1, offered);
      const value = offered > needed ? offered : offered - finest;
      if (value < 0 || value === needed || (offered === needed && finest === 0)) return [];
      const changed = withNumber(need, input, value);
      if (changed === undefined) return [];
      const distance = Math.abs(Math.log2((value + finest + 0.001) / (needed + finest + 0.001)));
      return [{ input, before: durationText(needed, unit), after: durationText(value, unit), distance, need: changed }];
    }),
  );
}

/** The need with one number changed; undefined for inputs that are none. */
function withNumber(need: StoreNeed, input: string, value: number): StoreNeed | undefined {
  if (input === "latency.readP99") return { ...need, readP99Milliseconds: value };
  if (input === "latency.writeP99") return { ...need, writeP99Milliseconds: value };
  const scope = demandedScopes.find((each) => input.startsWith(`recovery.${each}.`));
  if (scope === undefined) return undefined;
  const changed = input.endsWith(".rpo") ? { rpoSeconds: value } : { rtoSeconds: value };
  return { ...need, recovery: { ...need.recovery, [scope]: { ...need.recovery[scope], ...changed } } };
}

function otherChanges(need: StoreNeed): readonly InputChange[] {
  return [
    ...(need.writers.length + need.readers.length > 1
      ? [
          toggle("consistency.clientsMoveRegions", need.clientsMoveRegions, {
            ...need,
            clientsMoveRegions: !need.clientsMoveRegions,
          }),
          toggle("consistency.sessionTokenTravels", need.sessionTokenTravels, {
            ...need,
            sessionTokenTravels: !need.sessionTokenTravels,
          }),
        ]
      : []),
    toggle("retention.immutable", need.isImmutable, { ...need, isImmutable: !need.isImmutable }),
    ...steps(cosmosLevels, need.reads).map(
      ([reads, distance]): InputChange => step("consistency.reads", need.reads, reads, distance, { ...need, reads }),
    ),
    ...steps(transactionSpans, need.transactionSpan).map(
      ([transactionSpan, distance]): InputChange =>
        step("transactionSpan", need.transactionSpan, transactionSpan, distance, { ...need, transactionSpan }),
    ),
    ...need.entities.flatMap((entity) =>
      entity.invariants
        .filter(({ type }) => type !== "none")
        .map(({ type }): InputChange => {
          const entities = need.entities.map((each) =>
            each === entity
              ? { ...each, invariants: each.invariants.filter((invariant) => invariant.type !== type) }
              : each,
          );
          return {
            input: `entities.${entity.name}.invariants`,
            before: type,
            after: "none",
            distance: 1,
            need: { ...need, entities },
          };
        }),
    ),
  ];
}

function toggle(input: string, value: boolean, need: StoreNeed): InputChange {
  return { input, before: String(value), after: String(!value), distance: 1, need };
}

function step(
  input: string,
  before: string | undefined,
  after: string,
  distance: number,
  need: StoreNeed,
): InputChange {
  return { input, before: before ?? "not declared", after, distance, need };
}

/** Every other value of an order, with the steps to it. */
function steps<Value extends string>(
  order: readonly Value[],
  value: Value | undefined,
): readonly (readonly [value: Value, distance: number])[] {
  if (value === undefined) return [];
  const from = order.indexOf(value);
  return order.flatMap((each, index) => (index === from ? [] : [[each, Math.abs(index - from)] as const]));
}
