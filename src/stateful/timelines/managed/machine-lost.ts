import type { RecoveryKnowledge } from "../recovery-knowledge.ts";
import type { ScopeTimeline } from "../scope-timeline.ts";
import { cacheLost, replacedUntimed, takenOver, unaffected } from "./managed-outcomes.ts";
import type { ManagedStore } from "./managed-store.ts";
import { cite } from "./published.ts";

const scope = "node";

/** One machine of the service fails. */
export function machineLost(store: ManagedStore, known: RecoveryKnowledge): ScopeTimeline {
  switch (store.service) {
    case "cosmosDb":
    case "storageBlob":
    case "storageFiles": {
      const fact = store.service === "cosmosDb" ? "cosmos.rto.node" : "storage.durability.LRS";
      return unaffected(scope, "copies on other machines answer; nobody notices", cite(known, fact));
    }
    case "azureSql":
      return takenOver(store, scope, "another machine of the service takes over the database", ["sql.zone.rto"], known);
    case "postgresqlFlexible":
      return store.zoneRedundant
        ? takenOver(store, scope, "the standby takes over", ["pg.zr.failover", "pg.zr.tail"], known)
        : restartsAlone();
    case "mysqlFlexible":
      return store.zoneRedundant ? replacedUntimed(scope, "how long a failover to the standby takes") : restartsAlone();
    case "redis":
      return cacheLost(store, scope);
    case "eventHubs":
    case "serviceBus":
    case "netAppFiles":
      return replacedUntimed(scope, "how long the service takes to replace a machine");
  }
}

function restartsAlone(): ScopeTimeline {
  return replacedUntimed(scope, "how long a server without a standby takes to come back");
}
