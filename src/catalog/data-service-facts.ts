import type { DataServiceFact, FactValue } from "./catalog.ts";
import { citation, type SourceTable } from "./catalog-source.ts";
import table from "./tables/data-service-facts.json" with { type: "json" };

export const dataServiceSources: SourceTable = table.sources;

type Row = readonly [
  id: string,
  service: string,
  metric: string,
  value: FactValue,
  unit: string | null,
  source: string,
  verified: 0 | 1,
  details?: { readonly [name: string]: unknown },
];

const facts: readonly DataServiceFact[] = (table.rows as unknown as readonly Row[]).map(factOf);
const byId = new Map(facts.map((fact) => [fact.id, fact]));

function factOf([id, service, metric, value, unit, source, verified, details = {}]: Row): DataServiceFact {
  const inMinutes = unit === "min";
  return {
    id,
    service,
    name: metric,
    value: inMinutes ? seconds(value) : value,
    unit: inMinutes ? "s" : (unit ?? ""),
    ...citation(dataServiceSources, source),
    verified: verified === 1,
    ...(typeof details.note === "string" ? { note: details.note } : {}),
    details,
    superseded: details.superseded === true,
  };
}

function seconds(minutes: FactValue): FactValue {
  if (typeof minutes === "number") return minutes * 60;
  return Array.isArray(minutes) ? minutes.map((each) => (typeof each === "number" ? each * 60 : each)) : minutes;
}

export function dataServiceFact(id: string): DataServiceFact | undefined {
  return byId.get(id);
}

/** Facts of `cosmosdb`, `azuresql`, `postgres-flex`, `mysql-flex`, `storage`, `disk`, `aks` or `network`. */
export function dataServiceFacts(service: string): readonly DataServiceFact[] {
  return facts.filter((fact) => fact.service === service);
}
