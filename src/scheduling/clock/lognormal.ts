/** A duration that varies: lognormal by its median and its 95th percentile, in seconds. */
export interface VaryingDuration {
  readonly medianSeconds: number;
  readonly p95Seconds: number;
}

/** 95th percentile of the standard normal distribution. */
const z95 = 1.645;

/**
 * Draws a duration: exp(mu + sigma z) with mu = ln(median), sigma = ln(p95 / median) / 1.645 and z by Box and Muller.
 * A 95th percentile at or under the median gives the median itself.
 */
export function drawDuration({ medianSeconds, p95Seconds }: VaryingDuration, random: () => number): number {
  const uniform = 1 - random();
  const angle = 2 * Math.PI * random();
  if (!(medianSeconds > 0)) return 0;
  const sigma = p95Seconds > medianSeconds ? Math.log(p95Seconds / medianSeconds) / z95 : 0;
  const normal = Math.sqrt(-2 * Math.log(uniform)) * Math.cos(angle);
  return medianSeconds * Math.exp(sigma * normal);
}
