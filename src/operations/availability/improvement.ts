import type { ChangeKind } from "../../availability/improvements/candidate.ts";
import type { Figure } from "../../estate/figures/figure.ts";
import type { Place } from "../../estate/sources/place.ts";

/** What a change does to one journey; shares of time down, of the known part where something is missing. */
export interface JourneyChange {
  readonly journey: string;
  readonly label: string;
  readonly before: number;
  readonly after: number;
  /** Minutes of an average month by which it is down less; negative: more. */
  readonly minutesPerMonth: number;
  /** Undefined without objective, or where something is missing. */
  readonly meetsObjective?: boolean;
}

/** A line of the bill that the change moves; 0 where there is none. */
export interface BillChange {
  readonly line: string;
  readonly before: number;
  readonly after: number;
}

/** A change that makes journeys more available, with what it costs and what it is worth. */
export interface Improvement {
  readonly id: string;
  readonly kind: ChangeKind;
  readonly what: string;
  readonly because: string;
  readonly place?: Place;
  readonly caveat?: string;
  /** Minutes of an average month by which all journeys together are down less. */
  readonly minutesPerMonth: number;
  /** For constraints: the same if replicas lay as crowded as the constraints allow. */
  readonly crowdedMinutesPerMonth?: number;
  /** For disruption budgets: minutes of an average month that upgrades of node pools take less. */
  readonly upgradeMinutesPerMonth?: number;
  /** Journeys that change, the one that gains most first. */
  readonly journeys: readonly JourneyChange[];
  /** Downtime that is avoided, at the declared cost of a minute; undefined where no journey declares one. */
  readonly monthlyValue?: number;
  /** What it adds to the bill of a month, with the hours of people where they have a price; not evaluable without a price. */
  readonly extraMonthlyCost: Figure;
  readonly billChanges: readonly BillChange[];
  /** Hours of people's work a month; negative: saved. */
  readonly operatorHoursMonthly?: number;
  /** Money of downtime avoided for one unit of money spent; undefined for what is free, has no price or no value. */
  readonly valuePerUnitOfMoney?: number;
  /** Minutes of downtime avoided for one unit of money spent. */
  readonly minutesPerUnitOfMoney?: number;
}

/** A change that costs less and leaves every objective met. */
export interface Economy {
  readonly id: string;
  readonly kind: ChangeKind;
  readonly what: string;
  readonly because: string;
  readonly place?: Place;
  readonly caveat?: string;
  readonly monthlySaving: number;
  /** Minutes of an average month by which journeys are down more. */
  readonly minutesPerMonth: number;
  readonly journeys: readonly JourneyChange[];
  /** Cost of the added downtime a month, where it is declared. */
  readonly monthlyLoss?: number;
}

/** A change that was looked at and has no result. */
export interface ChangeWithoutResult {
  readonly what: string;
  readonly reason: string;
}
