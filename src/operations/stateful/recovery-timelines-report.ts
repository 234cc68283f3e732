import type { Assumption } from "../../estate/assumptions/assumption.ts";
import type { Figure } from "../../estate/figures/figure.ts";
import type { WriterRisk } from "../../stateful/timelines/cluster/writer-risks.ts";
import type { ObjectiveStanding } from "../../stateful/timelines/objectives.ts";
import type { RecoveryScope, ScopeTimeline } from "../../stateful/timelines/scope-timeline.ts";

/** One failure of one store, from the loss until it serves again. */
export interface ReportedTimeline {
  readonly scope: RecoveryScope;
  readonly outcome: ScopeTimeline["outcome"];
  readonly summary: string;
  readonly steps: ScopeTimeline["steps"];
  readonly rtoSeconds: Figure;
  readonly rpoSeconds: Figure;
  readonly rtoObjectiveSeconds?: number;
  /** `likely`: as a rule, but not at worst. */
  readonly rtoMet?: ObjectiveStanding;
  readonly rpoObjectiveSeconds?: number;
  /** `likely`: typically, which nobody promises. */
  readonly rpoMet?: ObjectiveStanding;
  readonly lever?: string;
  /** What the availability report counts for the same failure, and why that is another number. */
  readonly availabilityCounts?: { readonly seconds: number; readonly because: string };
}

export interface StoreTimelines {
  /** `DataStore/name`, or the id of a workload that no DataStore names. */
  readonly subject: string;
  /** Ids of the workloads that hold it; absent for what the cloud runs. */
  readonly workloads?: readonly string[];
  /** What it is on, in words. */
  readonly form: string;
  readonly timelines: readonly ReportedTimeline[];
  readonly writerRisks: readonly WriterRisk[];
}

/** What `scantling stateful timeline -o json` prints. */
export interface RecoveryTimelinesReport {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "RecoveryTimelines";
  readonly environment: string;
  readonly stores: readonly StoreTimelines[];
  readonly assumptions: readonly Assumption[];
}
