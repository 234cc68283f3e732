import type { Figure } from "../../estate/figures/figure.ts";
import type { Place } from "../../estate/sources/place.ts";

/** Drains of one pool's nodes, as far as they touch the journey. */
export interface PlannedDrains {
  /** `cluster/pool`. */
  readonly pool: string;
  /** Upgrades of every node of the pool, a year. */
  readonly upgradesPerYear: Figure;
  /** Share of time that pods of the journey are on the move; a weight of the mixture. */
  readonly weight: number;
  /** P(journey down) while they are: the mean over the pool's batches. */
  readonly unavailabilityMeanwhile: number;
  /** What the drains of this pool add, in minutes a year. */
  readonly addedMinutesPerYear: Figure;
}

/** A drain that a disruption budget never lets through. */
export interface BlockedDrain {
  readonly pool: string;
  readonly workload: string;
  /** Name of the budget; several where more than one selects the same pods. */
  readonly budget: string;
  readonly words: string;
  readonly place?: Place;
}

/**
 * Planned states of the estate exclude one another, so they are a mixture: P = sum of weight x P(down in that state). The
 * weights of the drains and `normalWeight` add up to one.
 */
export interface PlannedDowntime {
  readonly normalWeight: number;
  readonly drains: readonly PlannedDrains[];
  /** Downtime that upgrades add, in minutes a year. */
  readonly addedMinutesPerYear: Figure;
  readonly blocked: readonly BlockedDrain[];
}

/** Downtime of an average month by what causes it; the parts add up to the total. */
export interface DowntimeParts {
  /** Failures of what the journey leans on, and wrong changes by hand. */
  readonly unplanned: Figure;
  /** Bad deployments, weighted by the share of requests that meet them. */
  readonly deployments: Figure;
  /** Upgrades of node pools. */
  readonly upgrades: Figure;
  readonly total: Figure;
}
