import type { SourceTable } from "./catalog-source.ts";
import table from "./tables/egress-endpoints.json" with { type: "json" };

export const egressEndpointSources: SourceTable = table.sources;

/** What makes a cluster ask for names beyond those of every cluster. */
export type EgressFeature = keyof typeof table.features;

/** Names, some with a leading `*.`, that a cluster with a feature asks for by HTTPS; in the public cloud. */
export function egressEndpoints(feature: EgressFeature, region: string): readonly string[] {
  return table.features[feature].map((name) => name.replace("{region}", region));
}
