import type { Table } from "./table.ts";

/** Round-trip times between regions in whole ms; both directions kept, look-ups use the larger. */
export function transcribeLatency(raw: {
  readonly latency: {
    readonly inter_zone_rtt_ms_target: number;
    readonly inter_region_rtt_ms: { readonly [from: string]: { readonly [to: string]: number } };
  };
}): Table {
  const matrix = raw.latency.inter_region_rtt_ms;
  const regions = Object.keys(matrix);
  return {
    title: "Round-trip time between regions, ms",
    sources: {
      "cosmos-sdk": {
        origin: "Azure/azure-cosmos-dotnet-v3",
        path: "Microsoft.Azure.Cosmos/src/direct/RegionProximityUtil.cs",
        date: "2026-06-16",
        note: "constants of the SDK; regions whose values copy a neighbour are left out",
      },
      zones: {
        origin: "MicrosoftDocs/azure-docs",
        path: "articles/reliability/availability-zones-overview.md",
        date: "2024-11-22",
      },
    },
    interZoneTargetMs: raw.latency.inter_zone_rtt_ms_target,
    regions: regions.map((region) => region.toLowerCase()),
    columns: ["from", "milliseconds"],
    rows: regions.map((from) => [from.toLowerCase(), regions.map((to) => matrix[from]?.[to] ?? null)]),
  };
}
