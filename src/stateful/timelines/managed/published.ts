import type { Reason } from "../../../estate/figures/figure.ts";
import { type Bound, type BoundStrength, numberOf, numbersOf, publishedReason, unknown, within } from "../../bound.ts";
import { between, type DurationDistribution } from "../distribution.ts";
import type { RecoveryKnowledge } from "../recovery-knowledge.ts";

/** Published facts as reasons, in the order of their ids; what the catalog does not hold is left out. */
export function cite({ catalog }: RecoveryKnowledge, ...ids: readonly string[]): readonly Reason[] {
  return ids.flatMap((id) => {
    const fact = catalog.dataServiceFact(id);
    return fact === undefined ? [] : [publishedReason(fact)];
  });
}

/** Every number of a published fact, in seconds: its value, or the list that it is. */
function publishedSeconds({ catalog }: RecoveryKnowledge, id: string): readonly number[] {
  const value = catalog.dataServiceFact(id)?.value;
  return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === "number");
}

/** The largest published number as a bound, in seconds; unknown where nothing is published. */
export function publishedBound(known: RecoveryKnowledge, id: string, strength: BoundStrength): Bound {
  const seconds = publishedSeconds(known, id);
  return seconds.length === 0
    ? unknown(`what is published as ${id}`)
    : within(Math.max(...seconds), strength, cite(known, id));
}

/** A number that a published fact keeps beside its value, such as `rpo` of an SLA. */
export function publishedPart({ catalog }: RecoveryKnowledge, id: string, part: string): number | undefined {
  const fact = catalog.dataServiceFact(id);
  if (fact === undefined) return undefined;
  const found = numbersOf(fact)[part] ?? fact.details[part];
  return typeof found === "number" ? found : undefined;
}

/** A published ceiling, spread evenly below it, or the two ends of a published range; undefined where there is none. */
export function publishedDuration({ catalog }: RecoveryKnowledge, id: string): DurationDistribution | undefined {
  const fact = catalog.dataServiceFact(id);
  const ceiling = numberOf(fact);
  if (ceiling !== undefined) {
    return [
      [0, 0],
      [1, ceiling],
    ];
  }
  const [low, high] = Array.isArray(fact?.value) ? fact.value.filter((each) => typeof each === "number") : [];
  return low === undefined || high === undefined ? undefined : between(low, (low + high) / 2, high);
}
