import type { Assumption } from "../../estate/assumptions/assumption.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import type { Figure } from "../../estate/figures/figure.ts";
import type { LoadPoint } from "../../scheduling/clock/load-simulation.ts";

/** Ways to meet demand that can be set side by side. */
export const loadStrategies = [
  "reactive",
  "prescaled",
  "scale-to-zero",
  "off-hours",
  "serverless",
  "functions",
  "fixed",
] as const;
export type LoadStrategy = (typeof loadStrategies)[number];

/** What one strategy came to. */
export interface StrategyOutcome {
  readonly strategy: LoadStrategy;
  /** How it scales, in one sentence. */
  readonly description: string;
  /** The simulation was stopped before its end. */
  readonly stoppedEarly: boolean;
  /** Nodes of the cluster and serverless instances over the whole time. */
  readonly cost: Figure;
  /** The same, less what the cluster costs without the workload. */
  readonly workloadCost: Figure;
  /** What the room costs that its replicas hold on nodes, needed for others or not, and its serverless instances. */
  readonly heldCost: Figure;
  readonly unserved: Figure;
  readonly unservedShare: Figure;
  readonly servedLateShare: Figure;
  readonly coldStarts: Figure;
  readonly starts: Figure;
  readonly pendingSeconds: Figure;
  /** Share of the ready replicas' capacity that demand used. */
  readonly utilisation: Figure;
  readonly replicaHours: Figure;
  readonly nodeHours: Figure;
  readonly mostReplicas: number;
  readonly mostNodes: number;
  readonly series: readonly LoadPoint[];
}

/** What `scantling simulate load -o json` prints. */
export interface LoadSimulation {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "LoadSimulation";
  readonly estate: string;
  readonly seed: number;
  readonly currency: string;
  readonly target: {
    readonly entryPoint: string;
    readonly environment: string;
    readonly cluster: string;
    readonly workload: string;
    /** Unit of the demand, such as `requestsPerSecond`. */
    readonly unit: string;
    readonly perReplica: number;
  };
  readonly demand: {
    /** The series or LoadProfile that it is from. */
    readonly source: string;
    readonly start: string;
    readonly days: number;
    /** Factor on the values of a series. */
    readonly scale: number;
    readonly total: number;
    readonly peak: number;
    readonly peakAt: string;
  };
  /** Length of one point of the series, in seconds. */
  readonly pointSeconds: number;
  readonly strategies: readonly StrategyOutcome[];
  /** What follows, in sentences. */
  readonly verdict: readonly string[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}
