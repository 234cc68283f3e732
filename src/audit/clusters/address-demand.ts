import { aksClusterFacts } from "../../catalog/aks-cluster-facts.ts";
import { parseCidr } from "../../estate/model/cidr.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { type DeclaredCluster, type DeclaredPool, declaredPools } from "./declared-settings.ts";

/** A subnet of the estate with the pools whose nodes are in it; several clusters may share one. */
export interface SubnetDemand {
  readonly network: string;
  readonly subnet: string;
  /** Addresses of its range. */
  readonly size: number;
  readonly prefix: string;
  readonly pools: readonly { readonly cluster: DeclaredCluster; readonly pool: DeclaredPool }[];
}

/** The subnet of a pool: the one it names, or the only one that its cluster's network has. */
export function subnetOf(estate: Estate, cluster: DeclaredCluster, pool: DeclaredPool) {
  const network = estate.networks.find(({ name }) => name === cluster.network.name);
  if (network === undefined) return undefined;
  const subnets = network.subnets.filter(({ name }) => pool.subnet === undefined || name === pool.subnet);
  const [only, ...others] = subnets;
  return only === undefined || others.length > 0 ? undefined : { network: network.name, ...only };
}

/** Subnets with what stands in them. IPv6 ranges are never too small and are left out. */
export function subnetDemands(estate: Estate, clusters: readonly DeclaredCluster[]): readonly SubnetDemand[] {
  const placed = clusters.flatMap((cluster) =>
    declaredPools(cluster).flatMap((pool) => {
      const subnet = subnetOf(estate, cluster, pool);
      return subnet === undefined ? [] : [{ cluster, pool, subnet }];
    }),
  );
  const bySubnet = Map.groupBy(placed, ({ subnet }) => `${subnet.network}/${subnet.name}`);
  return [...bySubnet.values()].flatMap((pools): SubnetDemand[] => {
    const subnet = pools[0]?.subnet;
    const range = subnet === undefined ? undefined : parseCidr(subnet.prefix);
    if (subnet === undefined || range?.version !== 4) return [];
    return [
      {
        network: subnet.network,
        subnet: subnet.name,
        prefix: subnet.prefix,
        size: 2 ** (32 - range.prefixLength),
        pools,
      },
    ];
  });
}

/**
 * Addresses that a subnet needs: each node takes one and, where pods get theirs from the nodes' subnet, one a pod; Azure
 * reserves some of every subnet, and each internal load balancer takes one.
 */
export function addressesNeeded(
  { pools }: SubnetDemand,
  nodesOf: (pool: DeclaredPool) => number,
  internalLoadBalancers: number,
): number {
  const reserved = aksClusterFacts.reservedAddresses.value;
  const ofPools = pools.map(({ cluster, pool }) => nodesOf(pool) * addressesPerNode(cluster, pool));
  return ofPools.reduce((sum, addresses) => sum + addresses, reserved + internalLoadBalancers);
}

export function addressesPerNode({ network }: DeclaredCluster, { maxPods }: DeclaredPool): number {
  return network.plugin === "azureNodeSubnet" ? 1 + maxPods : 1;
}

/** Internal load balancers that Services of the clusters ask for, each with an address in the nodes' subnet. */
export function internalLoadBalancers(estate: Estate, { pools }: SubnetDemand): number {
  const names = new Set(pools.map(({ cluster }) => cluster.name));
  return estate.services.filter(
    ({ type, internal, cluster }) => type === "LoadBalancer" && internal && names.has(cluster),
  ).length;
}

/** Family of a VM size as Azure names its quota: `standardDDSv5Family` of `Standard_D8ds_v5`. */
export function quotaFamily(vmSize: string): string | undefined {
  const match = /^Standard_([A-Z]+)\d+(?:-\d+)?([a-z]*)(?:_(?:[A-Z0-9]+_)?(v\d+))?$/.exec(vmSize);
  if (match === null) return undefined;
  const [, series = "", features = "", version = ""] = match;
  return `standard${series}${features.toUpperCase()}${version}Family`;
}
