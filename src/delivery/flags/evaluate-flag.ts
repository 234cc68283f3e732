import type { FeatureFlag, FlagFilter, TargetingFilter, VariantAllocation } from "./feature-flag.ts";
import { isInPercentile } from "./percentile.ts";
import { isWindowOpen } from "./time-window.ts";

/** Who asks, and when. */
export interface FlagContext {
  readonly userId?: string;
  readonly groups?: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface FlagEvaluation {
  readonly enabled: boolean;
  readonly variant: string | undefined;
}

/** A flag for one user, as the JavaScript library of Microsoft.FeatureManagement evaluates it. */
export function evaluateFlag(flag: FeatureFlag, context: FlagContext): FlagEvaluation {
  const enabled = isEnabled(flag, context);
  const name = allocatedVariant(flag, enabled, context);
  const variant = flag.variants.find((each) => each.name === name);
  const override = flag.enabled ? (variant?.statusOverride ?? "None") : "None";
  return { enabled: override === "None" ? enabled : override === "Enabled", variant: variant?.name };
}

function isEnabled({ id, enabled, filters, requirement }: FeatureFlag, context: FlagContext): boolean {
  if (!enabled) return false;
  if (filters.length === 0) return true;
  const passes = (filter: FlagFilter) => passesFilter(filter, id, context);
  return requirement === "Any" ? filters.some(passes) : filters.every(passes);
}

function passesFilter(filter: FlagFilter, feature: string, context: FlagContext): boolean {
  switch (filter.kind) {
    case "targeting":
      return isTargeted(filter, feature, context);
    case "timeWindow":
      return isWindowOpen(filter, context.now);
    case "unknown":
      return false;
  }
}

function isTargeted(filter: TargetingFilter, feature: string, { userId, groups = [] }: FlagContext): boolean {
  if (userId !== undefined && filter.excludedUsers.includes(userId)) return false;
  if (groups.some((group) => filter.excludedGroups.includes(group))) return false;
  if (userId !== undefined && filter.users.includes(userId)) return true;
  const user = userId ?? "";
  const inGroup = filter.groups.some(
    ({ name, percentage }) => groups.includes(name) && isInPercentile(user, `${feature}\n${name}`, 0, percentage),
  );
  return inGroup || isInPercentile(user, feature, 0, filter.defaultPercentage);
}

function allocatedVariant(
  { id, allocation, variants }: FeatureFlag,
  enabled: boolean,
  context: FlagContext,
): string | undefined {
  if (allocation === undefined || variants.length === 0) return undefined;
  if (!enabled) return allocation.whenDisabled;
  return assignedVariant(allocation, id, context) ?? allocation.whenEnabled;
}

function assignedVariant(
  { users, groups, percentiles, seed }: VariantAllocation,
  id: string,
  { userId, groups: own = [] }: FlagContext,
): string | undefined {
  const byUser = users.find((each) => userId !== undefined && each.users.includes(userId));
  const byGroup = groups.find((each) => each.groups.some((group) => own.includes(group)));
  const hint = seed ?? `allocation\n${id}`;
  const byPercentile = percentiles.find(({ from, to }) => isInPercentile(userId ?? "", hint, from, to));
  return (byUser ?? byGroup ?? byPercentile)?.variant;
}

/**
 * Share of the users that a flag reaches who are neither listed nor in a group, without regard to time windows; 0 where it is
 * off. Under All the smallest of the percentages holds for each user alike, since all hash the same text.
 */
export function defaultShare({ enabled, filters, requirement }: FeatureFlag): number {
  if (!enabled) return 0;
  if (filters.length === 0) return 1;
  const shares = filters.map(shareOf);
  return requirement === "Any" ? Math.max(...shares) : Math.min(...shares);
}

function shareOf(filter: FlagFilter): number {
  switch (filter.kind) {
    case "targeting":
      return filter.defaultPercentage / 100;
    case "timeWindow":
      return 1;
    case "unknown":
      return 0;
  }
}
