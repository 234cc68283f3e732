import { faultKey, type InjectedFault } from "./injected-fault.ts";
import type { JourneyCutSet } from "./journey-cut-sets.ts";
import { faultSeconds, type JourneyPrediction, predict } from "./prediction.ts";

/** Faults that are brought about together, with what the model says will happen. */
export interface ExperimentDesign {
  /** Made of what fails, so that it stays the same while the estate does. */
  readonly id: string;
  readonly key: string;
  readonly faults: readonly InjectedFault[];
  /** Failures that it takes; with two, either alone is tried first. */
  readonly order: number;
  readonly faultSeconds: number;
  /** Journeys that are hit, the longest downtime first; then those that a buffer saves. */
  readonly predictions: readonly JourneyPrediction[];
  /** Of several faults: what each alone does. */
  readonly alone: readonly { readonly fault: InjectedFault; readonly predictions: readonly JourneyPrediction[] }[];
  readonly worth: Worth;
}

/** What is worth testing first: what is uncertain times what it costs. */
export interface Worth {
  /** 1, 0.5 or 0.25. */
  readonly uncertainty: number;
  /** Minutes of an average month that the failures last, whatever softens them; of the journey that is hit most. */
  readonly minutesPerMonth: number;
  /** These minutes at the declared cost of a minute, over all journeys that are hit; 0 where none is declared. */
  readonly monthlyCost: number;
  /** Uncertainty x cost; of minutes where no cost is declared. */
  readonly monthlyValue: number;
}

const minutesOfMonth = 43_830;
/** Share of the places that is kept for pairs: they alone prove redundancy. */
const shareOfPairs = 0.25;

/** The experiments that are worth most, at most `limit`; a quarter of the places is kept for pairs. */
export function chooseExperiments(
  sets: readonly JourneyCutSet[],
  limit: number,
): { readonly chosen: readonly ExperimentDesign[]; readonly candidates: number } {
  const byKey = Map.groupBy(sets, ({ key }) => key);
  const designs = [...byKey.values()].map((own) => design(own, byKey)).toSorted(mostWorthFirst);
  // A pair that people must play in part proves less than one that runs by itself.
  const pairs = designs.filter(({ order, faults }) => order > 1 && faults.every(({ kind }) => kind !== "drill"));
  const singles = designs.filter(({ order }) => order === 1);
  const forPairs = Math.min(pairs.length, Math.max(Math.floor(limit * shareOfPairs), limit - singles.length));
  const kept = [...singles.slice(0, limit - forPairs), ...pairs.slice(0, forPairs)].toSorted(mostWorthFirst);
  return { chosen: withUniqueIds(kept), candidates: designs.length };
}

function design(own: readonly JourneyCutSet[], byKey: ReadonlyMap<string, readonly JourneyCutSet[]>): ExperimentDesign {
  const [first] = own;
  const faults = first?.faults ?? [];
  const parts = faults.length < 2 ? [] : faults.map((fault) => ({ fault, sets: byKey.get(faultKey(fault)) ?? [] }));
  const all = [...own, ...parts.flatMap(({ sets }) => sets)];
  const seconds = faultSeconds(all);
  const key = first?.key ?? "";
  return {
    id: idOf(key),
    key,
    faults,
    order: Math.min(...own.map(({ order }) => order)),
    faultSeconds: seconds,
    predictions: predictions(all, seconds),
    alone: parts.map(({ fault, sets }) => ({ fault, predictions: predictions(sets, seconds) })),
    worth: worthOf(own, seconds),
  };
}

function predictions(sets: readonly JourneyCutSet[], seconds: number): readonly JourneyPrediction[] {
  return [...Map.groupBy(sets, ({ journey }) => journey.id).values()]
    .flatMap((own) => predict(own, seconds) ?? [])
    .toSorted((left, right) => right.downtimeSeconds - left.downtimeSeconds || (left.journey < right.journey ? -1 : 1));
}

function worthOf(own: readonly JourneyCutSet[], seconds: number): Worth {
  const byJourney = [...Map.groupBy(own, ({ journey }) => journey.id).values()].map((sets) => ({
    minutes: Math.max(...sets.map(({ exposure }) => exposure)) * minutesOfMonth,
    costPerMinute: sets[0]?.journey.downtimeCostPerMinute ?? 0,
    uncertainty: Math.max(...sets.map((set) => uncertaintyOf(set, seconds))),
  }));
  const monthlyCost = byJourney.reduce((sum, { minutes, costPerMinute }) => sum + minutes * costPerMinute, 0);
  const minutesPerMonth = Math.max(...byJourney.map(({ minutes }) => minutes));
  const uncertainty = Math.max(...byJourney.map(({ uncertainty: each }) => each));
  return {
    uncertainty,
    minutesPerMonth,
    monthlyCost,
    monthlyValue: uncertainty * (monthlyCost > 0 ? monthlyCost : minutesPerMonth),
  };
}

function uncertaintyOf(set: JourneyCutSet, seconds: number): number {
  if (set.order > 1) return 1;
  const prediction = predict([set], seconds);
  switch (prediction?.basis) {
    case "assumption":
      return 1;
    case "declared":
      return 0.5;
    case "bridged":
      return prediction.parts[0]?.origin === "declared" ? 0.5 : 1;
    case "imposed":
    case undefined:
      return 0.25;
  }
}

/** What has a cost before what has none. */
function mostWorthFirst(left: ExperimentDesign, right: ExperimentDesign): number {
  return (
    Number(right.worth.monthlyCost > 0) - Number(left.worth.monthlyCost > 0) ||
    right.worth.monthlyValue - left.worth.monthlyValue ||
    (left.key < right.key ? -1 : 1)
  );
}

const longestId = 60;

/** `zone/westeurope/1` as `zone-westeurope-1`: a name that Kubernetes and file systems take. */
function idOf(key: string): string {
  const text = key
    .toLowerCase()
    .replaceAll(" + ", "-and-")
    .replaceAll(/(?:datastore|cloudservice)\/|host:/g, "")
    .replaceAll(/[^a-z0-9]+/g, "-");
  return text.slice(0, longestId).replaceAll(/^-+|-+$/g, "");
}

function withUniqueIds(designs: readonly ExperimentDesign[]): readonly ExperimentDesign[] {
  const seen = new Map<string, number>();
  return designs.map((each) => {
    const times = (seen.get(each.id) ?? 0) + 1;
    seen.set(each.id, times);
    return times === 1 ? each : { ...each, id: `${each.id}-${times}` };
  });
}
