import type { Comparison } from "../judging/condition.ts";
import { type Condition, comparisonsOf } from "../judging/condition.ts";
import type { Measure } from "../judging/judged-metric.ts";

const latencyWords = /latency|duration|histogram_quantile|response[-_ ]?time|\bp9\d\b/i;
const goodWords = /success|availab|\bgood\b/i;
const badWords = /error|fail|5xx|5\.\.|4xx|\bbad\b|non[-_ ]?2xx/i;

/**
 * What a metric counts, from its name and query, and from the side that its condition takes; `unknown` where neither says that
 * it counts requests. A limit above 1 is a percentage, as is a query that multiplies by 100.
 */
export function inferMeasure(name: string, query: string, conditions: readonly (Condition | undefined)[]): Measure {
  if (latencyWords.test(name) || latencyWords.test(query)) return { of: "latency", quantile: quantileOf(name, query) };
  const of = shareOf(name, query, conditions);
  if (of === undefined) return { of: "unknown" };
  const limits = conditions.flatMap((condition) => (condition === undefined ? [] : comparisonsOf(condition)));
  const isPercentage = /\b100\b/.test(query) || limits.some(({ limit }) => Math.abs(Number(limit)) > 1);
  return { of, scale: isPercentage ? 100 : 1 };
}

function shareOf(
  name: string,
  query: string,
  [success, failure]: readonly (Condition | undefined)[],
): "good" | "bad" | undefined {
  const text = `${name} ${query}`;
  if (goodWords.test(name)) return "good";
  if (badWords.test(name)) return "bad";
  if (!goodWords.test(text) && !badWords.test(text)) return undefined;
  const wantsMore =
    success !== undefined ? sideOf(success) : failure !== undefined ? opposite(sideOf(failure)) : undefined;
  return wantsMore === undefined ? undefined : wantsMore === "more" ? "good" : "bad";
}

function sideOf(condition: Condition): "more" | "less" | undefined {
  const sides = comparisonsOf(condition).map(({ operator }) => sideOfComparison(operator));
  return sides.find((side) => side !== undefined);
}

function sideOfComparison(operator: Comparison): "more" | "less" | undefined {
  if (operator === ">" || operator === ">=") return "more";
  return operator === "<" || operator === "<=" ? "less" : undefined;
}

function opposite(side: "more" | "less" | undefined): "more" | "less" | undefined {
  return side === undefined ? undefined : side === "more" ? "less" : "more";
}

function quantileOf(name: string, query: string): number {
  const written = /histogram_quantile\(\s*(0?\.\d+)/.exec(query)?.[1];
  if (written !== undefined) return Number(written);
  const percentile = /\bp(\d{2,3})\b/i.exec(name)?.[1];
  return percentile === undefined ? 0.99 : Number(`0.${percentile}`);
}

/** Seconds of the first range of a PromQL query, such as `[5m]`; undefined where it has none. */
export function queryWindowSeconds(query: string): number | undefined {
  const [, amount, unit] = /\[\s*(\d{1,6})(ms|s|m|h|d)\s*(?::[^\]]*)?\]/.exec(query) ?? [];
  const length = unit === undefined ? undefined : unitSeconds.get(unit);
  return amount === undefined || length === undefined || Number(amount) === 0 ? undefined : Number(amount) * length;
}

const unitSeconds: ReadonlyMap<string, number> = new Map([
  ["ms", 0.001],
  ["s", 1],
  ["m", 60],
  ["h", 3600],
  ["d", 86_400],
]);
