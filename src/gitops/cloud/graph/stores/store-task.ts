import type { DataStore } from "../../../../estate/model/service.ts";
import type { PlacedIdentity } from "../application-identities.ts";
import type { CloudContext } from "../cloud-context.ts";
import type { Part } from "../graph-draft.ts";
import type { PlacedCluster } from "../placed-cluster.ts";

/** A store with everything that its resources need. */
export interface StoreTask {
  readonly context: CloudContext;
  readonly store: DataStore;
  readonly part: Part;
  readonly region: string;
  /** Other regions that read or write, in the order in which they are declared. */
  readonly otherRegions: readonly string[];
  /** Where its data has to be at hand by a private address. */
  readonly clusters: readonly PlacedCluster[];
  /** Identities that have to be let in. */
  readonly callers: readonly PlacedIdentity[];
}

/** A zone of the region that a server is put in, and whether its twin goes to another. */
export function zonesOf({ context, region }: StoreTask): readonly string[] {
  return context.estate.regions.find(({ name }) => name === region)?.zones ?? [];
}
