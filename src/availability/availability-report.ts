import type { Assumption } from "../estate/assumptions/assumption.ts";
import type { Figure } from "../estate/figures/figure.ts";
import type { CutSet, EventImportance } from "./event-report.ts";
import type { ClusterHealing } from "./heal/healing-report.ts";
import type { DowntimeParts, PlannedDowntime } from "./planned/planned-report.ts";
import type { ScopeRecovery } from "./recovery/recovery-report.ts";

export type { CutSet, EventImportance };

/** The same journey with the replicas as badly placed as their constraints allow. */
export interface WorstCaseAvailability {
  readonly unavailability: Figure;
  readonly downtimeMinutesPerMonth: Figure;
  /** Ids of workloads that nothing keeps apart. */
  readonly workloads: readonly string[];
  /** What the missing constraints may cost, in one sentence. */
  readonly words: string;
}

export interface JourneyAvailability {
  /** `environment/application/journey`. */
  readonly journey: string;
  readonly label: string;
  readonly application: string;
  readonly environment: string;
  /** Share of time down. */
  readonly unavailability: Figure;
  /** Downtime per average month (43,830 minutes). */
  readonly downtimeMinutesPerMonth: Figure;
  readonly nines: number | undefined;
  readonly objective: string | undefined;
  readonly objectiveMet: boolean | "notEvaluable" | undefined;
  /** Cost of downtime a month where declared, in the estate's currency. */
  readonly downtimeCostMonthly: number | undefined;
  /** Expected outages a year (8,766 hours); undefined where only bounds are known. */
  readonly outagesPerYear?: number;
  /** Mean length of an outage. */
  readonly meanOutageMinutes?: number;
  /** Share of time down if no cause were common to all replicas of a workload. */
  readonly withoutCommonCause?: Figure;
  /**
   * Only where the journey is not evaluable: downtime a month of the part that is known. What is missing can only add to
   * it; single points of failure, cut sets and importance are then those of the known part.
   */
  readonly atLeast?: Figure;
  /** Downtime a month by what causes it; absent where the journey is not evaluable or only bounds are known. */
  readonly parts?: DowntimeParts;
  /** What upgrades of node pools add; absent where only bounds of the journey are known. */
  readonly planned?: PlannedDowntime;
  /** Recovery time and loss of data by what fails: pod, node, zone or region. */
  readonly recovery?: readonly ScopeRecovery[];
  /** Present where another placement would make a difference. */
  readonly worstCase?: WorstCaseAvailability;
  /**
   * Cut sets of one failure, in words, worst first, at most 60. Conditions under which a failure counts (a pod is not
   * back elsewhere yet) are events of the set, but add nothing to its order.
   */
  readonly singlePointsOfFailure: readonly CutSet[];
  /** All cut sets up to order 3, at most 20, most probable first. */
  readonly cutSets: readonly CutSet[];
  /** Count of all minimal cut sets by order, as decimal text: index 0 is order 1. */
  readonly cutSetCounts: readonly string[];
  /** Failures by share, the largest first, at most 40. */
  readonly importance: readonly EventImportance[];
  /** Workload ids the journey leans on (hard). */
  readonly workloads: readonly string[];
}

export interface AvailabilityReport {
  readonly journeys: readonly JourneyAvailability[];
  /** Whether each cluster can mend itself; its outages reach journeys only together with a failure that must be mended. */
  readonly clusters?: readonly ClusterHealing[];
  readonly assumptions: readonly Assumption[];
}
