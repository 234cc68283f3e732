import { binomialRange } from "./binomial.ts";
import type { JudgedMetric, MetricOutcome } from "./judged-metric.ts";
import { type OutcomeRegion, outcomeRegions } from "./outcome-regions.ts";

/** How a version behaves: chances that a request to it fails, and that it is slower than the limit. */
export interface VersionBehaviour {
  readonly errorRate: number;
  readonly slowRate: number;
}

/** One look of a metric at the requests of its window. */
export interface Measurement {
  readonly metric: JudgedMetric;
  readonly requests: number;
}

/** What a set of measurements may give together, in the order of the measurements. */
export interface JointOutcome {
  readonly outcomes: readonly MetricOutcome[];
  readonly probability: number;
}

type Signal = "errors" | "slow" | "none";

/** Which chance decides over a metric. */
export function signalOf({ measure }: JudgedMetric): Signal {
  switch (measure.of) {
    case "good":
    case "bad":
      return "errors";
    case "latency":
      return "slow";
    case "unknown":
      return "none";
  }
}

export function chanceOf(signal: Signal, { errorRate, slowRate }: VersionBehaviour): number {
  if (signal === "none") return 0;
  return signal === "errors" ? errorRate : slowRate;
}

/** Measurements that look at the same requests: one number of bad requests decides over all of them. */
interface Group {
  readonly signal: Signal;
  readonly requests: number;
  /** Positions in the list of measurements. */
  readonly members: readonly number[];
}

export function groupMeasurements(measurements: readonly Measurement[]): readonly Group[] {
  const groups = new Map<string, { signal: Signal; requests: number; members: number[] }>();
  for (const [index, { metric, requests }] of measurements.entries()) {
    const signal = signalOf(metric);
    const key = `${signal} ${requests}`;
    const group = groups.get(key) ?? { signal, requests, members: [] };
    group.members.push(index);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/**
 * Every combination of outcomes with its probability: requests fail and are slow independently, metrics over the same
 * requests see the same number of them.
 */
export function jointOutcomes(
  measurements: readonly Measurement[],
  behaviour: VersionBehaviour,
): readonly JointOutcome[] {
  let joint: readonly (readonly [MetricOutcome[], number])[] = [[[], 1]];
  for (const group of groupMeasurements(measurements)) {
    const parts = groupOutcomes(group, measurements, chanceOf(group.signal, behaviour));
    joint = joint.flatMap(([outcomes, probability]) =>
      parts.map((part): readonly [MetricOutcome[], number] => {
        const together = outcomes.slice();
        for (const [position, member] of group.members.entries()) {
          together[member] = part.outcomes[position] ?? "success";
        }
        return [together, probability * part.probability];
      }),
    );
  }
  return joint.map(([outcomes, probability]) => ({ outcomes, probability }));
}

/** Outcomes of the members of one group, equal combinations together. */
function groupOutcomes(
  { requests, members }: Group,
  measurements: readonly Measurement[],
  chance: number,
): readonly JointOutcome[] {
  const regions = members.map((member) => {
    const metric = measurements[member]?.metric;
    return metric === undefined ? [] : outcomeRegions(metric, requests);
  });
  const starts = [...new Set(regions.flatMap((list) => list.map(({ least }) => least)))].sort((a, b) => a - b);
  const byKey = new Map<string, { outcomes: readonly MetricOutcome[]; probability: number }>();
  for (const [index, least] of starts.entries()) {
    const most = (starts[index + 1] ?? requests + 1) - 1;
    const outcomes = regions.map((list) => outcomeAt(list, least));
    const probability = binomialRange(requests, chance, least, most);
    if (probability === 0) continue;
    const key = outcomes.join(" ");
    const before = byKey.get(key);
    byKey.set(key, { outcomes, probability: probability + (before?.probability ?? 0) });
  }
  return [...byKey.values()];
}

/** What a number of bad requests means. */
export function outcomeAt(regions: readonly OutcomeRegion[], bad: number): MetricOutcome {
  return regions.find(({ least, most }) => bad >= least && bad <= most)?.outcome ?? "success";
}
