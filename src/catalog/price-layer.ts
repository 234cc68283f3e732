import type { Catalog } from "./catalog.ts";
import type { CatalogSource } from "./catalog-source.ts";
import type { Fact } from "./fact.ts";

/** Linux prices of a VM size in a region, in USD. Hours are USD/hour; reservations are what the whole term costs. */
export interface LayerVmPrices {
  readonly payAsYouGo?: number | undefined;
  readonly spot?: number | undefined;
  readonly reservation1yTotal?: number | undefined;
  readonly reservation3yTotal?: number | undefined;
  readonly savingsPlan1y?: number | undefined;
  readonly savingsPlan3y?: number | undefined;
}

/** Prices of one day that stand over those that ship: a file of the user's, written whole and never changed. */
export interface PriceLayer {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "PriceLayer";
  /** `YYYY-MM-DD`: the day on which they were read. */
  readonly asOf: string;
  readonly currency: "USD";
  readonly source: CatalogSource;
  /** By region and ARM name. */
  readonly virtualMachines: { readonly [region: string]: { readonly [vmSize: string]: LayerVmPrices } };
  /** USD per month by region and tier with redundancy, such as `P10 LRS`. */
  readonly managedDisks: { readonly [region: string]: { readonly [tier: string]: number } };
}

const hoursOfTerm = { 1: 8_760, 3: 26_280 } as const;

/** The catalog with the prices of a layer over its own; what the layer does not hold stays as it was. */
export function layerCatalog(base: Catalog, layer: PriceLayer): Catalog {
  const id = `layer-${layer.asOf}`;
  const sources = new Map([...base.sources(), [id, layer.source]]);
  const rows = new Map(
    Object.entries(layer.virtualMachines).map(([region, sizes]) => [
      region,
      new Map(Object.entries(sizes).map(([name, prices]) => [name.toLowerCase(), { name, prices }])),
    ]),
  );
  const rowOf = (region: string, vmSize: string) => rows.get(region)?.get(`standard_${bareName(vmSize)}`);
  const fact = (name: string, value: number, unit: string): Fact<number> => ({
    name,
    value,
    unit,
    source: id,
    asOf: layer.asOf,
    verified: true,
  });
  const regions = [...new Set([...base.knownRegions(), ...rows.keys()])];
  return {
    ...base,
    pricesAsOf: layer.asOf,
    sources: () => sources,
    knownRegions: () => regions,
    vmPrice: (region, vmSize, purchase) => {
      const row = rowOf(region, vmSize);
      const value = row?.prices[purchase];
      if (row === undefined || value === undefined) return base.vmPrice(region, vmSize, purchase);
      const label = purchase === "spot" ? "spot" : "pay as you go";
      const price = fact(`${row.name} in ${region}, ${label}`, value, "USD/hour");
      return purchase === "spot" ? { ...price, note: "one day's value: spot prices move" } : price;
    },
    reservationPrice: (region, vmSize, termYears) => {
      const row = rowOf(region, vmSize);
      const total = row?.prices[`reservation${termYears}yTotal`];
      if (row === undefined || total === undefined) return base.reservationPrice(region, vmSize, termYears);
      return fact(
        `${row.name} in ${region}, ${termYears}-year reservation`,
        total / hoursOfTerm[termYears],
        "USD/hour",
      );
    },
    savingsPlanPrice: (region, vmSize, termYears) => {
      const row = rowOf(region, vmSize);
      const rate = row?.prices[`savingsPlan${termYears}y`];
      if (row === undefined || rate === undefined) return base.savingsPlanPrice(region, vmSize, termYears);
      return fact(`${row.name} in ${region}, ${termYears}-year savings plan`, rate, "USD/hour");
    },
    diskPrice: (region, tier, redundancy) => {
      const name = `${tier.toUpperCase()} ${redundancy}`;
      const price = layer.managedDisks[region]?.[name];
      if (price === undefined) return base.diskPrice(region, tier, redundancy);
      return fact(`managed disk ${name} in ${region}`, price, "USD/month");
    },
  };
}

function bareName(vmSize: string): string {
  return vmSize.toLowerCase().replace(/^standard_/, "");
}
