import type { Catalog } from "../../catalog/catalog.ts";
import { zoneRepairTime } from "../../estate/assumptions/failure-rules.ts";
import type { Reason } from "../../estate/figures/figure.ts";
import { type Bound, never, numberOf, publishedReason, unknown, within } from "../bound.ts";
import { cosmosRegionLoss, cosmosRegionRecovery } from "./cosmos-recovery.ts";
import { always, between, type DurationDistribution } from "./distribution.ts";
import type { ManagedStore } from "./managed-store.ts";
import {
  endlessTimeline,
  type PlannedStep,
  type RecoveryScope,
  type ScopeTimeline,
  timelineOf,
} from "./scope-timeline.ts";
import { assumptionReason, type Timers, timersOf } from "./timers.ts";

/** How a managed store comes back after a failure of one scope, by what is published of it. */
export function managedRecovery(store: ManagedStore, scope: RecoveryScope, catalog: Catalog): ScopeTimeline {
  switch (scope) {
    case "pod":
    case "drain":
      return timelineOf(
        { scope, outcome: "unaffected", summary: "the store does not run in the cluster", rpo: nothingLost(catalog) },
        [],
        "design",
      );
    case "node":
      return machineLost(store, catalog);
    case "zone":
      return zoneLost(store, catalog);
    case "region":
      return regionLost(store, catalog);
    case "operatorError":
      return destroyed(store, catalog);
  }
}

function machineLost(store: ManagedStore, catalog: Catalog): ScopeTimeline {
  const scope = "node";
  switch (store.service) {
    case "cosmosDb":
    case "storageBlob":
    case "storageFiles": {
      const fact = store.service === "cosmosDb" ? "cosmos.rto.node" : "storage.durability.LRS";
      const summary = "copies on other machines answer; nobody notices";
      const rpo = within(0, "guaranteed", cite(catalog, fact));
      return timelineOf({ scope, outcome: "unaffected", summary, rpo }, [], "guaranteed");
    }
    case "azureSql": {
      const summary = "another machine of the service takes over the database";
      return switched(store, scope, summary, upTo(catalog, "sql.zone.rto"), cite(catalog, "sql.zone.rto"), catalog);
    }
    case "postgresqlFlexible":
      if (!store.zoneRedundant) return restartsAlone(store, scope);
      return switched(
        store,
        scope,
        "the standby takes over",
        failoverOfPostgres(catalog),
        postgresFacts(catalog),
        catalog,
      );
    case "mysqlFlexible":
      return store.zoneRedundant
        ? unpublished(store, scope, "how long a failover to the standby takes")
        : restartsAlone(store, scope);
    case "redis":
      return cacheLost(store, scope);
    case "eventHubs":
    case "serviceBus":
    case "netAppFiles":
      return unpublished(store, scope, "how long the service takes to replace a machine");
  }
}

function zoneLost(store: ManagedStore, catalog: Catalog): ScopeTimeline {
  const scope = "zone";
  if (!store.zoneRedundant) return waitsForZone(store, catalog);
  switch (store.service) {
    case "cosmosDb": {
      const rpo = within(0, "guaranteed", cite(catalog, "cosmos.rto.zone.az"));
      return timelineOf(
        { scope, outcome: "unaffected", summary: "replicas in other zones answer", rpo },
        [],
        "guaranteed",
      );
    }
    case "storageBlob":
    case "storageFiles": {
      const facts = cite(catalog, store.service === "storageFiles" ? "storage.zrs.files" : "storage.zrs.sync");
      const rpo = within(0, "guaranteed", facts);
      return timelineOf(
        { scope, outcome: "unaffected", summary: "writes go on in the other zones", rpo },
        [],
        "design",
      );
    }
    case "azureSql":
      return switched(
        store,
        scope,
        "a replica in another zone takes over",
        upTo(catalog, "sql.zone.rto"),
        cite(catalog, "sql.zone.rto"),
        catalog,
      );
    case "postgresqlFlexible":
      return switched(
        store,
        scope,
        "the standby in another zone takes over",
        failoverOfPostgres(catalog),
        postgresFacts(catalog),
        catalog,
      );
    case "mysqlFlexible":
      return unpublished(store, scope, "how long a failover to the standby takes");
    case "redis":
      return cacheLost(store, scope);
    case "eventHubs":
    case "serviceBus": {
      const rpo = within(0, "design", [{ kind: "formula", text: "a message is acknowledged once the zones have it" }]);
      return timelineOf({ scope, outcome: "unaffected", summary: "the other zones take messages", rpo }, [], "design");
    }
    case "netAppFiles":
      return unpublished(store, scope, "how a volume fails over between zones");
  }
}

function regionLost(store: ManagedStore, catalog: Catalog): ScopeTimeline {
  const scope = "region";
  if (store.service === "cosmosDb" && store.regions > 1) return cosmosRegionRecovery(store, catalog);
  if (store.regions < 2) {
    const why = "every copy is in the lost region";
    const rpo = store.service === "cosmosDb" ? cosmosRegionLoss(store, catalog) : never(why);
    return endlessTimeline({ scope, outcome: "waits", summary: `${why}: it waits for the region`, rpo }, never(why));
  }
  const { operator, reconnect } = timersOf(catalog);
  switch (store.service) {
    case "azureSql": {
      const failover = {
        label: "failover to the secondary",
        duration: upTo(catalog, "sql.geo.rto.customer"),
        reasons: cite(catalog, "sql.geo.rto.customer"),
      };
      const summary = "somebody fails over to the secondary; waiting for Microsoft to do it takes hours";
      return timelineOf({ scope, outcome: "byHand", summary, rpo: sqlLag(store, catalog) }, [
        operator,
        failover,
        reconnect,
      ]);
    }
    case "postgresqlFlexible": {
      const rpo = within(
        numberOf(catalog.dataServiceFact("pg.georeplica.rpo")) ?? 300,
        "design",
        cite(catalog, "pg.georeplica.rpo"),
      );
      return byHand(store, "the read replica is promoted", rpo, "how long the promotion of a replica takes");
    }
    case "storageBlob":
    case "storageFiles": {
      const seconds = numberOf(catalog.dataServiceFact("storage.grs.rpo")) ?? 900;
      const rpo = within(seconds, "typical", cite(catalog, "storage.grs.rpo"));
      return byHand(store, "the account fails over to the other region", rpo, "how long an account failover takes");
    }
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

function destroyed(store: ManagedStore, catalog: Catalog): ScopeTimeline {
  const scope = "operatorError";
  const rpo = backupInterval(store, catalog);
  if (rpo.kind === "never") return endlessTimeline({ scope, outcome: "lost", summary: rpo.why, rpo }, rpo);
  const summary = "it is restored to a point before the error, into a new store that clients are sent to";
  if (store.sizeGiB === undefined) {
    return endlessTimeline({ scope, outcome: "byHand", summary, rpo }, unknown("the size of the data (sizeGiB)"));
  }
  const { operator, restore, reconnect } = timersOf(catalog);
  return timelineOf({ scope, outcome: "byHand", summary, rpo }, [operator, restore(store.sizeGiB), reconnect]);
}

/** How far before the error the last restorable state may lie. */
function backupInterval(store: ManagedStore, catalog: Catalog): Bound {
  switch (store.service) {
    case "cosmosDb":
      return within(
        numberOf(catalog.dataServiceFact("cosmos.backup.continuous")) ?? 100,
        "design",
        cite(catalog, "cosmos.backup.continuous"),
      );
    case "azureSql":
      return within(600, "design", cite(catalog, "sql.backup.log"));
    case "storageBlob":
    case "storageFiles":
      return within(0, "design", [
        { kind: "formula", text: "versions and soft delete keep what was overwritten, where they are on" },
      ]);
    case "postgresqlFlexible":
    case "mysqlFlexible":
      return unknown("how often the write-ahead log is backed up");
    case "redis":
      return store.tier === "Premium" ? unknown("the interval of its snapshots") : never("a cache has no backup");
    case "eventHubs":
    case "serviceBus":
      return never("messages have no backup; producers would have to send them again");
    case "netAppFiles":
      return unknown("the interval of its snapshots");
  }
}

/** Microsoft answers for 5 s only of Business Critical; elsewhere the lag has no bound. */
function sqlLag({ tier }: ManagedStore, catalog: Catalog): Bound {
  if (tier !== "BC") return unknown("how far the secondary lags behind; no bound is published");
  return within(5, "guaranteed", cite(catalog, "sql.sla.bc.geo"));
}

function switched(
  store: ManagedStore,
  scope: RecoveryScope,
  summary: string,
  duration: DurationDistribution,
  reasons: readonly Reason[],
  catalog: Catalog,
): ScopeTimeline {
  const timers: Timers = timersOf(catalog);
  const failover: PlannedStep = { label: summary, duration, reasons };
  const rpo = within(0, store.service === "azureSql" || store.zoneRedundant ? "design" : "typical", reasons);
  return timelineOf({ scope, outcome: "recovers", summary, rpo }, [failover, timers.reconnect]);
}

function restartsAlone(store: ManagedStore, scope: RecoveryScope): ScopeTimeline {
  return unpublished(store, scope, "how long a server without a standby takes to come back");
}

function unpublished(_store: ManagedStore, scope: RecoveryScope, missing: string): ScopeTimeline {
  const rpo = within(0, "design", [{ kind: "formula", text: "storage of the service outlives its machines" }]);
  return endlessTimeline(
    { scope, outcome: "recovers", summary: "the service replaces what failed", rpo },
    unknown(missing),
  );
}

/** Replication of a cache is asynchronous: what was not copied is gone. */
function cacheLost(store: ManagedStore, scope: RecoveryScope): ScopeTimeline {
  const rpo = unknown("how far the replica of the cache lags behind");
  const summary = store.tier === "Basic" ? "the only node is replaced, empty" : "the replica takes over";
  if (store.tier === "Basic")
    return endlessTimeline(
      { scope, outcome: "lost", summary, rpo: never(summary) },
      unknown("how long a node takes to be replaced"),
    );
  return endlessTimeline(
    { scope, outcome: "recovers", summary, rpo },
    unknown("how long the failover of a cache takes"),
  );
}

function waitsForZone({ service }: ManagedStore, catalog: Catalog): ScopeTimeline {
  const reason = assumptionReason(zoneRepairTime, { value: "4 h" });
  const rpo = nothingLost(catalog);
  const back: PlannedStep = {
    label: "the zone comes back",
    duration: always(zoneRepairTime.standard * 3600),
    reasons: [reason],
  };
  const lever = service === "redis" ? "a zone-redundant tier" : "zone redundancy";
  return timelineOf({ scope: "zone", outcome: "waits", summary: "it is in one zone and waits for it", rpo, lever }, [
    back,
  ]);
}

function byHand(store: ManagedStore, summary: string, rpo: Bound, missing: string): ScopeTimeline {
  const { service } = store;
  return endlessTimeline(
    { scope: "region", outcome: "byHand", summary: `${summary}, by hand`, rpo },
    unknown(`${missing} (${service})`),
  );
}

function nothingLost(_catalog: Catalog): Bound {
  return within(0, "design", [{ kind: "formula", text: "what was written is there when it is back" }]);
}

function failoverOfPostgres(catalog: Catalog): DurationDistribution {
  const value = catalog.dataServiceFact("pg.zr.failover")?.value;
  const [low = 60, high = 120] = Array.isArray(value) ? value.filter((each) => typeof each === "number") : [];
  return between(low, (low + high) / 2, high);
}

function postgresFacts(catalog: Catalog): readonly Reason[] {
  return cite(catalog, "pg.zr.failover", "pg.zr.tail");
}

/** A published ceiling: spread evenly below it. */
function upTo(catalog: Catalog, id: string): DurationDistribution {
  const ceiling = numberOf(catalog.dataServiceFact(id)) ?? 60;
  return [
    [0, 0],
    [1, ceiling],
  ];
}

function cite(catalog: Catalog, ...ids: readonly string[]): readonly Reason[] {
  return ids.flatMap((id) => {
    const fact = catalog.dataServiceFact(id);
    return fact === undefined ? [] : [publishedReason(fact)];
  });
}
