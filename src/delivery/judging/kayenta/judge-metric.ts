import { normalQuantile } from "../../experiments/normal-quantile.ts";
import { locationShift } from "./mann-whitney.ts";

/** Which way a metric must not move. */
type Direction = "increase" | "decrease" | "either";

export interface KayentaMetric {
  readonly name: string;
  readonly direction: Direction;
  /** Missing points: left out, or taken for 0. */
  readonly missing: "remove" | "replace";
  /** True: no data at all fails the metric. */
  readonly mustHaveData: boolean;
  /** True: failing it fails the canary. */
  readonly critical: boolean;
  /** Ratio of the means from which on a rise counts; default 1. */
  readonly allowedIncrease: number;
  /** The same for a fall. */
  readonly allowedDecrease: number;
  readonly group: string;
}

export type KayentaClassification = "Pass" | "High" | "Low" | "Nodata";

/** The judge's own settings; 0.95 is the default of the class, and not what the judge uses. */
const confidence = 0.98;
const shareOfEstimate = 0.25;
const quantile = normalQuantile(1 - (1 - confidence) / 2);
/** Constant series get noise of this share of their value, from the caller's random numbers. */
const noise = 1e-5;

/**
 * Verdict of Kayenta's NetflixACAJudge over one metric (spinnaker/kayenta kayenta-judge): values of canary and baseline at equal
 * times; NaN is a missing point. `random` is asked only where each side is constant.
 */
export function judgeMetric(
  metric: KayentaMetric,
  canary: readonly number[],
  baseline: readonly number[],
  random: () => number,
): KayentaClassification {
  let experiment = cleaned(canary, metric.missing);
  let control = cleaned(baseline, metric.missing);
  if (experiment.length === 0 || control.length === 0) return metric.missing === "remove" ? "Nodata" : "Pass";
  const distinct = new Set([...experiment, ...control]);
  if (distinct.size === 1 || areEqual(experiment, control)) return "Pass";
  if (new Set(experiment).size === 1 && new Set(control).size === 1) {
    experiment = experiment.map((value) => value + noise * value * gaussian(random));
    control = control.map((value) => value + noise * value * gaussian(random));
  }
  const { estimate, lower, upper } = locationShift(experiment, control, quantile);
  const room = shareOfEstimate * Math.abs(estimate);
  const ratio = meanOf(experiment) / meanOf(control);
  const isHigh = lower > room && (Number.isNaN(ratio) || ratio >= metric.allowedIncrease);
  const isLow = upper < -room && (Number.isNaN(ratio) || ratio <= metric.allowedDecrease);
  if (isHigh && metric.direction !== "decrease") return "High";
  return isLow && metric.direction !== "increase" ? "Low" : "Pass";
}

function cleaned(values: readonly number[], missing: "remove" | "replace"): readonly number[] {
  return missing === "remove"
    ? values.filter((value) => !Number.isNaN(value))
    : values.map((value) => (Number.isNaN(value) ? 0 : value));
}

function areEqual(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** A standard normal number, by Box and Muller. */
function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
