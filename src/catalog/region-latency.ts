import { citation, type SourceTable } from "./catalog-source.ts";
import type { Fact } from "./fact.ts";
import table from "./tables/region-latency.json" with { type: "json" };

export const regionLatencySources: SourceTable = table.sources;

type Row = readonly [from: string, milliseconds: readonly (number | null)[]];

const rowOf = new Map((table.rows as unknown as readonly Row[]).map(([from, milliseconds]) => [from, milliseconds]));

/** Typical round-trip time in ms; where the directions differ, the larger. */
export function regionLatency(from: string, to: string): Fact<number> | undefined {
  const there = oneWay(from, to);
  const back = oneWay(to, from);
  if (there === undefined || back === undefined) return undefined;
  return {
    name: `round-trip time ${from} to ${to}`,
    value: Math.max(there, back),
    unit: "ms",
    ...citation(regionLatencySources, "cosmos-sdk"),
    verified: true,
    ...(there === back ? {} : { note: `the source says ${there} and ${back} by direction` }),
  };
}

/** Design target for the round-trip time between zones of a region: below this many ms. */
export function interZoneLatency(): Fact<number> {
  return {
    name: "round-trip time between zones, design target (upper bound)",
    value: table.interZoneTargetMs,
    unit: "ms",
    ...citation(regionLatencySources, "zones"),
    verified: true,
  };
}

function oneWay(from: string, to: string): number | undefined {
  const value = rowOf.get(from.toLowerCase())?.[table.regions.indexOf(to.toLowerCase())];
  return typeof value === "number" ? value : undefined;
}
