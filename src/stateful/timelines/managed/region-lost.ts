import { type Bound, never, unknown, within } from "../../bound.ts";
import type { RecoveryKnowledge } from "../recovery-knowledge.ts";
import { endlessTimeline, type ScopeTimeline, timelineOf } from "../scope-timeline.ts";
import { timersOf } from "../timers.ts";
import { cosmosRegionLoss, cosmosRegionRecovery } from "./cosmos-region.ts";
import type { ManagedStore } from "./managed-store.ts";
import { cite, publishedBound, publishedDuration, publishedPart } from "./published.ts";

const scope = "region";

/** The region that is written to is lost. */
export function regionLost(store: ManagedStore, known: RecoveryKnowledge): ScopeTimeline {
  if (store.service === "cosmosDb" && store.regions > 1) return cosmosRegionRecovery(store, known);
  if (store.regions < 2) {
    const why = "every copy is in the lost region";
    const rpo = store.service === "cosmosDb" ? cosmosRegionLoss(store, known) : never(why);
    return endlessTimeline({ scope, outcome: "waits", summary: `${why}: it waits for the region`, rpo }, never(why));
  }
  switch (store.service) {
    case "azureSql":
      return failoverGroup(store, known);
    case "postgresqlFlexible":
      return byHand(
        store,
        "the read replica is promoted",
        publishedBound(known, "pg.georeplica.rpo", "design"),
        "how long the promotion of a replica takes",
      );
    case "storageBlob":
    case "storageFiles":
      return byHand(
        store,
        "the account fails over to the other region",
        publishedBound(known, "storage.grs.rpo", "typical"),
        "how long an account failover takes",
      );
    case "cosmosDb":
    case "mysqlFlexible":
    case "redis":
    case "eventHubs":
    case "serviceBus":
    case "netAppFiles": {
      const rpo = unknown("how far the copy in the other region lags behind");
      return byHand(store, "clients are sent to the other region", rpo, "how long the change of region takes");
    }
  }
}

function failoverGroup(store: ManagedStore, known: RecoveryKnowledge): ScopeTimeline {
  const rpo = sqlLag(store, known);
  const summary = "somebody fails over to the secondary; waiting for Microsoft to do it takes hours";
  const timed = "sql.geo.rto.customer";
  const duration = publishedDuration(known, timed);
  if (duration === undefined) {
    return endlessTimeline({ scope, outcome: "byHand", summary, rpo }, unknown(`what is published as ${timed}`));
  }
  const failover = { label: "failover to the secondary", duration, reasons: cite(known, timed) };
  const { operator, reconnect } = timersOf(known);
  return timelineOf({ scope, outcome: "byHand", summary, rpo }, [operator, failover, reconnect]);
}

/** Microsoft answers for the lag of Business Critical only; elsewhere it has no bound. */
function sqlLag({ tier }: ManagedStore, known: RecoveryKnowledge): Bound {
  const promised = "sql.sla.bc.geo";
  const seconds = tier === "BC" ? publishedPart(known, promised, "rpo") : undefined;
  return seconds === undefined
    ? unknown("how far the secondary lags behind; no bound is published")
    : within(seconds, "guaranteed", cite(known, promised));
}

function byHand({ service }: ManagedStore, summary: string, rpo: Bound, missing: string): ScopeTimeline {
  const frame = { scope, outcome: "byHand", summary: `${summary}, by hand`, rpo } as const;
  return endlessTimeline(frame, unknown(`${missing} (${service})`));
}
