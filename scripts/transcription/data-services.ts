import type { Table, TableSource } from "./table.ts";

interface RawSource {
  readonly repo?: string;
  readonly path?: string;
  readonly url?: string;
  readonly thread?: string;
  readonly note?: string;
  readonly docDate: string | null;
}

interface RawFact {
  readonly id: string;
  readonly service: string;
  readonly metric: string;
  readonly value: unknown;
  readonly unit: string | null;
  readonly source: string;
  readonly verified: boolean;
  readonly [detail: string]: unknown;
}

/** Verified since the file was compiled; the older marks of the file are corrected here. */
const LATER_SOURCES: Record<string, TableSource> = {
  "gardener-tolerations": { origin: "gardener/gardener", path: "docs/api-reference/core.md", date: "2026" },
  "k8s-127352": { origin: "kubernetes/kubernetes#127352, after #121793", date: "2024" },
  "pg-backup": {
    origin: "learn.microsoft.com azure/postgresql/flexible-server/concepts-backup-restore",
    date: "2026-07-05",
  },
  "mysql-backup": {
    origin: "learn.microsoft.com azure/mysql/flexible-server/concepts-backup-restore",
    date: "2026-03-27",
  },
  "redis-managed": { origin: "MicrosoftDocs/azure-docs", path: "articles/redis/overview.md", date: "2025-05-18" },
};

/** What the file does not have; `recall` is what no source was read for. */
const LATER_FACTS: readonly RawFact[] = [
  {
    id: "pg.backup.log",
    service: "postgres-flex",
    metric: "transaction log backup, delay",
    value: 5,
    unit: "min",
    source: "pg-backup",
    verified: true,
    op: "<=",
    kind: "in general",
    note: "15 min in the page of 2021",
  },
  {
    id: "mysql.backup.log",
    service: "mysql-flex",
    metric: "transaction log backup interval",
    value: 5,
    unit: "min",
    source: "mysql-backup",
    verified: true,
  },
  {
    id: "cosmos.ru.item",
    service: "cosmosdb",
    metric: "request units of a point read and of a write of an item of 1 KB",
    value: { read: 1, write: 5 },
    unit: "RU",
    source: "recall",
    verified: false,
  },
  {
    id: "cosmos.throughput.steps",
    service: "cosmosdb",
    metric: "provisioned throughput: least, and step",
    value: { least: 400, step: 100 },
    unit: "RU/s",
    source: "recall",
    verified: false,
  },
  {
    id: "eventhubs.unit.events",
    service: "eventhubs",
    metric: "ingress of one throughput unit of Event Hubs Standard",
    value: 1000,
    unit: "events/s",
    source: "recall",
    verified: false,
  },
  {
    id: "redis.cache.sizes",
    service: "redis",
    metric: "memory by size of Azure Cache for Redis",
    value: { C0: 0.25, C1: 1, C2: 2.5, C3: 6, C4: 13, C5: 26, C6: 53, P1: 6, P2: 13, P3: 26, P4: 53, P5: 120 },
    unit: "GB",
    source: "recall",
    verified: false,
  },
  {
    id: "redis.managed.sizes",
    service: "redis",
    metric: "memory by size of Azure Managed Redis, Balanced",
    value: { B0: 0.5, B1: 1, B3: 3, B5: 6, B10: 12, B20: 24, B50: 60, B100: 120 },
    unit: "GB",
    source: "redis-managed",
    verified: true,
  },
  {
    id: "fibre.kmPerMillisecond",
    service: "network",
    metric: "way that light in fibre goes there and back in a millisecond",
    value: 100,
    unit: "km/ms",
    source: "recall",
    verified: false,
    note: "200 km a millisecond one way; a round trip below distance / 100 is impossible, so it proves a shorter distance",
  },
];

/** Facts on stateful services. A fact that points at the latency matrix is left out: the matrix itself is a table. */
export function transcribeDataServices(raw: {
  readonly sources: { readonly [id: string]: RawSource };
  readonly facts: readonly RawFact[];
}): Table {
  const rows = [...raw.facts.filter((fact) => fact.id !== "net.region.rtt").map(corrected), ...LATER_FACTS].map(
    ({ id, service, metric, value, unit, source, verified, ...details }) => {
      if (!(source in raw.sources) && !(source in LATER_SOURCES)) throw new Error(`fact ${id} has no source`);
      return [
        id,
        service,
        metric,
        value,
        unit,
        source,
        verified ? 1 : 0,
        Object.keys(details).length === 0 ? null : details,
      ];
    },
  );
  return {
    title: "Facts on stateful services, Kubernetes timers and disks",
    sources: {
      ...Object.fromEntries(Object.entries(raw.sources).map(([id, source]) => [id, sourceOf(source)])),
      ...LATER_SOURCES,
    },
    columns: ["id", "service", "metric", "value", "unit", "source", "verified", "details"],
    rows,
  };
}

function corrected(fact: RawFact): RawFact {
  if (fact.id === "k8s.toleration") return { ...fact, source: "gardener-tolerations", verified: true };
  if (fact.id === "k8s.nodemonitor") {
    return {
      ...fact,
      source: "k8s-127352",
      verified: true,
      note: "40 s, 50 s in later versions; the boundary 1.32 is recalled",
    };
  }
  return fact;
}

function sourceOf(source: RawSource): TableSource {
  const origin = source.repo ?? source.url ?? source.thread ?? source.note ?? "";
  if (origin === "") throw new Error("source without origin");
  return {
    origin: origin.startsWith("author recollection") ? "recalled, not read in a source" : origin,
    ...(source.path === undefined ? {} : { path: source.path }),
    date: source.docDate === null || source.docDate === "n/a" ? "undated" : source.docDate,
  };
}
