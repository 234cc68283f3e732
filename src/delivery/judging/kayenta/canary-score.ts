import type { KayentaClassification, KayentaMetric } from "./judge-metric.ts";

export interface JudgedByKayenta {
  readonly metric: KayentaMetric;
  readonly classification: KayentaClassification;
}

export interface CanaryThresholds {
  /** Scores from 0 to 100. */
  readonly pass: number;
  readonly marginal: number;
  /** Weights of groups; those that are not named share the rest of 100. */
  readonly groupWeights: ReadonlyMap<string, number>;
}

export interface CanaryScore {
  readonly score: number;
  readonly verdict: "Pass" | "Marginal" | "Fail";
}

/**
 * Kayenta's score: the weighted share of metrics that pass, 0 where a critical metric fails or half of them have no data. A
 * metric without data does not count, unless it must have some.
 */
export function canaryScore(judged: readonly JudgedByKayenta[], thresholds: CanaryThresholds): CanaryScore {
  const isFatal = judged.some((each) => each.metric.critical && hasFailed(each));
  const silent = judged.filter(({ classification }) => classification === "Nodata").length;
  const score = isFatal || silent >= judged.length / 2 ? 0 : weightedScore(judged, thresholds);
  const verdict = score >= thresholds.pass ? "Pass" : score >= thresholds.marginal ? "Marginal" : "Fail";
  return { score, verdict };
}

function weightedScore(judged: readonly JudgedByKayenta[], { groupWeights }: CanaryThresholds): number {
  const groups = [...new Set(judged.map(({ metric }) => metric.group))];
  const given = groups.map((group) => groupWeights.get(group));
  const rest = Math.max(0, 100 - given.reduce<number>((sum, weight) => sum + (weight ?? 0), 0));
  const missing = given.filter((weight) => weight === undefined).length;
  const total = groups.reduce((sum, group, index) => {
    const weight = given[index] ?? rest / missing;
    return sum + (weight / 100) * groupScore(judged.filter(({ metric }) => metric.group === group));
  }, 0);
  return Math.round(total * 100) / 100;
}

function groupScore(judged: readonly JudgedByKayenta[]): number {
  const counted = judged.filter(({ classification, metric }) => classification !== "Nodata" || metric.mustHaveData);
  if (counted.length === 0) return 100;
  return (100 * counted.filter((each) => !hasFailed(each)).length) / counted.length;
}

function hasFailed({ classification, metric }: JudgedByKayenta): boolean {
  return classification === "Nodata" ? metric.mustHaveData : classification !== "Pass";
}
