import { cosmosLevels } from "../timelines/managed/managed-store.ts";
import type { JudgedOption } from "./judged-option.ts";
import { durationText, shownCeiling, shownFloor } from "./rule-verdict.ts";
import { demandedScopes, type StoreNeed, transactionSpans } from "./store-need.ts";

/** One input changed, and by how much. */
export interface InputChange {
  readonly input: string;
  readonly before: string;
  readonly after: string;
  /** Doublings or halvings; 1 for a yes or no, a step of a level and a region less; 10 for a demand given up. */
  readonly distance: number;
  /** A need with this input changed, the others as they are in it. */
  readonly apply: (need: StoreNeed) => StoreNeed;
}

/** What a change says, without how it is made. */
export type ChangedInput = Omit<InputChange, "apply">;

/** A demand given up is farther than any change of a number by less than a factor of a thousand. */
const demandDropped = 10;

/**
 * Every change of one input that can matter: numbers move to where a rule begins or ceases to hold, yes and no change
 * places, levels move a step, a region is left out. In the order of distance.
 */
export function inputChanges(need: StoreNeed, judged: readonly JudgedOption[]): readonly InputChange[] {
  const changes = [...numericChanges(judged), ...otherChanges(need)];
  const byChange = new Map(changes.map((change) => [`${change.input} ${change.before} ${change.after}`, change]));
  return [...byChange.values()].toSorted(
    (left, right) =>
      left.distance - right.distance || (`${left.input} ${left.after}` < `${right.input} ${right.after}` ? -1 : 1),
  );
}

/** Numbers move to where a rule begins or ceases to hold. */
function numericChanges(judged: readonly JudgedOption[]): readonly InputChange[] {
  return judged.flatMap(({ verdicts }) =>
    verdicts.flatMap(({ input, needed, offered, outcome, unit = "s" }) => {
      if (needed === undefined) return [];
      const before = durationText(needed, unit);
      // No number would do: nobody promises one, or there is none.
      if (outcome === "fail" && (offered === undefined || offered <= needed)) {
        if (!isNumeric(input)) return [];
        const apply = (need: StoreNeed) => withNumber(need, input, undefined);
        return [{ input, before, after: "not asked for", distance: demandDropped, apply }];
      }
      if (offered === undefined || !isNumeric(input)) return [];
      // Where it fails, the demand is relaxed to what is offered, as it is shown; where it holds, tightened to just below.
      const finest = unit === "s" ? Math.min(1, offered) : Math.min(0.1, offered);
      const value = offered > needed ? shownCeiling(offered, unit) : shownFloor(offered - finest, unit);
      if (value < 0 || value === needed || (offered === needed && finest === 0)) return [];
      const distance = Math.abs(Math.log2((value + finest + 0.001) / (needed + finest + 0.001)));
      const apply = (need: StoreNeed) => withNumber(need, input, value);
      return [{ input, before, after: durationText(value, unit), distance, apply }];
    }),
  );
}

const recoveryInput = /^recovery\.(node|zone|region|operatorError)\.(rto|rpo)$/;

function isNumeric(input: string): boolean {
  return input === "latency.readP99" || input === "latency.writeP99" || recoveryInput.test(input);
}

/** The need with one number changed, or no longer asked for. */
function withNumber(need: StoreNeed, input: string, value: number | undefined): StoreNeed {
  if (input === "latency.readP99") return { ...need, readP99Milliseconds: value };
  if (input === "latency.writeP99") return { ...need, writeP99Milliseconds: value };
  const scope = demandedScopes.find((each) => input.startsWith(`recovery.${each}.`));
  if (scope === undefined) return need;
  const { rtoSeconds, rpoSeconds } = need.recovery[scope] ?? {};
  const [rto, rpo] = input.endsWith(".rpo") ? [rtoSeconds, value] : [value, rpoSeconds];
  const changed = {
    ...(rto === undefined ? {} : { rtoSeconds: rto }),
    ...(rpo === undefined ? {} : { rpoSeconds: rpo }),
  };
  return { ...need, recovery: { ...need.recovery, [scope]: changed } };
}

function otherChanges(need: StoreNeed): readonly InputChange[] {
  const { clientsMoveRegions, sessionTokenTravels, isImmutable, readers, writers } = need;
  return [
    ...(writers.length + readers.length > 1
      ? [
          toggle("consistency.clientsMoveRegions", clientsMoveRegions, (each) => ({
            ...each,
            clientsMoveRegions: !clientsMoveRegions,
          })),
          toggle("consistency.sessionTokenTravels", sessionTokenTravels, (each) => ({
            ...each,
            sessionTokenTravels: !sessionTokenTravels,
          })),
        ]
      : []),
    ...fewer("regions.readers", readers, (each, left) => ({ ...each, readers: left })),
    ...fewer("regions.writers", writers, (each, left) => ({ ...each, writers: left })),
    toggle("retention.immutable", isImmutable, (each) => ({ ...each, isImmutable: !isImmutable })),
    ...steps(cosmosLevels, need.reads).map(
      ([reads, distance]): InputChange => ({
        input: "consistency.reads",
        before: need.reads ?? "not declared",
        after: reads,
        distance,
        apply: (each) => ({ ...each, reads }),
      }),
    ),
    ...steps(transactionSpans, need.transactionSpan).map(
      ([transactionSpan, distance]): InputChange => ({
        input: "transactionSpan",
        before: need.transactionSpan,
        after: transactionSpan,
        distance,
        apply: (each) => ({ ...each, transactionSpan }),
      }),
    ),
    ...need.entities.flatMap(withoutInvariants),
  ];
}

/** Each invariant of an entity given up. */
function withoutInvariants({ name, invariants }: StoreNeed["entities"][number]): readonly InputChange[] {
  return invariants
    .filter(({ type }) => type !== "none")
    .map(
      ({ type }): InputChange => ({
        input: `entities.${name}.invariants`,
        before: type,
        after: "none",
        distance: 1,
        apply: (need) => ({
          ...need,
          entities: need.entities.map((each) =>
            each.name === name ? { ...each, invariants: each.invariants.filter((one) => one.type !== type) } : each,
          ),
        }),
      }),
    );
}

/** One region less of several, each in turn. */
function fewer(
  input: string,
  regions: readonly string[],
  apply: (need: StoreNeed, left: readonly string[]) => StoreNeed,
): readonly InputChange[] {
  if (regions.length < 2) return [];
  return regions.map((region): InputChange => {
    const left = regions.filter((each) => each !== region);
    return {
      input,
      before: regions.join(", "),
      after: left.join(", "),
      distance: 1,
      apply: (need) => apply(need, left),
    };
  });
}

function toggle(input: string, value: boolean, apply: InputChange["apply"]): InputChange {
  return { input, before: String(value), after: String(!value), distance: 1, apply };
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
