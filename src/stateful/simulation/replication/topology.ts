import type { Scenario, StoreModel } from "../scenario/scenario.ts";

/** Replicas of a partition and where they stand. */
export interface Topology {
  readonly regionOf: readonly number[];
  /** Zone inside the region, 0 to 2. */
  readonly zoneOf: readonly number[];
  readonly nodesOf: readonly (readonly number[])[];
  /** Confirmations that a region needs to hold a write for good. */
  readonly regionQuorum: number;
}

const cosmosReplicas = 4;
const cosmosQuorum = 3;
const zones = 3;

/** Four replicas a region for Cosmos DB; those of other stores go round the regions. */
export function layOut({ store, regions }: Scenario): Topology {
  const regionOf = placesOf(store, regions.length);
  const nodesOf = regions.map((_, region) => regionOf.flatMap((own, node) => (own === region ? [node] : [])));
  const zoneOf = regionOf.map((region, node) => (nodesOf[region] ?? []).indexOf(node) % zones);
  return { regionOf, zoneOf, nodesOf, regionQuorum: store.kind === "cosmos" ? cosmosQuorum : 1 };
}

function placesOf(store: StoreModel, regions: number): number[] {
  if (store.kind === "cosmos") {
    return Array.from({ length: regions * cosmosReplicas }, (_, node) => Math.floor(node / cosmosReplicas));
  }
  return Array.from({ length: store.replicas }, (_, node) => node % regions);
}
