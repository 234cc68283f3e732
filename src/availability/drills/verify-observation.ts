import type { JourneyPrediction } from "./prediction.ts";
import type { TimePart } from "./recovery-times.ts";

/** What was seen of one journey in one experiment. */
export interface Observation {
  readonly experiment: string;
  readonly journey: string;
  readonly downtimeSeconds: number;
}

/** A value of the estate that the observation speaks against, with the one to put in its place. */
interface Refutation {
  /** Name of the assumption or declaration; of the structure where no time stands behind the prediction. */
  readonly name: string;
  readonly field: string;
  readonly assumed: string;
  readonly observed: string;
  /** What to write; undefined where the structure is to be looked at. */
  readonly replaceBy?: string;
  readonly words: string;
}

export interface ObservationVerdict {
  readonly verdict: "agrees" | "better" | "worse";
  readonly refuted?: Refutation;
}

/** Probes and windows of metrics are no finer. */
const finestSeconds = 30;

/**
 * Sets an observation against its prediction.
 * @param tolerance share of the prediction that it may be off
 */
export function verifyObservation(
  { downtimeSeconds: seen }: Pick<Observation, "downtimeSeconds">,
  prediction: JourneyPrediction,
  tolerance: number,
): ObservationVerdict {
  const { downtimeSeconds: expected } = prediction;
  const off = seen - expected;
  if (Math.abs(off) <= Math.max(finestSeconds, tolerance * expected)) return { verdict: "agrees" };
  return { verdict: off < 0 ? "better" : "worse", refuted: refutation(seen, prediction) };
}

function refutation(seen: number, { basis, downtimeSeconds: expected, parts, journey }: JourneyPrediction): Refutation {
  const off = seen - expected;
  const [longest] = parts;
  switch (basis) {
    case "assumption":
    case "declared":
      if (longest !== undefined) return ofTime(longest, longest.seconds + off);
      return ofStructure(journey, seen, expected);
    case "bridged":
      if (longest === undefined) return ofStructure(journey, seen, expected);
      return {
        ...ofTime(longest, Math.max(0, longest.seconds)),
        replaceBy: "type: hard",
        words: `the buffer of ${text(longest.seconds)} did not bridge the fault: ${journey} was down for ${text(seen)}. Until it does, the dependency is a hard one.`,
      };
    case "imposed":
      return off > 0
        ? {
            name: "recovery-after-the-fault",
            field: "Estate.spec.failureModel.service-repair-time",
            assumed: "served at once when the fault ends",
            observed: `${text(off)} later`,
            words: `${journey} needed ${text(off)} more after the fault had ended: connections, caches or leases do not come back by themselves. Every outage of it lasts so much longer than its repair.`,
          }
        : ofStructure(journey, seen, expected);
  }
}

function ofTime({ name, field, seconds, origin }: TimePart, value: number): Refutation {
  const replaced = Math.max(0, Math.round(value));
  return {
    name,
    field,
    assumed: text(seconds),
    observed: text(replaced),
    replaceBy: origin === "assumption" || !field.endsWith("Seconds") ? `${replaced}s` : String(replaced),
    words: `${name} is ${text(replaced)}, not ${text(seconds)}.`,
  };
}

/** No time explains it: the journey leans on more, or on less, than the estate says. */
function ofStructure(journey: string, seen: number, expected: number): Refutation {
  const isWorse = seen > expected;
  return {
    name: isWorse ? "independence" : "dependency-type",
    field: "Application.spec.dependencies[].type",
    assumed: `down for ${text(expected)}`,
    observed: `down for ${text(seen)}`,
    ...(isWorse ? {} : { replaceBy: "soft" }),
    words: isWorse
      ? `${journey} leans on something that the estate does not declare, or redundancy does not hold: look for what failed with it and declare it.`
      : `${journey} did not need what was taken away as long as the estate says: the dependency is soft, or something stood in for it.`,
  };
}

function text(seconds: number): string {
  return `${Math.round(seconds)} s`;
}
