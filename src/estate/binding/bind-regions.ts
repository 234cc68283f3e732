import { defaultZones } from "../assumptions/estate-rules.ts";
import type { Cluster } from "../model/cluster.ts";
import type { Region } from "../model/estate.ts";
import type { BindingLog } from "./binding-log.ts";
import type { DocumentSet } from "./document-set.ts";
import { namedEntries } from "./named-entries.ts";

/** Where an estate is that names no region. */
export const DEFAULT_REGION = "westeurope";

/** Zones of a region that declares none: every region with availability zones has three. */
export const DEFAULT_ZONES: readonly string[] = ["1", "2", "3"];

/** The regions that the Estate declares; undefined when it declares none, so that every name is taken. */
export function declaredRegions({ estate }: DocumentSet, log: BindingLog): readonly Region[] | undefined {
  const entries =
    estate === undefined ? [] : namedEntries(estate.value.spec?.regions, ["spec", "regions"], estate, log);
  if (entries.length === 0) return undefined;
  return entries.map(({ item, path }) => {
    const subject = `Region/${item.name}`;
    if (item.zones === undefined) {
      log.assume(defaultZones, subject, { region: item.name, zones: DEFAULT_ZONES }, estate?.locate(path));
    }
    const place = estate?.locate([...path, "name"]);
    return { name: item.name, zones: item.zones ?? DEFAULT_ZONES, ...(place === undefined ? {} : { place }) };
  });
}

/** The regions of an estate that declares none: those of its clusters. */
export function regionsOfClusters(clusters: readonly Cluster[]): readonly Region[] {
  const zonesByRegion = new Map<string, Set<string>>();
  for (const { region, nodePools } of clusters) {
    const zones = zonesByRegion.get(region) ?? new Set<string>();
    zonesByRegion.set(region, zones);
    for (const pool of nodePools) for (const zone of pool.zones) zones.add(zone);
  }
  return [...zonesByRegion].map(([name, zones]) => ({ name, zones: [...zones].sort() }));
}
