import type { Reason } from "../../../estate/figures/figure.ts";
import { type Bound, unknown, within } from "../../bound.ts";
import type { RecoveryKnowledge } from "../recovery-knowledge.ts";
import { endlessTimeline, type RecoveryScope, type ScopeTimeline, timelineOf } from "../scope-timeline.ts";
import { timersOf } from "../timers.ts";
import type { ManagedStore } from "./managed-store.ts";
import { cite, publishedDuration } from "./published.ts";

/** What was acknowledged is on storage that outlives what failed. */
export const nothingLost: Bound = within(0, "design", [
  { kind: "formula", text: "what was written is there when it is back" },
]);

/** Nobody notices. */
export function unaffected(
  scope: RecoveryScope,
  summary: string,
  rpoReasons: readonly Reason[],
  strength: "guaranteed" | "design" = "guaranteed",
): ScopeTimeline {
  const rpo = within(0, strength, rpoReasons);
  return timelineOf({ scope, outcome: "unaffected", summary, rpo }, [], strength);
}

/** Another server of the same data takes over within a published time. */
export function takenOver(
  { service, zoneRedundant }: ManagedStore,
  scope: RecoveryScope,
  summary: string,
  facts: readonly [timed: string, ...others: string[]],
  known: RecoveryKnowledge,
): ScopeTimeline {
  const reasons = cite(known, ...facts);
  const duration = publishedDuration(known, facts[0]);
  const rpo = within(0, service === "azureSql" || zoneRedundant ? "design" : "typical", reasons);
  if (duration === undefined) {
    return endlessTimeline({ scope, outcome: "recovers", summary, rpo }, unknown(`what is published as ${facts[0]}`));
  }
  const failover = { label: summary, duration, reasons };
  return timelineOf({ scope, outcome: "recovers", summary, rpo }, [failover, timersOf(known).reconnect]);
}

/** The service replaces what failed, and nobody says how long that takes. */
export function replacedUntimed(scope: RecoveryScope, missing: string): ScopeTimeline {
  const rpo = within(0, "design", [{ kind: "formula", text: "storage of the service outlives its machines" }]);
  const summary = "the service replaces what failed";
  return endlessTimeline({ scope, outcome: "recovers", summary, rpo }, unknown(missing));
}

/** Replication of a cache is asynchronous: what was not copied is gone. */
export function cacheLost({ tier }: ManagedStore, scope: RecoveryScope): ScopeTimeline {
  if (tier === "Basic") {
    const summary = "the only node is replaced, empty";
    const rpo: Bound = { kind: "never", why: summary, reasons: [] };
    return endlessTimeline({ scope, outcome: "lost", summary, rpo }, unknown("how long a node takes to be replaced"));
  }
  const rpo = unknown("how far the replica of the cache lags behind");
  const frame = { scope, outcome: "recovers", summary: "the replica takes over", rpo } as const;
  return endlessTimeline(frame, unknown("how long the failover of a cache takes"));
}
