/** A duration in seconds by its quantiles: points of share and seconds, both rising, from share 0 to 1, straight between. */
export type DurationDistribution = readonly (readonly [share: number, seconds: number])[];

/** Seconds where all goes well, half of the time, and nineteen times in twenty. */
export interface DurationRange {
  readonly low: number;
  readonly likely: number;
  readonly high: number;
}

/** Bins of the grid on which distributions are added up. */
const mostBins = 4000;

export function always(seconds: number): DurationDistribution {
  return [
    [0, seconds],
    [1, seconds],
  ];
}

/** At best, half of the time, and in the worst case that is planned for. */
export function between(low: number, likely: number, high: number): DurationDistribution {
  return [
    [0, low],
    [0.5, likely],
    [0.95, high],
    [1, high],
  ];
}

/** Seconds below which the share of durations lies. */
function quantileOf(distribution: DurationDistribution, share: number): number {
  let [before] = distribution;
  for (const point of distribution) {
    if (point[0] >= share) return before === undefined ? point[1] : interpolate(before, point, share);
    before = point;
  }
  return before?.[1] ?? 0;
}

export function rangeOf(distribution: DurationDistribution): DurationRange {
  return {
    low: quantileOf(distribution, 0),
    likely: quantileOf(distribution, 0.5),
    high: quantileOf(distribution, 0.95),
  };
}

/**
 * Range of the sum of independent durations: the least is the sum of the least, the others are quantiles of the
 * convolution, exact to one bin of the grid (1 s up to about an hour). Adding up the high ends would be too pessimistic.
 */
export function rangeOfSum(distributions: readonly DurationDistribution[]): DurationRange {
  const fixed = distributions.filter(isFixed).reduce((sum, each) => sum + quantileOf(each, 0), 0);
  const varying = distributions.filter((each) => !isFixed(each));
  const lows = varying.reduce((sum, each) => sum + quantileOf(each, 0), 0);
  const [only] = varying;
  if (only === undefined) return { low: fixed, likely: fixed, high: fixed };
  if (varying.length === 1) {
    const range = rangeOf(only);
    return { low: range.low + fixed, likely: range.likely + fixed, high: range.high + fixed };
  }
  const spread = varying.reduce((sum, each) => sum + quantileOf(each, 1) - quantileOf(each, 0), 0);
  const bin = Math.max(1, Math.ceil(spread / mostBins));
  const summed = varying.map((each) => massesOf(each, bin)).reduce(convolve);
  const at = (share: number) => Math.round(fixed + lows + quantileOfMasses(summed, share) * bin);
  return { low: fixed + lows, likely: at(0.5), high: at(0.95) };
}

function isFixed(distribution: DurationDistribution): boolean {
  return quantileOf(distribution, 0) === quantileOf(distribution, 1);
}

function interpolate(
  [shareBefore, before]: readonly [number, number],
  [shareAfter, after]: readonly [number, number],
  share: number,
): number {
  if (shareAfter <= shareBefore) return share <= shareBefore ? before : after;
  return before + ((share - shareBefore) / (shareAfter - shareBefore)) * (after - before);
}

/** Share of durations at or below so many seconds. */
function shareBelow(distribution: DurationDistribution, seconds: number): number {
  let [before] = distribution;
  for (const point of distribution) {
    if (point[1] > seconds) {
      if (before === undefined || before[1] >= point[1] || before[1] > seconds) return before?.[0] ?? 0;
      return before[0] + ((seconds - before[1]) / (point[1] - before[1])) * (point[0] - before[0]);
    }
    before = point;
  }
  return 1;
}

/** Probability by bin, above the least duration; each bin stands for its middle. */
function massesOf(distribution: DurationDistribution, bin: number): Float64Array {
  const least = quantileOf(distribution, 0);
  const masses = new Float64Array(Math.ceil((quantileOf(distribution, 1) - least) / bin) + 1);
  let before = 0;
  for (let index = 0; index < masses.length; index++) {
    const share = shareBelow(distribution, least + (index + 0.5) * bin);
    masses[index] = share - before;
    before = share;
  }
  return masses;
}

/** Counted loops: iterators make this, the inner loop of every advice, ten times slower. */
function convolve(left: Float64Array, right: Float64Array): Float64Array {
  const sum = new Float64Array(left.length + right.length - 1);
  for (let index = 0; index < left.length; index++) {
    const mass = left[index] ?? 0;
    if (mass === 0) continue;
    for (let offset = 0; offset < right.length; offset++) {
      const at = index + offset;
      sum[at] = (sum[at] ?? 0) + mass * (right[offset] ?? 0);
    }
  }
  return sum;
}

function quantileOfMasses(masses: Float64Array, share: number): number {
  let below = 0;
  for (const [index, mass] of masses.entries()) {
    below += mass;
    if (below >= share - 1e-12) return index;
  }
  return masses.length - 1;
}
