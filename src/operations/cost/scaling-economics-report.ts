import type { Assumption } from "../../estate/assumptions/assumption.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import type { Figure } from "../../estate/figures/figure.ts";
import type { CostPoint } from "../../finops/scaling-economics/cost-curve.ts";
import type { WayName } from "../../finops/scaling-economics/ways-to-run.ts";
import type { LoadStrategy } from "../simulation/simulate-load-report.ts";

/** What a strategy comes to under the declared demand, for a month of 730 hours. */
export interface ScalingStrategy {
  readonly strategy: LoadStrategy;
  readonly description: string;
  /** Room that its replicas hold on nodes, and serverless instances. */
  readonly monthlyRoom: Figure;
  /** What the nodes of the cluster cost more than without the workload, and serverless instances. */
  readonly monthlyNodes: Figure;
  readonly unservedShare: Figure;
  readonly servedLateShare: Figure;
  /** Replica seconds without a node, in the simulated time. */
  readonly pendingSeconds: Figure;
  readonly coldStarts: Figure;
  readonly mostReplicas: number;
  readonly mostNodes: number;
}

/** A way to run as a curve over the duty cycle. */
export interface ScalingCurve {
  readonly way: WayName;
  readonly label: string;
  /** held: costs all the time; used: costs while it runs. */
  readonly kind: "held" | "used";
  readonly formula: string;
  /** Rising duty cycles; two points of one duty cycle are a jump. Straight lines between them are exact. */
  readonly points: readonly CostPoint[];
  /** At the duty cycle of the declared demand; absent where the way cannot serve it. */
  readonly atDemand?: number;
}

/** Where a way that costs while it runs becomes dearer, or cheaper, than one that costs all the time. */
export interface BreakEven {
  readonly used: WayName;
  readonly held: WayName;
  /** Which of the two is cheaper below the duty cycle. */
  readonly cheaperBelow: WayName;
  /** Duty cycle, as a share. */
  readonly duty: Figure;
  readonly hoursPerDay: number;
  readonly monthlyCost: number;
}

/** What scaling strategies cost a workload, and from which duty cycle which way is cheaper. */
export interface ScalingEconomics {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "ScalingEconomics";
  readonly estate: string;
  readonly currency: string;
  readonly seed: number;
  readonly target: {
    readonly workload: string;
    readonly environment: string;
    readonly cluster: string;
    readonly pool?: string;
    readonly vmSize?: string;
    readonly unit: string;
    readonly perReplica: number;
    /** Replicas that hold the peak. */
    readonly replicas: number;
    readonly replicasPerNode?: number;
  };
  readonly demand: {
    readonly source: string;
    readonly start: string;
    readonly days: number;
    readonly peak: number;
    readonly mean: number;
    /** Mean over peak: the duty cycle that holds as much demand. */
    readonly duty: number;
  };
  readonly burstsPerDay: number;
  readonly strategies: readonly ScalingStrategy[];
  readonly curves: readonly ScalingCurve[];
  readonly breakEvens: readonly BreakEven[];
  /** What has no price: ways that stand on it are left out. */
  readonly missing: readonly string[];
  readonly verdict: readonly string[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}
