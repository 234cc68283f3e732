import { normalQuantile } from "./normal-quantile.ts";

/** What an A/B test is to tell apart, and how surely. */
export interface ExperimentAim {
  /** Share of bad requests of the version that runs. */
  readonly baseline: number;
  /** The share that is to be told from it. */
  readonly changed: number;
  /** Chance to see a difference where there is none, on either side. */
  readonly falseAlarm: number;
  /** Chance to see the difference. */
  readonly power: number;
}

/**
 * Requests that each of two equal arms needs to tell two shares apart: the two-sided test of two proportions with pooled
 * variance under no difference (Fleiss, Statistical Methods for Rates and Proportions). Undefined where the two are equal.
 */
export function requestsPerArm({ baseline, changed, falseAlarm, power }: ExperimentAim): number | undefined {
  const difference = Math.abs(changed - baseline);
  if (difference === 0) return undefined;
  const pooled = (baseline + changed) / 2;
  const underNone = normalQuantile(1 - falseAlarm / 2) * Math.sqrt(2 * pooled * (1 - pooled));
  const underChange = normalQuantile(power) * Math.sqrt(baseline * (1 - baseline) + changed * (1 - changed));
  return Math.ceil(((underNone + underChange) / difference) ** 2);
}

/**
 * Chance to raise a false alarm by looking `looks` times at equal distances and stopping at the first nominal one: the reason for a
 * sequential test. By the recursion of Armitage, McPherson and Rowe (1969) on a grid.
 */
export function falseAlarmWhenPeeking(falseAlarm: number, looks: number): number {
  const limit = normalQuantile(1 - falseAlarm / 2);
  const half = 80;
  let density = densityAfterFirst(limit, half);
  let within = sumOf(density, (2 * limit) / (2 * half));
  for (let look = 2; look <= looks; look += 1) {
    density = densityAfter(density, look, limit, half);
    within = sumOf(density, (2 * limit * Math.sqrt(look)) / (2 * half));
  }
  return Math.max(0, Math.min(1, 1 - within));
}

/** Density of the sum of one step, on midpoints within the limits. */
function densityAfterFirst(limit: number, half: number): Float64Array {
  const step = limit / half;
  return Float64Array.from({ length: 2 * half }, (_, index) => normalDensity(-limit + (index + 0.5) * step));
}

/** Density of the sum after one step more, where every sum before stayed within its limits. */
function densityAfter(before: Float64Array, look: number, limit: number, half: number): Float64Array {
  const earlier = limit * Math.sqrt(look - 1);
  const now = limit * Math.sqrt(look);
  const earlierStep = earlier / half;
  return Float64Array.from({ length: 2 * half }, (_, index) => {
    const at = -now + ((index + 0.5) * now) / half;
    let sum = 0;
    for (const [place, density] of before.entries()) {
      sum += density * normalDensity(at - (-earlier + (place + 0.5) * earlierStep));
    }
    return sum * earlierStep;
  });
}

function sumOf(density: Float64Array, step: number): number {
  return density.reduce((sum, each) => sum + each, 0) * step;
}

function normalDensity(at: number): number {
  return Math.exp((-at * at) / 2) / Math.sqrt(2 * Math.PI);
}
