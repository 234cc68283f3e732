/**
 * P(least <= Bin(count, chance) <= most), summed outwards from the largest term until terms no longer count: no
 * difference of large numbers is taken.
 */
export function binomialRange(count: number, chance: number, least: number, most: number): number {
  const low = Math.max(0, least);
  const high = Math.min(count, most);
  if (low > high) return 0;
  if (chance <= 0) return low === 0 ? 1 : 0;
  if (chance >= 1) return high === count ? 1 : 0;
  if (low === 0 && high === count) return 1;
  const mode = Math.min(count, Math.floor((count + 1) * chance));
  const anchor = Math.min(high, Math.max(low, mode));
  const first = binomialTerm(count, chance, anchor);
  const odds = chance / (1 - chance);
  let sum = first;
  for (let k = anchor, term = first; k < high && term > sum * 1e-18; k += 1) {
    term *= ((count - k) / (k + 1)) * odds;
    sum += term;
  }
  for (let k = anchor, term = first; k > low && term > sum * 1e-18; k -= 1) {
    term *= k / (count - k + 1) / odds;
    sum += term;
  }
  return Math.min(1, sum);
}

/** P(Bin(count, chance) = k), by the saddle-point expansion of Loader (2000), which keeps its digits for large counts. */
export function binomialTerm(count: number, chance: number, k: number): number {
  if (k < 0 || k > count) return 0;
  if (chance <= 0) return k === 0 ? 1 : 0;
  if (chance >= 1) return k === count ? 1 : 0;
  if (k === 0) return Math.exp(count * Math.log1p(-chance));
  if (k === count) return Math.exp(count * Math.log(chance));
  const exponent =
    stirlingError(count) -
    stirlingError(k) -
    stirlingError(count - k) -
    deviance(k, count * chance) -
    deviance(count - k, count * (1 - chance));
  return Math.exp(exponent) * Math.sqrt(count / (2 * Math.PI * k * (count - k)));
}

/** ln n! minus Stirling's formula. */
function stirlingError(value: number): number {
  if (value < 16) {
    let factorial = 1;
    for (let factor = 2; factor <= value; factor += 1) factorial *= factor;
    return Math.log(factorial) - (value + 0.5) * Math.log(value) + value - Math.log(2 * Math.PI) / 2;
  }
  const square = value * value;
  return (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / square) / square) / square) / value;
}

/** x ln(x / mean) + mean - x, by its series where the two are near. */
function deviance(x: number, mean: number): number {
  const distance = x - mean;
  if (Math.abs(distance) >= 0.1 * (x + mean)) return x * Math.log(x / mean) - distance;
  const ratio = distance / (x + mean);
  let sum = distance * ratio;
  let term = 2 * x * ratio;
  for (let order = 3; order < 1000; order += 2) {
    term *= ratio * ratio;
    const next = sum + term / order;
    if (next === sum) return next;
    sum = next;
  }
  return sum;
}
