/** How long a message takes one way, in milliseconds. */
export type LatencyDistribution =
  | { readonly kind: "constant"; readonly milliseconds: number }
  /** `floor` plus an exponential of this mean. */
  | { readonly kind: "exponential"; readonly mean: number; readonly floor?: number }
  /** Never below `scale`; the smaller `shape`, the heavier the tail. */
  | { readonly kind: "pareto"; readonly scale: number; readonly shape: number }
  | { readonly kind: "mixture"; readonly parts: readonly LatencyPart[] };

/** One part of a fit; the weights of a fit sum to one. */
interface LatencyPart {
  readonly weight: number;
  readonly distribution: LatencyDistribution;
}

/** A sample by inverse transform; `draw` gives numbers in (0, 1). Milliseconds. */
export function sampleLatency(distribution: LatencyDistribution, draw: () => number): number {
  switch (distribution.kind) {
    case "constant":
      return distribution.milliseconds;
    case "exponential":
      return (distribution.floor ?? 0) - Math.log(draw()) * distribution.mean;
    case "pareto":
      return distribution.scale * draw() ** (-1 / distribution.shape);
    case "mixture":
      return sampleLatency(pickPart(distribution.parts, draw()), draw);
  }
}

function pickPart(parts: readonly LatencyPart[], draw: number): LatencyDistribution {
  let left = draw;
  for (const { weight, distribution } of parts) {
    left -= weight;
    if (left < 0) return distribution;
  }
  return parts.at(-1)?.distribution ?? { kind: "constant", milliseconds: 0 };
}

/** What is wrong with a fit, in words; undefined when it can be sampled. */
export function latencyProblem(distribution: LatencyDistribution): string | undefined {
  switch (distribution.kind) {
    case "constant":
      return isDelay(distribution.milliseconds) ? undefined : delayProblem(distribution.milliseconds);
    case "exponential": {
      const { mean, floor = 0 } = distribution;
      return isDelay(mean) ? (isDelay(floor) ? undefined : delayProblem(floor)) : delayProblem(mean);
    }
    case "pareto":
      if (!isDelay(distribution.scale)) return delayProblem(distribution.scale);
      return distribution.shape >= leastShape && Number.isFinite(distribution.shape)
        ? undefined
        : `a Pareto shape of ${distribution.shape} is not ${leastShape} or more`;
    case "mixture":
      return mixtureProblem(distribution.parts);
  }
}

function mixtureProblem(parts: readonly LatencyPart[]): string | undefined {
  const wrong = parts.find(({ weight }) => !(weight >= 0 && weight <= 1));
  if (wrong !== undefined) return `a weight of ${wrong.weight} is not between 0 and 1`;
  const sum = parts.reduce((total, { weight }) => total + weight, 0);
  if (!(Math.abs(sum - 1) <= weightTolerance)) return `the weights sum to ${Number(sum.toPrecision(6))}, not to 1`;
  for (const { distribution } of parts) {
    const problem = latencyProblem(distribution);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

const weightTolerance = 1e-6;
/** Heavier tails give delays beyond every number. */
const leastShape = 0.1;
const longestDelay = 3_600_000;

function isDelay(milliseconds: number): boolean {
  return milliseconds >= 0 && milliseconds <= longestDelay;
}

function delayProblem(milliseconds: number): string {
  return milliseconds > longestDelay
    ? `a latency of ${milliseconds} ms is more than an hour`
    : `a latency of ${milliseconds} ms is not a time of zero or more`;
}
