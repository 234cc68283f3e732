import type { Catalog } from "../../catalog/catalog.ts";
import { factReason } from "../../catalog/fact.ts";
import type { Reason } from "../../estate/figures/figure.ts";
import type { JudgedOption } from "./judged-option.ts";
import { distance } from "./latency-rules.ts";
import { durationText, type RuleVerdict } from "./rule-verdict.ts";
import { regionsOf, type StoreNeed } from "./store-need.ts";

/** Demands that no option meets together, though it meets each smaller set of them. */
export interface DemandConflict {
  readonly inputs: readonly string[];
  /** Of each demand the rule that comes nearest, with its numbers. */
  readonly verdicts: readonly RuleVerdict[];
  /** A floor of nature: no store at all can do better. */
  readonly floor?: { readonly text: string; readonly reasons: readonly Reason[] };
}

const largestSet = 5;

/**
 * The smallest set of inputs of which every option fails at least one. Options for other shapes of data are left out:
 * they would fail anyway. Undefined where something is left.
 */
export function demandConflict(
  judged: readonly JudgedOption[],
  need: StoreNeed,
  catalog: Catalog,
): DemandConflict | undefined {
  const eligible = judged.filter(({ verdicts }) =>
    verdicts.every(({ input, outcome }) => input !== "shape" || outcome !== "fail"),
  );
  // What cannot be configured is no option at all.
  const options = eligible.filter(({ verdicts }) =>
    verdicts.every(({ input, outcome }) => input !== "service" || outcome !== "fail"),
  );
  if (options.some(({ standing }) => standing !== "rejected")) return undefined;
  const failed = options.map(({ verdicts }) => verdicts.filter(({ outcome }) => outcome === "fail"));
  const floor = physicalFloor(need, catalog);
  if (failed.length === 0) return { inputs: ["shape"], verdicts: [], ...(floor === undefined ? {} : { floor }) };
  const inputs = smallestHittingSet(failed.map((verdicts) => new Set(verdicts.map(({ input }) => input))));
  const verdicts = inputs.flatMap((input) =>
    nearestFailure(failed.flat().filter((verdict) => verdict.input === input)),
  );
  return { inputs, verdicts, ...(floor === undefined ? {} : { floor }) };
}

/** Exact up to five inputs, by size and then by name; beyond, all of them. */
function smallestHittingSet(sets: readonly ReadonlySet<string>[]): readonly string[] {
  const inputs = [...new Set(sets.flatMap((set) => [...set]))].sort();
  for (let size = 1; size <= Math.min(largestSet, inputs.length); size++) {
    const found = choose(inputs, size).find((chosen) => sets.every((set) => chosen.some((input) => set.has(input))));
    if (found !== undefined) return found;
  }
  return inputs;
}

function choose(items: readonly string[], size: number): readonly (readonly string[])[] {
  if (size === 0) return [[]];
  return items.flatMap((item, index) => choose(items.slice(index + 1), size - 1).map((rest) => [item, ...rest]));
}

function nearestFailure(verdicts: readonly RuleVerdict[]): readonly RuleVerdict[] {
  return verdicts
    .toSorted((left, right) => ratio(left) - ratio(right) || (left.rule < right.rule ? -1 : 1))
    .slice(0, 1);
}

function ratio({ needed, offered }: RuleVerdict): number {
  return needed === undefined || offered === undefined ? Number.POSITIVE_INFINITY : (offered + 1) / (needed + 1);
}

/** To lose nothing with a region, each write has to be in another one before it is answered: one round trip at least. */
function physicalFloor(need: StoreNeed, catalog: Catalog): DemandConflict["floor"] {
  const budget = need.writeP99Milliseconds;
  if (need.recovery.region?.rpoSeconds !== 0 || budget === undefined) return undefined;
  const [writer, ...others] = regionsOf(need);
  if (writer === undefined) return undefined;
  const ways = [...others, ...(others.length === 0 ? need.otherRegions : [])]
    .map((region) => ({ region, ...distance(catalog, writer, region) }))
    .filter(({ milliseconds }) => milliseconds !== undefined)
    .toSorted((left, right) => (left.milliseconds ?? 0) - (right.milliseconds ?? 0));
  const [nearest] = ways;
  if (nearest?.milliseconds === undefined || nearest.milliseconds <= budget) return undefined;
  const text = `an RPO of 0 s for the loss of a region needs every write in another region before it is answered: one round trip ${writer} to ${nearest.region} is ${durationText(nearest.milliseconds, "ms")}, and ${durationText(budget, "ms")} are allowed`;
  return { text, reasons: nearest.fact === undefined ? [] : [factReason(nearest.fact)] };
}
