import type { Assumption } from "../../../estate/assumptions/assumption.ts";
import type { Diagnostic } from "../../../estate/diagnostics/diagnostic.ts";
import type { ViolationKind } from "../../../stateful/simulation/checking/violations.ts";
import type { TraceStep } from "../../../stateful/simulation/shrinking/readable-trace.ts";
import type { StalenessCurve } from "../../../stateful/staleness/staleness.ts";
import type { Proportion } from "../../../stateful/statistics/proportion.ts";

/** What became of one guarantee. */
export interface GuaranteeOutcome {
  readonly kind: ViolationKind;
  /** Broken in at least one run. */
  readonly isBroken: boolean;
  readonly count: number;
  /** Share of the runs that broke it. */
  readonly runs: Proportion;
  /** Share of the reads, or of the changes, that broke it; absent for what is judged over a whole run. */
  readonly operations?: Proportion;
  /** Mean loss for a thousand changes, where the cost of one is declared. */
  readonly costPerThousandChanges?: number;
}

/** The fewest operations and faults that break a guarantee, step by step. */
export interface MinimalTrace {
  readonly kind: ViolationKind;
  readonly seed: number;
  readonly operations: number;
  readonly faults: number;
  readonly traceHash: string;
  readonly steps: readonly TraceStep[];
}

interface LatencyPercentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** What `scantling stateful simulate -o json` prints. */
export interface ConsistencySimulation {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "ConsistencySimulation";
  readonly subject: string;
  readonly store: string;
  readonly regions: readonly string[];
  readonly workload: string;
  readonly seed: number;
  readonly runs: number;
  readonly events: number;
  /** Of all runs: the same input and seed give the same hash. */
  readonly traceHash: string;
  readonly guarantees: readonly GuaranteeOutcome[];
  readonly operations: {
    readonly done: number;
    readonly unknown: number;
    readonly refused: number;
    readonly declined: number;
  };
  /** Milliseconds, as clients see them. */
  readonly latency: { readonly read?: LatencyPercentiles; readonly write?: LatencyPercentiles };
  /** How old what a stale read misses is at the 95th percentile, milliseconds. */
  readonly staleAgeP95?: number;
  readonly traces: readonly MinimalTrace[];
  readonly staleness?: StalenessCurve;
  readonly notEvaluable: readonly string[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}
