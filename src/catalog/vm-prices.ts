import { citation, type SourceTable } from "./catalog-source.ts";
import type { Fact } from "./fact.ts";
import table from "./tables/vm-prices.json" with { type: "json" };

export const vmPriceSources: SourceTable = table.sources;

type Row = readonly [name: string, source: string, ...prices: (number | null)[]];

const letters: { readonly [letter: string]: string } = table.letters;
const spotSources: { readonly [region: string]: string } = table.spotRegions;
const columnOf = new Map(table.columns.map((name, index) => [name, index]));
const rowOf = new Map((table.rows as unknown as readonly Row[]).map((row) => [row[0].toLowerCase(), row]));

export const pricedRegions: readonly string[] = table.regions;

/** Linux list price in USD per hour; undefined where the size is not sold, or no source read has the region. */
export function vmPrice(region: string, vmSize: string, purchase: "payAsYouGo" | "spot"): Fact<number> | undefined {
  const column = columnOf.get(purchase === "spot" ? `spot:${region}` : region);
  const row = rowOf.get(vmSize.toLowerCase().replace(/^standard_/, ""));
  if (column === undefined || row === undefined) return undefined;
  const price = row[column];
  const source = purchase === "spot" ? spotSources[region] : letters[row[1].charAt(table.regions.indexOf(region))];
  if (typeof price !== "number" || source === undefined) return undefined;
  return {
    name: `Standard_${row[0]} in ${region}, ${purchase === "spot" ? "spot" : "pay as you go"}`,
    value: price,
    unit: "USD/hour",
    ...citation(vmPriceSources, source),
    verified: true,
    ...noteOf(purchase, source),
  };
}

function noteOf(purchase: "payAsYouGo" | "spot", source: string): { readonly note?: string } {
  if (purchase === "spot") return { note: "one day's value: spot prices move" };
  return source === "karpenter-2026-06-18-corrected" ? { note: "Windows part of the published price taken off" } : {};
}

/** Names of sizes that have a price in some region. */
export function pricedSizes(): readonly string[] {
  return [...rowOf.values()].map((row) => `Standard_${row[0]}`);
}
