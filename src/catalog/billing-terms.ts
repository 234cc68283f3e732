import { citation, type SourceTable } from "./catalog-source.ts";
import type { Fact } from "./fact.ts";
import table from "./tables/billing-terms.json" with { type: "json" };

export const billingTermSources: SourceTable = table.sources;

/** Terms of billing that no meter states: included quantities, smallest quantities and factors. */
export type BillingTerm =
  | "loadBalancer.includedRules"
  | "premiumFileShare.smallestSize"
  | "cosmosDb.zoneFactor"
  | "cosmosDb.autoscaleFloor"
  | "managedRedis.nodes"
  | "flexibleServer.zoneRedundantServers";

type Row = readonly [
  id: string,
  name: string,
  value: number,
  unit: string,
  source: string,
  verified: 0 | 1,
  note?: string,
];

const facts: ReadonlyMap<string, Fact<number>> = new Map(
  (table.rows as unknown as readonly Row[]).map((row) => [row[0], factOf(row)]),
);

function factOf([, name, value, unit, source, verified, note]: Row): Fact<number> {
  return {
    name,
    value,
    unit,
    ...citation(billingTermSources, source),
    verified: verified === 1,
    ...(note === undefined ? {} : { note }),
  };
}

export function billingTerm(term: BillingTerm): Fact<number> {
  const fact = facts.get(term);
  if (fact === undefined) throw new Error(`the catalog has no billing term ${term}`);
  return fact;
}
