/** P(at least `least` of `count` independent events of probability q happen), summed over the smaller side. */
export function binomialTail(count: number, q: number, least: number): number {
  if (least <= 0) return 1;
  if (least > count || q <= 0) return 0;
  if (q >= 1) return 1;
  return least > count * q ? sumFrom(count, q, least, 1) : 1 - sumFrom(count, q, least - 1, -1);
}

/** dP/dq of the tail: count x P(exactly `least - 1` of the other `count - 1` happen). */
export function binomialTailDerivative(count: number, q: number, least: number): number {
  return least <= 0 || least > count ? 0 : count * probabilityOf(count - 1, q, least - 1);
}

/** Terms from `start` on, away from the mean, where they only shrink. */
function sumFrom(count: number, q: number, start: number, step: 1 | -1): number {
  const odds = q / (1 - q);
  let sum = 0;
  let term = probabilityOf(count, q, start);
  for (let happened = start; happened >= 0 && happened <= count && term > sum * 1e-18; happened += step) {
    sum += term;
    term *= step > 0 ? ((count - happened) / (happened + 1)) * odds : happened / (count - happened + 1) / odds;
  }
  return Math.min(1, sum);
}

function probabilityOf(count: number, q: number, happened: number): number {
  if (q <= 0) return happened === 0 ? 1 : 0;
  if (q >= 1) return happened === count ? 1 : 0;
  const fewer = Math.min(happened, count - happened);
  let logarithm = happened * Math.log(q) + (count - happened) * Math.log1p(-q);
  for (let index = 1; index <= fewer; index += 1) logarithm += Math.log((count - fewer + index) / index);
  return Math.exp(logarithm);
}
