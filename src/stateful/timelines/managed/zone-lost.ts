import { zoneRepairTime } from "../../../estate/assumptions/failure-rules.ts";
import { always } from "../distribution.ts";
import { failureNumber, type RecoveryKnowledge } from "../recovery-knowledge.ts";
import { type ScopeTimeline, timelineOf } from "../scope-timeline.ts";
import { cacheLost, nothingLost, replacedUntimed, takenOver, unaffected } from "./managed-outcomes.ts";
import type { ManagedStore } from "./managed-store.ts";
import { cite } from "./published.ts";

const scope = "zone";

/** The zone of the service, or one of its zones, is lost. */
export function zoneLost(store: ManagedStore, known: RecoveryKnowledge): ScopeTimeline {
  if (!store.zoneRedundant) return waitsForZone(store, known);
  switch (store.service) {
    case "cosmosDb":
      return unaffected(scope, "replicas in other zones answer", cite(known, "cosmos.rto.zone.az"));
    case "storageBlob":
    case "storageFiles": {
      const facts = cite(known, store.service === "storageFiles" ? "storage.zrs.files" : "storage.zrs.sync");
      return unaffected(scope, "writes go on in the other zones", facts, "design");
    }
    case "azureSql":
      return takenOver(store, scope, "a replica in another zone takes over", ["sql.zone.rto"], known);
    case "postgresqlFlexible":
      return takenOver(store, scope, "the standby in another zone takes over", ["pg.zr.failover", "pg.zr.tail"], known);
    case "mysqlFlexible":
      return replacedUntimed(scope, "how long a failover to the standby takes");
    case "redis":
      return cacheLost(store, scope);
    case "eventHubs":
    case "serviceBus": {
      const reason = { kind: "formula", text: "a message is acknowledged once the zones have it" } as const;
      return unaffected(scope, "the other zones take messages", [reason], "design");
    }
    case "netAppFiles":
      return replacedUntimed(scope, "how a volume fails over between zones");
  }
}

function waitsForZone({ service }: ManagedStore, known: RecoveryKnowledge): ScopeTimeline {
  const { value, reason } = failureNumber(known, zoneRepairTime);
  const back = { label: "the zone comes back", duration: always(value * 3600), reasons: [reason] };
  const lever = service === "redis" ? "a zone-redundant tier" : "zone redundancy";
  const summary = "it is in one zone and waits for it";
  return timelineOf({ scope, outcome: "waits", summary, rpo: nothingLost, lever }, [back]);
}
