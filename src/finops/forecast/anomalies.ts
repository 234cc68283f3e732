import { decompose } from "./decompose.ts";
import { median } from "./robust-statistics.ts";

/** A value that its level and season do not account for. */
export interface OddValue {
  readonly index: number;
  readonly actual: number;
  readonly expected: number;
  /** How many robust standard deviations it is away. */
  readonly score: number;
}

/** From this index on the series lies by so much higher or lower. */
export interface LevelShift {
  readonly index: number;
  readonly size: number;
  readonly before: number;
  readonly after: number;
}

/** Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993): modified z-scores above 3.5 are outliers. */
const oddScore = 3.5;

/** What is nearer to the expected value than this share of it is not worth a look. */
const oddShare = 0.1;

/** Single values that stick out, in the order of time, where `scales` bring all levels to the last one. */
function oddValuesAt(values: readonly number[], season: number, scales: readonly number[]): readonly OddValue[] {
  const level = values.map((value, index) => value * (scales[index] ?? 1));
  const { level: course, season: positions, remainder, deviation } = decompose(level, season);
  if (deviation === 0) return [];
  return values.flatMap((actual, index) => {
    const score = (remainder[index] ?? 0) / deviation;
    const expected = ((course[index] ?? 0) + (positions[index % season] ?? 0)) / (scales[index] ?? 1);
    const isFar = Math.abs(actual - expected) > oddShare * Math.abs(expected);
    return Math.abs(score) > oddScore && isFar ? [{ index, actual, expected, score }] : [];
  });
}

/** A shift counts from so many deviations, and from this share of the level. */
const shiftScore = 3;
const shiftShare = 0.05;

/**
 * Steps between the medians of two seasons before and after, after the season is taken out; of neighbouring candidates
 * the largest. A trend is no step: what the slope alone makes of the distance is taken off.
 */
function levelShifts(values: readonly number[], season: number): readonly LevelShift[] {
  const reach = Math.max(2 * season, 4);
  if (values.length < 2 * reach) return [];
  const { season: positions, deviation } = decompose(values, season);
  const seasonless = values.map((value, index) => value - (positions[index % season] ?? 0));
  const steps = stepsOf(seasonless, reach);
  const drift = median(steps.filter((step) => step !== undefined));
  const sizes = steps.map((step) => (step === undefined ? 0 : step - drift));
  const shifts: LevelShift[] = [];
  for (const [index, size] of sizes.entries()) {
    const before = median(seasonless.slice(Math.max(0, index - reach), index));
    if (Math.abs(size) <= Math.max(shiftScore * deviation, shiftShare * Math.abs(before))) continue;
    const near = sizes.slice(Math.max(0, index - reach), index + reach + 1);
    const isLargest = near.every((other) => Math.abs(other) <= Math.abs(size));
    const last = shifts.at(-1);
    if (!isLargest || (last !== undefined && index - last.index <= reach)) continue;
    const at = edgeNear(seasonless, index, reach);
    shifts.push({ index: at, size, before, after: before + size });
  }
  return shifts;
}

/** Median of the values after less that of the values before, where there are enough on both sides. */
function stepsOf(values: readonly number[], reach: number): readonly (number | undefined)[] {
  return values.map((_, index) =>
    index < reach || index > values.length - reach
      ? undefined
      : median(values.slice(index, index + reach)) - median(values.slice(index - reach, index)),
  );
}

/** Medians are as far apart for a while: the step is where two neighbours are. */
function edgeNear(values: readonly number[], index: number, reach: number): number {
  const half = Math.floor(reach / 2);
  let best = index;
  let largest = Number.NEGATIVE_INFINITY;
  for (let at = Math.max(1, index - half); at <= Math.min(values.length - 1, index + half); at += 1) {
    const spread = (from: number, to: number) => {
      const part = values.slice(from, to);
      const middle = median(part);
      return part.reduce((sum, value) => sum + Math.abs(value - middle), 0);
    };
    const gain = -spread(Math.max(0, at - reach), at) - spread(at, Math.min(values.length, at + reach));
    if (gain > largest) {
      largest = gain;
      best = at;
    }
  }
  return best;
}

/** A series with what is odd in it set aside. */
export interface CleanSeries {
  /** Odd values as expected, everything before a shift brought to the level after it: what a model can be fitted to. */
  readonly values: readonly number[];
  readonly oddValues: readonly OddValue[];
  readonly levelShifts: readonly LevelShift[];
}

/** Levels are brought together by ratios, for with more of a thing its weekly swing grows too. */
export function cleanSeries(values: readonly number[], season: number): CleanSeries {
  const shifts = levelShifts(values, season);
  const scales = values.map((_, index) =>
    shifts.reduce(
      (scale, { index: from, before, after }) =>
        index < from && before > 0 && after > 0 ? (scale * after) / before : scale,
      1,
    ),
  );
  const odd = oddValuesAt(values, season, scales);
  const expected = new Map(odd.map((each) => [each.index, each.expected]));
  return {
    values: values.map((value, index) => (expected.get(index) ?? value) * (scales[index] ?? 1)),
    oddValues: odd,
    levelShifts: shifts,
  };
}
