import { defaultCatalog } from "../../catalog/default-catalog.ts";
import type { NodePool } from "../../estate/model/cluster.ts";
import { placeWorkloads } from "../place-workloads.ts";
import type { PlacedNode, Placement } from "../placement.ts";
import { type GivenWorkload, givenCluster, givenEstate, givenPool, givenWorkload } from "./given-estate.ts";

export const zoneKey = "topology.kubernetes.io/zone";
export const hostKey = "kubernetes.io/hostname";
export const addonsOnly = { key: "CriticalAddonsOnly", value: "true", effect: "NoSchedule" } as const;

/** Three nodes that only add-ons tolerate. */
export const systemPool = givenPool({
  name: "system",
  mode: "System",
  autoscaling: false,
  minimumNodes: 3,
  maximumNodes: 3,
  taints: [addonsOnly],
});

/** Places workloads on one cluster, by default with a closed system pool and a user pool. */
export function place(
  workloads: readonly GivenWorkload[],
  pools: readonly NodePool[] = [systemPool, givenPool()],
): Placement {
  return placeWorkloads(
    givenEstate({
      clusters: [givenCluster({ nodePools: pools })],
      workloads: workloads.map((given) => givenWorkload(given)),
    }),
    defaultCatalog,
  );
}

export function nodesOf(placement: Placement, pool: string): readonly PlacedNode[] {
  return placement.pools.find((each) => each.pool === pool)?.nodes ?? [];
}

/** The node of each pod of a workload, by the workload's name. */
export function podsOf(placement: Placement, workload: string): readonly PlacedNode[] {
  return placement.pools.flatMap(({ nodes }) =>
    nodes.flatMap((node) => node.pods.filter((pod) => pod.workload.endsWith(`/${workload}`)).map(() => node)),
  );
}
