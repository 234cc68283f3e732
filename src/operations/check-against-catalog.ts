import type { Catalog } from "../catalog/catalog.ts";
import { regionUnknown, regionWithoutPrices, vmSizeUnknown } from "../estate/diagnostics/catalog-diagnostics.ts";
import { compareDiagnostics } from "../estate/diagnostics/catalogue.ts";
import type { Diagnostic } from "../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../estate/diagnostics/diagnostic-rule.ts";
import type { Estate } from "../estate/model/estate.ts";
import type { DataStore } from "../estate/model/service.ts";
import type { Place } from "../estate/sources/place.ts";

/** Names in an estate that only the catalog can check: VM sizes that do not exist, regions that have no prices. */
export function checkAgainstCatalog(estate: Estate, catalog: Catalog): readonly Diagnostic[] {
  return [...checkVmSizes(estate, catalog), ...checkRegions(estate, catalog)].toSorted(compareDiagnostics);
}

/** The estate with what the catalog says of its names among its diagnostics. */
export function withCatalogDiagnostics(estate: Estate, catalog: Catalog): Estate {
  const found = checkAgainstCatalog(estate, catalog);
  if (found.length === 0) return estate;
  return { ...estate, diagnostics: [...estate.diagnostics, ...found].toSorted(compareDiagnostics) };
}

function checkVmSizes({ clusters }: Estate, catalog: Catalog): readonly Diagnostic[] {
  const unknown = clusters
    .flatMap(({ nodePools }) => nodePools)
    .filter(({ vmSize }) => catalog.vmSize(vmSize) === undefined);
  if (unknown.length === 0) return [];
  const candidates = catalog.vmSizes().map(({ name }) => name);
  return unknown.map(({ name, cluster, vmSize, vmSizePlace, place }) =>
    diagnose(
      vmSizeUnknown,
      { pool: name, vmSize, candidates },
      { place: vmSizePlace ?? place, affects: [`Cluster/${cluster}`] },
    ),
  );
}

/** Each region once, where the Estate declares it, or else where a cluster or a store names it. */
function checkRegions({ regions, clusters, dataStores }: Estate, catalog: Catalog): readonly Diagnostic[] {
  const places = new Map<string, Place | undefined>();
  for (const { name, place } of regions) places.set(name, place);
  for (const { region, regionPlace } of clusters) places.set(region, places.get(region) ?? regionPlace);
  const usedBy = (store: DataStore) => [...store.regions.readers, ...store.regions.writers];
  for (const store of dataStores) {
    for (const region of usedBy(store)) if (!places.has(region)) places.set(region, store.place);
  }
  const known = new Set(catalog.knownRegions());
  return [...places].flatMap(([region, place]) => {
    if (hasPrices(region, catalog)) return [];
    const affects = [
      ...clusters.filter((cluster) => cluster.region === region).map(({ name }) => `Cluster/${name}`),
      ...dataStores.filter((store) => usedBy(store).includes(region)).map(({ name }) => `DataStore/${name}`),
    ];
    const context = { place, affects };
    return known.has(region.toLowerCase())
      ? [diagnose(regionWithoutPrices, { region }, context)]
      : [diagnose(regionUnknown, { region, candidates: [...known] }, context)];
  });
}

function hasPrices(region: string, catalog: Catalog): boolean {
  return catalog.vmSizes().some(({ name }) => catalog.vmPrice(region, name, "payAsYouGo") !== undefined);
}
