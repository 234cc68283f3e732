/** A class of an ordered scale: values from `from` (inclusive) to `to` (exclusive). */
export interface ScaleClass {
  readonly index: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Cuts amounts into at most `count` classes with round limits (1, 2 or 5 times a power of ten), each about the same
 * number of values; amounts of a bill differ by orders of magnitude, so that equal steps would paint all but one alike.
 */
export function scaleClasses(values: readonly number[], count: number): readonly ScaleClass[] {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value)).toSorted((a, b) => a - b);
  if (positive.length === 0) return [];
  const limits = new Set<number>();
  for (let step = 1; step < count; step += 1) {
    const value = positive[Math.floor((positive.length * step) / count)];
    if (value !== undefined) limits.add(roundLimit(value));
  }
  const smallest = positive[0] ?? 0;
  const inner = [...limits]
    .filter((limit) => limit > smallest && limit <= (positive.at(-1) ?? 0))
    .sort((a, b) => a - b);
  const bounds = [0, ...inner, Number.POSITIVE_INFINITY];
  return bounds.slice(0, -1).map((from, index) => ({ index, from, to: bounds[index + 1] ?? Number.POSITIVE_INFINITY }));
}

/** The class that holds a value. */
export function classOf(classes: readonly ScaleClass[], value: number): ScaleClass | undefined {
  return classes.find((one) => value >= one.from && value < one.to);
}

/** The nearest of 1, 2, 5 times a power of ten, by ratio. */
function roundLimit(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const candidates = [power, 2 * power, 5 * power, 10 * power];
  const distance = (candidate: number) => Math.abs(Math.log(candidate / value));
  return candidates.reduce((best, candidate) => (distance(candidate) < distance(best) ? candidate : best));
}
