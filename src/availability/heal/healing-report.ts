import type { Figure } from "../../estate/figures/figure.ts";
import type { Place } from "../../estate/sources/place.ts";
import type { CutSet, EventImportance } from "../event-report.ts";
import type { Ability } from "./heal-tree.ts";

/** A pool on which the pods of one lost node find no room. */
export interface RoomShortage {
  readonly pool: string;
  /** `cpu`, `memory` or `pods`. */
  readonly resource: string;
  /** What is missing after the loss of the node that is hardest to replace: millicores, bytes or pods. */
  readonly missing: Figure;
  /** True where the autoscaler may add a node; the pods then wait for it. */
  readonly grows: boolean;
  /** The shortage in one sentence. */
  readonly words: string;
  readonly place?: Place;
}

/** Whether a cluster can mend itself: its own top event, beside that of the journeys. */
export interface ClusterHealing {
  readonly cluster: string;
  readonly region: string;
  /** Share of time that it cannot reschedule, scale or deploy. */
  readonly unavailability: Figure;
  readonly downtimeMinutesPerMonth: Figure;
  readonly abilities: readonly {
    readonly ability: Ability;
    readonly unavailability: Figure;
    readonly downtimeMinutesPerMonth: Figure;
  }[];
  /** Cut sets of one failure, in words, worst first. */
  readonly singlePointsOfFailure: readonly CutSet[];
  /** Count of all minimal cut sets by order, as decimal text: index 0 is order 1. */
  readonly cutSetCounts: readonly string[];
  /** Failures by share, the largest first, at most 20. */
  readonly importance: readonly EventImportance[];
  /** Pools that have no room for the pods of a lost node. They make no share of time: it is certain, not likely. */
  readonly shortages: readonly RoomShortage[];
}
