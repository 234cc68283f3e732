import type { DataServiceFact } from "../../catalog/catalog.ts";
import { slaServiceOf } from "../../catalog/service-names.ts";
import type { Reason } from "../../estate/figures/figure.ts";
import type { DataStore } from "../../estate/model/service.ts";
import type { FaultModel } from "../from-estate/fault-model.ts";
import type { ReplicaGroup } from "../from-estate/replica-group.ts";
import { regionsOfStore } from "../from-estate/service-events.ts";
import type { FailureScope } from "./recovery-report.ts";

/** What a store may lose; `missing` names what is not known. */
export type DataLoss =
  | { readonly kind: "seconds"; readonly seconds: number; readonly reasons: readonly Reason[] }
  | { readonly kind: "unknown"; readonly missing: string };

/**
 * Writes that a store loses when something of a scope fails and the journey goes on. A store that waits for its zone or
 * region loses nothing: what is written is there when it is back.
 * @param holder replicas that hold it, where it runs in a cluster
 * @param failsOver the journey goes on in another region
 */
export function dataLoss(
  model: FaultModel,
  store: DataStore,
  holder: ReplicaGroup | undefined,
  scope: FailureScope,
  failsOver: boolean,
): DataLoss {
  const subject = `DataStore/${store.name}`;
  if (holder !== undefined && scope !== "region") return ofWorkload(holder, subject);
  switch (scope) {
    case "pod":
    case "node":
      return keepsCopies(store)
        ? nothing(`${subject} answers a write only when its other copies have it`)
        : unknown(`what ${subject} loses with a node`);
    case "zone":
      return ofZone(model, store, subject);
    case "region":
      return ofRegion(model, store, subject, failsOver);
  }
}

/** A store that runs in a cluster: one replica takes its disk along, of several nobody says how they agree. */
function ofWorkload({ label, replicas, disks }: ReplicaGroup, subject: string): DataLoss {
  if (disks.length === 0) return unknown(`a volume of ${label}, which holds ${subject}`);
  if (replicas > 1) return unknown(`whether the replicas of ${label} have a write before it is answered`);
  return nothing(`${subject} is on the disk of ${label}, which comes back with its pod`);
}

/** Services that acknowledge a write only after more than one copy has it; caches do not. */
function keepsCopies({ service, workload }: DataStore): boolean {
  const known = slaServiceOf(service) ?? "";
  return (
    workload === undefined &&
    ["sql-db", "sql-mi", "cosmos-db", "storage", "postgresql-flexible", "mysql-flexible"].includes(known)
  );
}

function ofZone({ catalog }: FaultModel, store: DataStore, subject: string): DataLoss {
  if (store.workload !== undefined || !keepsCopies(store)) return unknown(`what ${subject} loses with a zone`);
  if (store.zoneRedundant !== true) return nothing(`${subject} is in one zone and waits for it`);
  const fact = catalog.dataServiceFact(zoneFacts[slaServiceOf(store.service) ?? ""] ?? "");
  if (fact === undefined) return nothing(`${subject} answers a write only when another zone has it`);
  return { kind: "seconds", seconds: 0, reasons: [factReason(fact, "0 s of writes lost")] };
}

const zoneFacts: { readonly [service: string]: string } = {
  "cosmos-db": "cosmos.rto.zone.az",
  "sql-db": "sql.zone.rto",
  "postgresql-flexible": "pg.zr.failover",
};

function ofRegion({ catalog }: FaultModel, store: DataStore, subject: string, failsOver: boolean): DataLoss {
  const regions = regionsOfStore(store);
  if (!failsOver) return nothing(`${subject} waits for its region, as the journey does`);
  if (regions.length < 2) return nothing(`${subject} is in one region only and waits for it`);
  const fact = regionFact(store);
  const known = fact === undefined ? undefined : catalog.dataServiceFact(fact);
  const seconds = known === undefined ? undefined : secondsOf(known);
  if (known === undefined || seconds === undefined) {
    return unknown(`how far the copy of ${subject} in the other region lags behind`);
  }
  return { kind: "seconds", seconds, reasons: [factReason(known, `${seconds} s`)] };
}

/** Id of the published loss between regions. */
function regionFact(store: DataStore): string | undefined {
  const service = slaServiceOf(store.service) ?? "";
  if (service === "cosmos-db") return cosmosFact(store);
  if (service === "sql-db" && !/^bc|businesscritical/i.test(store.sku ?? "")) return undefined;
  return regionFacts[service];
}

const regionFacts: { readonly [service: string]: string } = {
  "sql-db": "sql.sla.bc.geo",
  "postgresql-flexible": "pg.georeplica.rpo",
  storage: "storage.grs.rpo",
};

const cosmosLevels: { readonly [level: string]: string } = {
  strong: "strong",
  session: "session",
  consistentPrefix: "consistent_prefix",
  eventual: "eventual",
};

function cosmosFact({ spec, regions }: DataStore): string | undefined {
  const consistency = spec.consistency;
  const reads =
    typeof consistency === "object" && consistency !== null && "reads" in consistency ? String(consistency.reads) : "";
  const level = cosmosLevels[reads];
  if (level === undefined) return undefined;
  return `cosmos.rpo.n.${regions.writers.length > 1 ? "multi" : "single"}.${level}`;
}

function secondsOf({ value }: DataServiceFact): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "object" || Array.isArray(value)) return undefined;
  return "rpo" in value && typeof value.rpo === "number" ? value.rpo : undefined;
}

function factReason({ name, service, source, asOf, verified }: DataServiceFact, value: string): Reason {
  return { kind: "fact", name: `${name} (${service})`, value, source, asOf, verified };
}

function nothing(text: string): DataLoss {
  return { kind: "seconds", seconds: 0, reasons: [{ kind: "formula", text }] };
}

function unknown(missing: string): DataLoss {
  return { kind: "unknown", missing };
}
