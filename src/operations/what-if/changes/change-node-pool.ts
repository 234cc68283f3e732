import type { Catalog, VmSize } from "../../../catalog/catalog.ts";
import type { Cluster, NodePool } from "../../../estate/model/cluster.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import type { WhatIfChange } from "../what-if-change.ts";
import type { ChangedEstate } from "./changed-estate.ts";

type PoolChange = Extract<WhatIfChange, { kind: "zones" | "vmSize" | "spot" }>;

/** Another size, other zones, spot or not. Azure can change none of them in place: it is a new pool. */
export function changeNodePool(estate: Estate, catalog: Catalog, change: PoolChange): ChangedEstate {
  const found = findPool(estate, change.pool);
  if (found === undefined) return { refused: `there is no pool ${change.pool}` };
  const { cluster, pool } = found;
  const changed = changedPool(estate, catalog, cluster, pool, change);
  if (typeof changed === "string") return { refused: changed };
  const nodePools = cluster.nodePools.map((each) => (each === pool ? changed : each));
  return {
    estate: {
      ...estate,
      clusters: estate.clusters.map((each) => (each === cluster ? { ...cluster, nodePools } : each)),
    },
    caveats: ["size, zones and spot of a pool cannot be changed: it is a new pool, to which the pods move"],
  };
}

/** A pool by `cluster/pool`. */
export function findPool(
  { clusters }: Estate,
  name: string,
): { readonly cluster: Cluster; readonly pool: NodePool } | undefined {
  for (const cluster of clusters) {
    const pool = cluster.nodePools.find((each) => `${cluster.name}/${each.name}` === name);
    if (pool !== undefined) return { cluster, pool };
  }
  return undefined;
}

/** The zones of a region as the estate names them, else as many as Azure has there. */
export function regionZones({ regions }: Estate, catalog: Catalog, region: string): readonly string[] {
  const declared = regions.find(({ name }) => name === region)?.zones ?? [];
  if (declared.length > 0) return declared;
  return Array.from({ length: catalog.regionZones(region)?.value ?? 0 }, (_, index) => `${index + 1}`);
}

/** An ephemeral OS disk lies on the local disk of the node, which must be as large. */
export function holdsOsDisk({ tempDiskGiB }: VmSize, { osDisk }: NodePool): boolean {
  return osDisk.type !== "Ephemeral" || (tempDiskGiB ?? 0) >= (osDisk.sizeGiB ?? 128);
}

function changedPool(
  estate: Estate,
  catalog: Catalog,
  cluster: Cluster,
  pool: NodePool,
  change: PoolChange,
): NodePool | string {
  switch (change.kind) {
    case "vmSize": {
      const { vmSize } = change;
      const size = catalog.vmSize(vmSize);
      if (size === undefined) return `the catalog knows no size ${vmSize}`;
      if (!holdsOsDisk(size, pool)) return `${vmSize} has no room for the pool's ephemeral OS disk`;
      const purchase = pool.spot ? "spot" : "payAsYouGo";
      if (catalog.vmPrice(cluster.region, vmSize, purchase) === undefined)
        return `no price is known of ${vmSize} in ${cluster.region}`;
      return { ...pool, vmSize };
    }
    case "zones": {
      const zones = regionZones(estate, catalog, cluster.region);
      if (change.zones > zones.length) return `${cluster.region} has ${zones.length} zones`;
      return { ...pool, zones: zones.slice(0, change.zones) };
    }
    case "spot":
      if (change.spot && pool.mode === "System") return "a system pool cannot be of spot nodes";
      return { ...pool, spot: change.spot };
  }
}
