import type { Catalog } from "../../../catalog/catalog.ts";
import type { NodePool } from "../../../estate/model/cluster.ts";
import type { PoolPlacement } from "../../../scheduling/placement.ts";
import { changePool, type PackedEstate, packEstate } from "./packed-cluster.ts";

export interface NodeSizingOptions {
  readonly catalog: Catalog;
  readonly today: string;
  readonly onProgress?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The estate packed anew with one pool changed, other clusters as they are. */
export function packChanged(
  free: PackedEstate,
  pool: NodePool,
  change: (pool: NodePool) => NodePool,
  { catalog, today, signal }: NodeSizingOptions,
): PackedEstate {
  signal?.throwIfAborted();
  const estate = changePool(free.estate, pool, change);
  return packEstate(estate, catalog, today, { cluster: pool.cluster, others: free.placement });
}

/** A pool as it is packed; undefined where it has no place in the packing. */
export function poolOf({ placement }: PackedEstate, { cluster, name }: NodePool): PoolPlacement | undefined {
  return placement.pools.find((each) => each.cluster === cluster && each.pool === name);
}
