import type { Place } from "../../estate/sources/place.ts";

/** Users of a group, and how many of them are in. */
interface GroupRollout {
  readonly name: string;
  /** 0 to 100. */
  readonly percentage: number;
}

/** `Microsoft.Targeting`. */
export interface TargetingFilter {
  readonly kind: "targeting";
  readonly users: readonly string[];
  readonly groups: readonly GroupRollout[];
  readonly defaultPercentage: number;
  readonly excludedUsers: readonly string[];
  readonly excludedGroups: readonly string[];
}

export interface Recurrence {
  readonly type: "Daily" | "Weekly";
  readonly interval: number;
  /** 0 is Sunday. */
  readonly daysOfWeek: readonly number[];
  readonly firstDayOfWeek: number;
  readonly endMilliseconds: number | undefined;
  readonly occurrences: number | undefined;
}

/** `Microsoft.TimeWindow`, in milliseconds since 1970. */
export interface TimeWindowFilter {
  readonly kind: "timeWindow";
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly recurrence: Recurrence | undefined;
}

/** A filter that the library does not know: skipped under Any, off under All. */
interface UnknownFilter {
  readonly kind: "unknown";
  readonly name: string;
}

export type FlagFilter = TargetingFilter | TimeWindowFilter | UnknownFilter;

export interface VariantAllocation {
  readonly whenDisabled: string | undefined;
  readonly whenEnabled: string | undefined;
  readonly users: readonly { readonly variant: string; readonly users: readonly string[] }[];
  readonly groups: readonly { readonly variant: string; readonly groups: readonly string[] }[];
  readonly percentiles: readonly { readonly variant: string; readonly from: number; readonly to: number }[];
  readonly seed: string | undefined;
}

/** A feature flag by the schema FeatureFlag.v2.0.0 of microsoft/FeatureManagement. */
export interface FeatureFlag {
  readonly id: string;
  readonly place: Place;
  readonly enabled: boolean;
  readonly requirement: "Any" | "All";
  readonly filters: readonly FlagFilter[];
  readonly variants: readonly { readonly name: string; readonly statusOverride: "None" | "Enabled" | "Disabled" }[];
  readonly allocation: VariantAllocation | undefined;
}
