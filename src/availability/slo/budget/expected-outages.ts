/** Outages as a compound Poisson process: how many come in a window, and how long they are on average. */
export interface OutageProcess {
  readonly perWindow: number;
  readonly meanMinutes: number;
}

/** Beyond this many outages in a window, terms are left out: their weight is below 1e-12 up to 400 outages a window. */
const mostOutages = 600;

/**
 * P(downtime of a window <= minutes): sum over n of Poisson(n) x Gamma(n, minutes / mean), for outages that come
 * independently with exponential lengths.
 */
export function downtimeWithin({ perWindow, meanMinutes }: OutageProcess, minutes: number): number {
  if (perWindow <= 0) return 1;
  if (minutes < 0) return 0;
  const lengths = meanMinutes > 0 ? minutes / meanMinutes : Number.POSITIVE_INFINITY;
  let sum = Math.exp(-perWindow);
  let notYet = 0;
  for (let outages = 1; outages <= mostOutages; outages += 1) {
    notYet += poisson(lengths, outages - 1);
    sum += poisson(perWindow, outages) * Math.max(0, 1 - notYet);
  }
  return Math.min(1, sum);
}

/** The downtime that a window stays below with this probability, to a millionth of it. */
export function downtimeQuantile(process: OutageProcess, probability: number): number {
  if (downtimeWithin(process, 0) >= probability) return 0;
  let high = process.meanMinutes;
  while (downtimeWithin(process, high) < probability) high *= 2;
  let low = 0;
  while (high - low > high * 1e-6) {
    const middle = (low + high) / 2;
    if (downtimeWithin(process, middle) < probability) low = middle;
    else high = middle;
  }
  return high;
}

function poisson(mean: number, count: number): number {
  if (!Number.isFinite(mean)) return 0;
  if (mean === 0) return count === 0 ? 1 : 0;
  let logarithm = count * Math.log(mean) - mean;
  for (let factor = 2; factor <= count; factor += 1) logarithm -= Math.log(factor);
  return Math.exp(logarithm);
}
