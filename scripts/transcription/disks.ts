import { priceSource, sourcesOf } from "./price-sources.ts";
import type { Table } from "./table.ts";

interface RawDisks {
  readonly managedDisks: {
    readonly tierGiB: { readonly [tier: string]: number };
    readonly tierGiBVerified: boolean;
    readonly regions: {
      readonly [region: string]: {
        readonly tierMonthly: { readonly [tier: string]: number };
        readonly operationsPer10k?: { readonly [product: string]: number };
        readonly perUnit?: { readonly [meter: string]: { readonly price: number; readonly unit: string } };
        readonly src?: string;
      };
    };
  };
}

/** Managed disk tiers per month, operations, and the meters that are billed by size, IOPS and throughput. */
export function transcribeDisks(raw: RawDisks): Table {
  const { regions: byRegion, tierGiB, tierGiBVerified } = raw.managedDisks;
  const regions = Object.keys(byRegion);
  const sources = regions.map((region) => sourceOf(byRegion[region]?.src));
  const rows: unknown[][] = [];
  const add = (kind: string, unit: string, read: (region: string) => Readonly<Record<string, number>>) => {
    const names = new Set(regions.flatMap((region) => Object.keys(read(region))));
    for (const name of names) rows.push([kind, name, unit, ...regions.map((region) => read(region)[name] ?? null)]);
  };
  add("tier", "1/Month", (region) => byRegion[region]?.tierMonthly ?? {});
  add("operations", "10K", (region) => byRegion[region]?.operationsPer10k ?? {});
  const units = new Set(
    regions.flatMap((region) => Object.values(byRegion[region]?.perUnit ?? {}).map((meter) => meter.unit)),
  );
  for (const unit of units) {
    add("perUnit", unit, (region) =>
      Object.fromEntries(
        Object.entries(byRegion[region]?.perUnit ?? {})
          .filter(([, meter]) => meter.unit === unit)
          .map(([name, meter]) => [name, meter.price]),
      ),
    );
  }
  return {
    title: "Managed disk and Azure Files list prices, USD",
    sources: sourcesOf([...new Set(sources)]),
    tierSizesGiB: Object.fromEntries(
      Object.entries(tierGiB)
        .map(([tier, size]) => [tier.replace("P/E/S", ""), size] as const)
        .toSorted((left, right) => left[1] - right[1]),
    ),
    tierSizesVerified: tierGiBVerified,
    regions: Object.fromEntries(regions.map((region, index) => [region, sources[index]])),
    columns: ["kind", "name", "unit", ...regions],
    rows,
  };
}

function sourceOf(text: string | undefined): string {
  if (text === undefined) return "radar-2026-08-20";
  return text.startsWith("infracost-golden") ? "infracost-testdata" : priceSource(text);
}
