import type { ServiceLevelObjective } from "../../../estate/model/estate.ts";
import { type WindowedQuery, windowedQuery } from "./query-window.ts";

type UsableQuery = Exclude<WindowedQuery, { readonly problem: string }>;

/** What an objective is measured by, ready for any window. */
export type Indicator =
  | {
      readonly kind: "events";
      /** Whether `part` counts the good or the bad of `total`. */
      readonly part: UsableQuery;
      readonly partIs: "good" | "bad";
      readonly total: UsableQuery;
    }
  /** A ratio that is measured as such: `query` is a gauge, or a ratio over the window where `windowed` is given. */
  | {
      readonly kind: "ratio";
      readonly query: string;
      readonly windowed: UsableQuery | undefined;
      readonly ratioOf: "success" | "failure";
    }
  | {
      readonly kind: "threshold";
      readonly query: string;
      readonly operator: "lte" | "gte" | "lt" | "gt";
      readonly value: number;
    };

export interface IndicatorProblem {
  readonly problem: string;
  readonly remedy: string;
}

interface JsonMapping {
  readonly [key: string]: unknown;
}

/** Reads the SLI of an objective; undefined where it has none. */
export function readIndicator({
  indicator,
  threshold,
}: Pick<ServiceLevelObjective, "indicator" | "threshold">): Indicator | IndicatorProblem | undefined {
  if (indicator === undefined) return undefined;
  const { ratioMetric, thresholdMetric } = indicator.spec;
  if (isMapping(ratioMetric)) return readRatio(ratioMetric);
  if (isMapping(thresholdMetric)) return readThreshold(thresholdMetric, threshold);
  return { problem: "it has neither ratioMetric nor thresholdMetric", remedy: "Add one of the two to the SLI." };
}

function readThreshold(
  metric: JsonMapping,
  threshold: ServiceLevelObjective["threshold"],
): Indicator | IndicatorProblem {
  const query = queryOf(metric, "thresholdMetric");
  if (typeof query !== "string") return query;
  if (threshold === undefined) {
    const problem = "it is a metric to compare, but the objective has no value";
    return { problem, remedy: "Add op and value to the objective." };
  }
  return { kind: "threshold", query, ...threshold };
}

function readRatio(ratio: JsonMapping): Indicator | IndicatorProblem {
  if (isMapping(ratio.raw)) return readRawRatio(ratio.raw, ratio.rawType);
  const partIs = isMapping(ratio.good) ? "good" : "bad";
  const part = partQuery(ratio, partIs);
  if ("problem" in part) return part;
  const total = partQuery(ratio, "total");
  return "problem" in total ? total : { kind: "events", part, partIs, total };
}

function partQuery(ratio: JsonMapping, name: "good" | "bad" | "total"): WindowedQuery {
  const query = queryOf(ratio[name], name);
  if (typeof query !== "string") return query;
  const windowed = windowedQuery(query, ratio.counter === true);
  return "problem" in windowed ? { ...windowed, problem: `of ${name}, ${windowed.problem}` } : windowed;
}

function readRawRatio(raw: JsonMapping, rawType: unknown): Indicator | IndicatorProblem {
  const query = queryOf(raw, "raw");
  if (typeof query !== "string") return query;
  const windowed = query.includes("[") || query.includes("{{") ? windowedQuery(query, false) : undefined;
  if (windowed !== undefined && "problem" in windowed) return windowed;
  return { kind: "ratio", query, windowed, ratioOf: rawType === "failure" ? "failure" : "success" };
}

function queryOf(metric: unknown, name: string): string | IndicatorProblem {
  const source = isMapping(metric) && isMapping(metric.metricSource) ? metric.metricSource : undefined;
  if (source === undefined) return { problem: `it has no ${name}`, remedy: `Add ${name}.metricSource with the query.` };
  if (typeof source.type === "string" && !/prometheus/i.test(source.type)) {
    const problem = `${name} is read from ${source.type.slice(0, 40)}, for which no rules are written`;
    return { problem, remedy: "Only sources of type Prometheus can be made into rules." };
  }
  const query = isMapping(source.spec) ? source.spec.query : undefined;
  if (typeof query === "string" && query.trim() !== "") return query.trim();
  return { problem: `${name} has no query`, remedy: `Add ${name}.metricSource.spec.query in PromQL.` };
}

function isMapping(value: unknown): value is JsonMapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
