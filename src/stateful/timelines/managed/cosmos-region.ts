import { type Bound, never, numberOf, publishedReason, unknown, within } from "../../bound.ts";
import { between } from "../distribution.ts";
import type { RecoveryKnowledge } from "../recovery-knowledge.ts";
import { type ScopeTimeline, timelineOf } from "../scope-timeline.ts";
import { timersOf } from "../timers.ts";
import type { CosmosLevel, ManagedStore } from "./managed-store.ts";

/** Names of the levels in the ids of facts. */
export const levelFacts: { readonly [level in CosmosLevel]: string } = {
  strong: "strong",
  boundedStaleness: "bounded",
  session: "session",
  consistentPrefix: "consistent_prefix",
  eventual: "eventual",
};

/** Span of writes that Cosmos DB may lose with a region, by level, regions and write regions. */
export function cosmosRegionLoss({ regions, writeRegions, level }: ManagedStore, known: RecoveryKnowledge): Bound {
  if (level === undefined) return unknown("the consistency level of the account");
  if (writeRegions > 1 && level === "strong") return never("Strong and several write regions cannot be configured");
  const writes = writeRegions > 1 ? "multi" : "single";
  const fact = known.catalog.dataServiceFact(
    regions < 2 ? "cosmos.rpo.1region" : `cosmos.rpo.n.${writes}.${levelFacts[level]}`,
  );
  if (fact === undefined) return unknown("what is lost with a region");
  const leastBound = fact.details["minTSeconds"];
  const seconds = numberOf(fact) ?? (typeof leastBound === "number" ? leastBound : undefined);
  return seconds === undefined ? unknown(fact.name) : within(seconds, "guaranteed", [publishedReason(fact)]);
}

/** Several write regions go on; one has to be moved, by the service where that is switched on. */
export function cosmosRegionRecovery(store: ManagedStore, known: RecoveryKnowledge): ScopeTimeline {
  const scope = "region";
  const rpo = cosmosRegionLoss(store, known);
  const { reconnect } = timersOf(known);
  if (store.writeRegions > 1) {
    const summary = "the other write regions go on; clients change to them";
    return timelineOf({ scope, outcome: "recovers", summary, rpo }, [reconnect]);
  }
  const fact = known.catalog.dataServiceFact("cosmos.rto.region.smf");
  const planned = fact?.details["planningSeconds"];
  const hour = typeof planned === "number" ? planned : 3600;
  const failover = {
    label: "the service moves writing to another region",
    duration: between(hour / 12, hour / 4, hour),
    reasons: fact === undefined ? [] : [publishedReason(fact)],
  };
  const summary = "reads go on elsewhere; writes wait for service-managed failover, which has to be switched on";
  return timelineOf({ scope, outcome: "recovers", summary, rpo }, [failover, reconnect]);
}
