import { citation, type SourceTable } from "./catalog-source.ts";
import type { Fact } from "./fact.ts";
import table from "./tables/region-zones.json" with { type: "json" };

export const regionZoneSources: SourceTable = table.sources;

const countOf = new Map(
  Object.entries(table.zones).flatMap(([count, regions]) => regions.map((region) => [region, Number(count)] as const)),
);

/** Availability zones of a region, 0 where it has none; undefined for a region that the source does not list. */
export function regionZones(region: string): Fact<number> | undefined {
  const count = countOf.get(region.toLowerCase());
  if (count === undefined) return undefined;
  return {
    name: `availability zones of ${region}`,
    value: count,
    unit: "zones",
    ...citation(regionZoneSources, "karpenter-locations"),
    verified: true,
  };
}

/** Every region that the source lists, for hints on a misspelt one. */
export function knownRegions(): readonly string[] {
  return [...countOf.keys()].toSorted();
}
