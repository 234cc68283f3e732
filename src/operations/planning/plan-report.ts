import type { Assumption } from "../../estate/assumptions/assumption.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import type { Figure } from "../../estate/figures/figure.ts";
import type { ResponsibilitySplit } from "../../planning/product/responsibility.ts";
import type { PlanStep } from "../../planning/steps/difference-steps.ts";
import type { ClusterVerification } from "../../planning/verification/cluster-trial.ts";
import type { TenantBudget } from "../onboarding/tenant-budgets.ts";
import type { MovingCost } from "./moving-cost.ts";
import type { PlanOutcome } from "./plan-comparison.ts";

/** One pool of the recommended structure. Money is a month's, in the report's currency. */
export interface RecommendedPool {
  readonly name: string;
  readonly mode: "System" | "User";
  readonly vmSize: string;
  readonly nodes: number;
  /** Of these, nodes beyond the densest packing, which the scheduler turned out to need. */
  readonly nodesForScheduler: number;
  readonly zones: readonly string[];
  /** `key=value`. */
  readonly taints: readonly string[];
  readonly sandboxed: boolean;
  readonly tenants: readonly string[];
  readonly workloads: number;
  readonly pods: number;
  /** Share of what the nodes offer to pods that is requested. */
  readonly requested: { readonly cpu: number; readonly memory: number };
  readonly monthly: number;
  readonly because: string;
}

export interface RecommendedCluster {
  readonly name: string;
  readonly region: string;
  readonly environments: readonly string[];
  readonly tier: string;
  readonly isNew: boolean;
  readonly because: string;
  readonly pools: readonly RecommendedPool[];
}

/** A way that was not taken, with its price. */
export interface RejectedAlternative {
  readonly what: string;
  /**
   * A month more (or less) than what is recommended, people's work counted at `operatorHourCost` where the estate declares
   * it; undefined where it cannot be priced or made.
   */
  readonly difference: number | undefined;
  /** Hours of people's work a month more. */
  readonly operatorHours: number;
  /** Working days until it can be used; undefined where it is no way to run a tenant's applications. */
  readonly leadTimeDays: number | undefined;
  /** Minutes down or the SLA; undefined where nobody states it or it is as planned. */
  readonly availability: string | undefined;
  /** What lies between the tenant and others; undefined as for `leadTimeDays`. */
  readonly isolation: string | undefined;
  /** `refused`: some demand rules it out; the others may be done, `cheaper` where money alone speaks for it. */
  readonly verdict: "refused" | "dearer" | "cheaper" | "worse" | "notEvaluable";
  readonly reason: string;
}

/** What was decided about one tenant or one structure-wide question, and why. */
export interface PlanDecision {
  readonly id: string;
  /** `Tenant/treasury`, `Estate`. */
  readonly subject: string;
  readonly applications: readonly string[];
  readonly decision: string;
  readonly because: string;
  readonly alternatives: readonly RejectedAlternative[];
}

/** One structure on the way from cheap to available. */
export interface FrontPoint {
  readonly id: string;
  readonly label: string;
  /** Bill of a month. */
  readonly monthly: number;
  /** Sum over journeys of minutes down a month; undefined where none of them is known. */
  readonly downtimeMinutes: number | undefined;
  /** Money that this downtime costs a month, where journeys say what a minute costs. */
  readonly downtimeCost: number;
  readonly objectivesMissed: number;
  readonly isRecommended: boolean;
  /** Environments that run on with any one zone gone. Those of high criticality have to: `none` is not eligible. */
  readonly standsZoneLoss: "none" | "highCriticality" | "all";
  /** The recommended structure with commitments of years: another price, no other structure, hence not on the front. */
  readonly isPaidInAdvance: boolean;
  /** No other structure that stands as much is both cheaper and more available. */
  readonly isOnFront: boolean;
}

/** What moves the plan: the same plan made under another premise. */
export interface Sensitivity {
  readonly premise: string;
  /** Nodes and tiers a month against the recommended plan. */
  readonly difference: number;
  readonly nodes: number;
  /** What becomes different in the structure; empty: only numbers. */
  readonly changes: readonly string[];
}

export interface PlannedJourney {
  readonly journey: string;
  readonly objective: string | undefined;
  /** Minutes a month; undefined where it is not known. */
  readonly minutesBefore: number | undefined;
  readonly minutesAfter: number | undefined;
  readonly met: boolean | undefined;
}

/** Demands that cannot all hold, none of which can be left out, with what relaxing each would bring. */
interface Contradiction {
  readonly demands: readonly {
    readonly demand: string;
    /** Nodes and tiers a month of the cheapest structure without it; undefined where even that does not help. */
    readonly monthlyWithout: number | undefined;
  }[];
}

/** What `scantling plan -o json` prints. */
export interface StructurePlan {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "StructurePlan";
  readonly estate: string;
  readonly currency: string;
  readonly clusters: readonly RecommendedCluster[];
  readonly bill: {
    readonly declared: Figure;
    readonly planned: Figure;
    /** Planned less declared. */
    readonly difference: number;
  };
  /** The same month as it is declared and as it is planned, with what the bill alone does not say. */
  readonly comparison: { readonly declared: PlanOutcome; readonly planned: PlanOutcome };
  /** What the steps cost, once; undefined where there are none. */
  readonly moving: MovingCost | undefined;
  /** Nodes and tiers at pay-as-you-go prices, which is what the plan minimises. */
  readonly proof: {
    readonly monthly: number;
    /** No pools, of whatever sizes and numbers, cost less for the same separations of tenants and pods. */
    readonly lowerBound: number;
    /** monthly / lowerBound - 1. */
    readonly gap: number;
    /** The same for the densest packing, without the nodes that the scheduler turned out to need. */
    readonly packingGap: number;
    /** Structures that may cost less than the bound, since it says nothing about them. */
    readonly notCovered: readonly string[];
  };
  readonly journeys: readonly PlannedJourney[];
  readonly verification: readonly ClusterVerification[];
  /** Every pod schedules, and with any one zone gone nothing waits for room where that is demanded. */
  readonly holds: boolean;
  /** Pairs of tenants that share clusters, nodes or kernels beyond what one of them accepts. */
  readonly isolation: { readonly pairsShortBefore: number; readonly pairsShortAfter: number };
  readonly decisions: readonly PlanDecision[];
  readonly front: readonly FrontPoint[];
  readonly sensitivity: readonly Sensitivity[];
  readonly steps: readonly PlanStep[];
  readonly contradiction: Contradiction | undefined;
  /** Who owns what on raw AKS and on a platform product. */
  readonly responsibility: ResponsibilitySplit;
  /** What tenants cost in the plan; empty where none of them has a budget. */
  readonly budgets: readonly TenantBudget[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}
