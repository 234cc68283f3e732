import { type Condition, comparisonsOf, holds, holdsWithoutValue } from "./condition.ts";
import { type Decimal, parseDecimal } from "./decimal.ts";
import type { JudgedMetric, Measure, MetricOutcome } from "./judged-metric.ts";

/** Counts of bad (or slow) requests, both ends included, that give one outcome. */
export interface OutcomeRegion {
  readonly least: number;
  readonly most: number;
  readonly outcome: MetricOutcome;
}

/**
 * What each number of bad (or slow) requests among `requests` means to a metric, in order. Without requests the value is NaN.
 * Limits are compared in whole numbers.
 */
export function outcomeRegions(metric: JudgedMetric, requests: number): readonly OutcomeRegion[] {
  const { measure } = metric;
  if (measure.of === "unknown") return [{ least: 0, most: requests, outcome: "success" }];
  if (requests === 0) return [{ least: 0, most: 0, outcome: outcomeWithoutRequests(metric) }];
  const limits = [metric.success, metric.failure].flatMap((condition) =>
    condition === undefined ? [] : comparisonsOf(condition).map(({ limit }) => limit),
  );
  const starts = new Set([0]);
  for (const limit of limits) {
    for (const start of changesAt(measure, requests, limit)) if (start > 0 && start <= requests) starts.add(start);
  }
  const ordered = [...starts].sort((left, right) => left - right);
  const regions: OutcomeRegion[] = [];
  for (const [index, least] of ordered.entries()) {
    const most = (ordered[index + 1] ?? requests + 1) - 1;
    const outcome = outcomeOf(metric, (limit) => position(measure, requests, least, limit));
    const before = regions.at(-1);
    if (before?.outcome === outcome) regions[regions.length - 1] = { ...before, most };
    else regions.push({ least, most, outcome });
  }
  return regions;
}

function outcomeWithoutRequests(metric: JudgedMetric): MetricOutcome {
  if (metric.withoutRequests === "nan") return outcomeOf(metric, () => Number.NaN);
  return verdict(metric, holdsWithoutValue);
}

function outcomeOf(metric: JudgedMetric, where: (limit: string) => number): MetricOutcome {
  return verdict(metric, (condition) => holds(condition, where));
}

/** As both tools judge one measurement: failure wins; neither is inconclusive. */
function verdict(
  { success, failure }: JudgedMetric,
  isMet: (condition: Condition) => boolean | "error",
): MetricOutcome {
  const failed = failure === undefined ? undefined : isMet(failure);
  const succeeded = success === undefined ? undefined : isMet(success);
  if (failed === "error" || succeeded === "error") return "error";
  if (failed === undefined) return succeeded === false ? "failed" : "success";
  if (failed) return "failed";
  return succeeded === false ? "inconclusive" : "success";
}

/** How the value of `bad` among `requests` compares with a limit: negative, zero or positive. */
function position(measure: Measure, requests: number, bad: number, limit: string): number {
  if (measure.of === "latency") return bad <= permittedSlow(requests, measure.quantile) ? -1 : 1;
  if (measure.of === "unknown") return 0;
  const { digits, places } = parseDecimal(limit) ?? zero;
  const counted = measure.of === "good" ? requests - bad : bad;
  const difference = BigInt(counted) * BigInt(measure.scale) * 10n ** BigInt(places) - BigInt(requests) * digits;
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

const zero: Decimal = { digits: 0n, places: 0 };

/** Counts of bad requests at which the comparison with a limit may change. */
function changesAt(measure: Measure, requests: number, limit: string): readonly number[] {
  if (measure.of === "unknown") return [];
  if (measure.of === "latency") return [permittedSlow(requests, measure.quantile) + 1];
  const { digits, places } = parseDecimal(limit) ?? zero;
  const denominator = BigInt(measure.scale) * 10n ** BigInt(places);
  const reached = Number((BigInt(requests) * digits) / denominator);
  const root = measure.of === "bad" ? reached : requests - reached;
  return [root - 1, root, root + 1];
}

/** Requests that may be slower than a quantile of the latency. */
function permittedSlow(requests: number, quantile: number): number {
  return Math.floor(Number((requests * (1 - quantile)).toPrecision(12)));
}
