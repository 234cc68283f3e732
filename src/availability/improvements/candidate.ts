import type { Estate } from "../../estate/model/estate.ts";
import type { Place } from "../../estate/sources/place.ts";

/** Sorts of changes that may make a journey more available, or cheaper. */
export const changeKinds = [
  "activeActive",
  "activePassive",
  "controlPlaneTier",
  "diskRedundancy",
  "disruptionBudget",
  "nodes",
  "platformService",
  "replicas",
  "serviceTier",
  "serviceZones",
  "tolerationSeconds",
  "zoneSpread",
  "zonesOfPool",
] as const;

export type ChangeKind = (typeof changeKinds)[number];

/** A change of the declared estate, made in memory to see what would come of it. */
export interface CandidateChange {
  /** Stable and unique in the report: `replicas/prod/shop/Deployment/web`. */
  readonly id: string;
  readonly kind: ChangeKind;
  /** What to change, as an order: `run 3 instead of 2 replicas of web`. */
  readonly what: string;
  /** Why it should help. */
  readonly because: string;
  /** The estate with the change made. */
  readonly estate: () => Estate;
  /**
   * Parts of the ids of basic events that the change may touch: what they weigh says whether it is worth a look. Undefined
   * for changes of the structure, which are always looked at.
   */
  readonly touches: readonly string[] | undefined;
  /** What the computation does not see. */
  readonly caveat?: string;
  /** Hours of people's work a month that it takes (negative: saves). */
  readonly operatorHoursMonthly?: number;
  /** Service or store whose price must be known before and after, such as `DataStore/carts`. */
  readonly priceOf?: string;
  /** Services and stores whose declared price does not hold for what is proposed: list prices are set against list prices. */
  readonly listPriced?: readonly string[];
  readonly place?: Place;
}

/** What candidates are drawn from. */
export interface CandidateScope {
  readonly estate: Estate;
  /** Environments whose journeys are looked at. */
  readonly environments: ReadonlySet<string>;
  /** Ids of workloads whose failure stops some of these journeys, at once or later. */
  readonly workloads: ReadonlySet<string>;
  /** Names of stores and services that some of these journeys need. */
  readonly stores: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
  /** Where a second region could be, for estates that name one only. */
  readonly nearestRegion: (region: string) => string | undefined;
}
