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
};

/** Facts on stateful services. A fact that points at the latency matrix is left out: the matrix itself is a table. */
export function transcribeDataServices(raw: {
  readonly sources: { readonly [id: string]: RawSource };
  readonly facts: readonly RawFact[];
}): Table {
  const rows = raw.facts
    .filter((fact) => fact.id !== "net.region.rtt")
    .map(corrected)
    .map(({ id, service, metric, value, unit, source, verified, ...details }) => {
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
    });
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
