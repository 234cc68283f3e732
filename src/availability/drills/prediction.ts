import type { JourneyCutSet } from "./journey-cut-sets.ts";
import type { TimePart } from "./recovery-times.ts";

/**
 * What sets the outcome. `assumption`, `declared`: a time that nobody has measured; `imposed`: the journey is down as
 * long as the fault lasts; `bridged`: a buffer outlasts the fault.
 */
type PredictionBasis = "assumption" | "declared" | "imposed" | "bridged";

/** What an experiment does to one journey, as the model has it. */
export interface JourneyPrediction {
  /** `environment/application/name`. */
  readonly journey: string;
  /** Seconds that the journey is down. */
  readonly downtimeSeconds: number;
  /** Seconds from the start of the fault until the journey is served again. */
  readonly recoveredAfterSeconds: number;
  readonly basis: PredictionBasis;
  /** Times that it stands on, the longest first; empty where nothing recovers by itself. */
  readonly parts: readonly TimePart[];
  /** Minutes of an average month that the journey is down by these faults. */
  readonly minutesPerMonth: number;
  /** The cut set in words. */
  readonly words: string;
}

/** Longest time that a fault is kept up, and how long one is whose end nothing but its removal brings. */
const longestSeconds = 3_600;
const imposedSeconds = 300;
const shortestSeconds = 120;
const minutesPerMonth = 43_830;

/**
 * How long a fault is kept up: half as long again as the slowest recovery needs, so that the recovery is seen under the
 * fault; five minutes where nothing recovers by itself.
 */
export function faultSeconds(sets: readonly JourneyCutSet[]): number {
  const recoveries = sets
    .map(({ felt }) => felt.recoversAfterSeconds * 1.5)
    .filter((seconds) => seconds <= longestSeconds);
  if (recoveries.length === 0) return imposedSeconds;
  return Math.max(shortestSeconds, 60 * Math.ceil(Math.max(...recoveries) / 60));
}

/** The worst that the cut sets predict for one journey while their faults last so long; undefined without cut set. */
export function predict(sets: readonly JourneyCutSet[], seconds: number): JourneyPrediction | undefined {
  const worst = sets.map((set) => ofCutSet(set, seconds)).toSorted(longestFirst)[0];
  if (worst === undefined) return undefined;
  return { ...worst, minutesPerMonth: sets.reduce((sum, set) => sum + set.unavailability, 0) * minutesPerMonth };
}

function ofCutSet({ journey, felt, words, unavailability }: JourneyCutSet, seconds: number): JourneyPrediction {
  const { recoversAfterSeconds, bufferSeconds, parts } = felt;
  const ends = Math.min(recoversAfterSeconds, seconds);
  const downtimeSeconds = Math.max(0, ends - bufferSeconds);
  const recovers = recoversAfterSeconds <= seconds;
  return {
    journey: journey.id,
    downtimeSeconds,
    recoveredAfterSeconds: downtimeSeconds === 0 ? 0 : ends,
    basis: downtimeSeconds === 0 ? "bridged" : !recovers ? "imposed" : (parts[0]?.origin ?? "imposed"),
    parts: recovers || downtimeSeconds === 0 ? parts : [],
    minutesPerMonth: unavailability * minutesPerMonth,
    words,
  };
}

function longestFirst(left: JourneyPrediction, right: JourneyPrediction): number {
  return (
    right.downtimeSeconds - left.downtimeSeconds ||
    right.minutesPerMonth - left.minutesPerMonth ||
    (left.words < right.words ? -1 : 1)
  );
}
