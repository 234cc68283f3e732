import { citation, type SourceTable } from "./catalog-source.ts";
import type { Fact } from "./fact.ts";
import { priceUnit } from "./price-unit.ts";
import table from "./tables/disk-prices.json" with { type: "json" };

export const diskPriceSources: SourceTable = table.sources;

type Row = readonly [kind: string, name: string, unit: string, ...prices: (number | null)[]];

const rows = table.rows as unknown as readonly Row[];
const regionSources: { readonly [region: string]: string } = table.regions;
const regionNames = Object.keys(regionSources);
const FIRST_PRICE = 3;
const tierSizes = Object.entries(table.tierSizesGiB).map(([tier, sizeGiB]) => ({ tier, sizeGiB }));

/** USD per month of a tier such as `P10`; Premium SSD (`P`), Standard SSD (`E`), Standard HDD (`S`). */
export function diskPrice(region: string, tier: string, redundancy: "LRS" | "ZRS"): Fact<number> | undefined {
  return factOf("tier", `${tier.toUpperCase()} ${redundancy}`, region, "USD/month");
}

/** USD per unit of a meter billed by size, IOPS or throughput, such as `Premium LRS Provisioned Capacity`. */
export function diskMeter(region: string, name: string): Fact<number> | undefined {
  return factOf("perUnit", name, region) ?? factOf("operations", name, region);
}

/** Smallest tier of the family that holds the size; standard disks (`S`) start at 32 GiB. */
export function diskTier(
  family: "P" | "E" | "S",
  sizeGiB: number,
): { readonly tier: string; readonly sizeGiB: number } | undefined {
  const smallest = family === "S" ? 32 : 0;
  const tier = tierSizes.find((each) => each.sizeGiB >= Math.max(sizeGiB, smallest));
  return tier === undefined ? undefined : { tier: `${family}${tier.tier}`, sizeGiB: tier.sizeGiB };
}

function factOf(kind: string, name: string, region: string, unit?: string): Fact<number> | undefined {
  const index = regionNames.indexOf(region);
  const row = rows.find((each) => each[0] === kind && each[1] === name);
  const price = index < 0 || row === undefined ? undefined : row[FIRST_PRICE + index];
  const source = regionSources[region];
  if (row === undefined || typeof price !== "number" || source === undefined) return undefined;
  return {
    name: `managed disk ${name} in ${region}`,
    value: price,
    unit: unit ?? priceUnit(row[2]),
    ...citation(diskPriceSources, source),
    verified: true,
  };
}
