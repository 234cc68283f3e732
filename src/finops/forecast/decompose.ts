import { median, robustDeviation, runningMedian } from "./robust-statistics.ts";

/** A series taken apart so that single odd values move nothing but the remainder: value = level + season + remainder. */
export interface Decomposition {
  readonly level: readonly number[];
  /** By position in the season. */
  readonly season: readonly number[];
  readonly remainder: readonly number[];
  /** Of the remainder, robust; at least 0.5 % of the usual value, below which nothing is odd. */
  readonly deviation: number;
}

const smallestDeviation = 0.005;
const seasonsInWindow = 3;

/**
 * Slope by the median of changes over a season, level by running medians, which follow a step at once and ignore a peak,
 * season by the medians of its positions.
 */
export function decompose(values: readonly number[], season: number): Decomposition {
  const slope = values.length > season ? median(changesOver(values, season)) / season : 0;
  const flat = values.map((value, index) => value - slope * index);
  const window = Math.max(season * seasonsInWindow, 5);
  const level = runningMedian(flat, window);
  const positions = Array.from({ length: season }, (_, position) =>
    median(flat.flatMap((value, index) => (index % season === position ? [value - (level[index] ?? 0)] : []))),
  );
  const remainder = flat.map((value, index) => value - (level[index] ?? 0) - (positions[index % season] ?? 0));
  return {
    level: level.map((value, index) => value + slope * index),
    season: positions,
    remainder,
    deviation: Math.max(robustDeviation(remainder), smallestDeviation * median(values.map(Math.abs))),
  };
}

function changesOver(values: readonly number[], season: number): readonly number[] {
  return values.slice(season).map((value, index) => value - (values[index] ?? 0));
}
