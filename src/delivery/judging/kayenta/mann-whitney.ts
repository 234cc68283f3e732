/** A difference of location between two samples, with the ends of its interval. */
export interface LocationShift {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

/** Brent's tolerance of the original (spinnaker/kayenta kayenta-mannwhitney): z is a step function, so that it shows. */
const tolerance = 1e-4;
const mostIterations = 200;

/**
 * The shift of `experiment` against `control` by the Mann-Whitney test with continuity correction and ties, as Kayenta computes
 * it: the ends are where its z value is that of the confidence level.
 * @param quantile of the normal distribution at 1 - (1 - confidence) / 2
 */
export function locationShift(
  experiment: readonly number[],
  control: readonly number[],
  quantile: number,
): LocationShift {
  const least = Math.min(...experiment) - Math.max(...control);
  const most = Math.max(...experiment) - Math.min(...control);
  const rootAt = (level: number, correction: number) => {
    const difference = (mu: number) => zValue(experiment, control, mu, correction) - level;
    const atLeast = difference(least);
    const atMost = difference(most);
    if (atLeast <= 0) return least;
    if (atMost >= 0) return most;
    return brentRoot(difference, least, most, atLeast, atMost);
  };
  return { lower: rootAt(quantile, 1), upper: rootAt(-quantile, 1), estimate: rootAt(0, 0) };
}

/** z of the experiment's values less mu: positive where they are larger. */
function zValue(experiment: readonly number[], control: readonly number[], mu: number, correction: number): number {
  const m = experiment.length;
  const n = control.length;
  const { rankSum, ties } = rankSumOf(
    experiment.map((value) => value - mu),
    control,
  );
  const distance = rankSum - (m * (m + 1)) / 2 - (m * n) / 2;
  const total = m + n;
  const variance = ((m * n) / 12) * (total + 1 - ties / (total * (total - 1)));
  return (distance - correction * 0.5 * Math.sign(distance)) / Math.sqrt(variance);
}

/** Sum of the mean ranks of the first sample in the pooled one, and the sum of t^3 - t over its ties. */
function rankSumOf(
  first: readonly number[],
  second: readonly number[],
): { readonly rankSum: number; readonly ties: number } {
  const pooled = [
    ...first.map((value) => ({ value, isFirst: true })),
    ...second.map((value) => ({ value, isFirst: false })),
  ].sort((left, right) => left.value - right.value);
  let rankSum = 0;
  let ties = 0;
  for (let start = 0; start < pooled.length; ) {
    let end = start + 1;
    while (end < pooled.length && pooled[end]?.value === pooled[start]?.value) end += 1;
    const rank = (start + 1 + end) / 2;
    const tied = end - start;
    ties += tied ** 3 - tied;
    rankSum += rank * pooled.slice(start, end).filter(({ isFirst }) => isFirst).length;
    start = end;
  }
  return { rankSum, ties };
}

/** Brent's method between two points where the function has opposite signs. */
function brentRoot(
  valueAt: (place: number) => number,
  from: number,
  to: number,
  valueFrom: number,
  valueTo: number,
): number {
  let [a, b, fa, fb] = [from, to, valueFrom, valueTo];
  let [c, fc] = [a, fa];
  let step = b - a;
  let before = step;
  for (let turn = 0; turn < mostIterations; turn += 1) {
    if (Math.abs(fc) < Math.abs(fb)) [a, b, c, fa, fb, fc] = [b, c, b, fb, fc, fb];
    const room = 2 * Number.EPSILON * Math.abs(b) + tolerance / 2;
    const half = (c - b) / 2;
    if (Math.abs(half) <= room || fb === 0) return b;
    const interpolated = interpolate(a, b, c, fa, fb, fc, half);
    const isUseful =
      Math.abs(before) >= room &&
      Math.abs(fa) > Math.abs(fb) &&
      Math.abs(interpolated) < Math.min(1.5 * Math.abs(half), Math.abs(before) / 2);
    before = isUseful ? step : half;
    step = isUseful ? interpolated : half;
    [a, fa] = [b, fb];
    b += Math.abs(step) > room ? step : room * Math.sign(half);
    fb = valueAt(b);
    if (Math.sign(fb) === Math.sign(fc)) {
      [c, fc] = [a, fa];
      step = b - a;
      before = step;
    }
  }
  return b;
}

/** Step from b by inverse quadratic interpolation, or by the secant where two of the points are one. */
function interpolate(a: number, b: number, c: number, fa: number, fb: number, fc: number, half: number): number {
  const s = fb / fa;
  if (a === c) return (2 * half * s) / (s - 1);
  const q = fa / fc;
  const r = fb / fc;
  return (s * (2 * half * q * (q - r) - (b - a) * (r - 1))) / -((q - 1) * (r - 1) * (s - 1));
}
