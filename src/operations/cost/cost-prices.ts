import type { Catalog } from "../../catalog/catalog.ts";
import type { CatalogSource } from "../../catalog/catalog-source.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { pricedRegionUnknown, pricedSizeUnknown, priceMissing } from "../../estate/diagnostics/finops-diagnostics.ts";
import { type SizePrices, sizePrices } from "../../finops/prices/size-prices.ts";

/** Every price of a VM size in a region, with source and date. */
export interface VmPrices extends SizePrices {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "VmPrices";
  readonly currency: "USD";
  /** What the source ids of the rows stand for. */
  readonly sources: { readonly [id: string]: CatalogSource };
  readonly diagnostics: readonly Diagnostic[];
}

/** The prices of a size in a region; only diagnostics where the catalog does not know the size or the region. */
export function vmPrices(
  catalog: Catalog,
  sizeText: string,
  region: string,
): VmPrices | { readonly diagnostics: readonly Diagnostic[] } {
  const written = sizeText.replace(/^standard_/i, "");
  const size = catalog.vmSize(`Standard_${written}`);
  const names = catalog.vmSizes().map(({ name }) => name);
  const regions = pricedRegions(catalog, names);
  const diagnostics = [
    ...(size === undefined
      ? [diagnose(pricedSizeUnknown, { vmSize: `Standard_${written}`, candidates: nearSizes(written, names) })]
      : []),
    ...(regions.includes(region) ? [] : [diagnose(pricedRegionUnknown, { region, candidates: regions })]),
  ];
  if (size === undefined || diagnostics.length > 0) return { diagnostics };
  const prices = sizePrices(catalog, size.name, region);
  const rows = [prices.payAsYouGo, prices.spot, ...prices.reservation, ...prices.savingsPlan];
  const sources = new Map(
    rows.flatMap((row) => (row === undefined ? [] : [[row.source, sourceOf(catalog, row.source)]])),
  );
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "VmPrices",
    currency: "USD",
    ...prices,
    sources: Object.fromEntries(sources),
    diagnostics: prices.payAsYouGo === undefined ? [diagnose(priceMissing, { vmSize: size.name, region })] : [],
  };
}

function sourceOf(catalog: Catalog, id: string): CatalogSource {
  return catalog.sources().get(id) ?? { origin: id, date: "undated" };
}

/** Sizes of the same family first, so that the hint names what is near. */
function nearSizes(written: string, names: readonly string[]): readonly string[] {
  const family = /^[a-z]+/i.exec(written)?.[0]?.toLowerCase() ?? "";
  const own = names.filter((name) => name.slice("Standard_".length).toLowerCase().startsWith(family));
  return own.length > 0 ? own : names;
}

function pricedRegions(catalog: Catalog, names: readonly string[]): readonly string[] {
  return catalog
    .knownRegions()
    .filter((region) => names.some((name) => catalog.vmPrice(region, name, "payAsYouGo") !== undefined))
    .toSorted();
}
