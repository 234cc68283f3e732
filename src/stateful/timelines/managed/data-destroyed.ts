import { type Bound, never, unknown, within } from "../../bound.ts";
import type { RecoveryKnowledge } from "../recovery-knowledge.ts";
import { endlessTimeline, type ScopeTimeline, timelineOf } from "../scope-timeline.ts";
import { timersOf } from "../timers.ts";
import type { ManagedStore } from "./managed-store.ts";
import { publishedBound } from "./published.ts";

const scope = "operatorError";

/** Somebody destroyed data, and every copy followed. */
export function dataDestroyed(store: ManagedStore, known: RecoveryKnowledge): ScopeTimeline {
  const rpo = backupInterval(store, known);
  if (rpo.kind === "never") return endlessTimeline({ scope, outcome: "lost", summary: rpo.why, rpo }, rpo);
  const summary = "it is restored to a point before the error, into a new store that clients are sent to";
  if (store.sizeGiB === undefined) {
    return endlessTimeline({ scope, outcome: "byHand", summary, rpo }, unknown("the size of the data (sizeGiB)"));
  }
  const { operator, restore, reconnect } = timersOf(known);
  return timelineOf({ scope, outcome: "byHand", summary, rpo }, [operator, restore(store.sizeGiB), reconnect]);
}

/** How far before the error the last restorable state may lie. */
function backupInterval({ service, tier }: ManagedStore, known: RecoveryKnowledge): Bound {
  switch (service) {
    case "cosmosDb":
      return publishedBound(known, "cosmos.backup.continuous", "design");
    case "azureSql":
      return publishedBound(known, "sql.backup.log", "design");
    case "storageBlob":
    case "storageFiles":
      return within(0, "design", [
        { kind: "formula", text: "versions and soft delete keep what was overwritten, where they are on" },
      ]);
    case "postgresqlFlexible":
      return publishedBound(known, "pg.backup.log", "design");
    case "mysqlFlexible":
      return publishedBound(known, "mysql.backup.log", "design");
    case "redis":
      return tier === "Premium" || tier === "Balanced"
        ? unknown("the interval of its snapshots")
        : never("a cache has no backup");
    case "eventHubs":
    case "serviceBus":
      return never("messages have no backup; producers would have to send them again");
    case "netAppFiles":
      return unknown("the interval of its snapshots");
  }
}
