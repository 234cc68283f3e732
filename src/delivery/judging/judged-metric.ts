import type { Place } from "../../estate/sources/place.ts";
import type { Condition } from "./condition.ts";

/** Which requests a metric counts. `unknown` says nothing of requests: it passes whenever it is measured. */
export type Measure =
  /** Share of the requests that failed (`bad`) or did not (`good`), times 1 or 100. */
  | { readonly of: "good" | "bad"; readonly scale: 1 | 100 }
  /** The latency that a share of the requests keeps; what is slower than the condition's limit is a slow request. */
  | { readonly of: "latency"; readonly quantile: number }
  | { readonly of: "unknown" };

/** A metric that decides over a rollout. */
export interface JudgedMetric {
  /** Unique among the metrics of the policy. */
  readonly id: string;
  readonly name: string;
  readonly place: Place;
  readonly measure: Measure;
  /** Undefined where only the other is given; both undefined succeeds always. */
  readonly success: Condition | undefined;
  readonly failure: Condition | undefined;
  /** What the query gives without requests: a ratio of nothing, or no series at all. */
  readonly withoutRequests: "nan" | "empty";
  /** Seconds that one measurement looks back over. */
  readonly windowSeconds: number;
  /** Seconds from one measurement to the next. */
  readonly cadenceSeconds: number;
}

/** `error`: the condition could not be evaluated, so that the measurement is repeated. */
export type MetricOutcome = "success" | "failed" | "inconclusive" | "error";
