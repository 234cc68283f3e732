import { commonClusters, commonPools, type TenantSides } from "./comparison.ts";
import {
  bounded,
  common,
  type LayerState,
  type LayerStates,
  listed,
  separate,
  shared,
  unknown,
} from "./layer-state.ts";
import { measures } from "./measures.ts";

type PlaceLayer = "subscription" | "region" | "physicalHost" | "cluster";

/** Where the clusters of two tenants are, from the subscription down to the hosts under them. */
export function comparePlaces(sides: TenantSides): LayerStates<PlaceLayer> {
  return {
    subscription: compareSubscriptions(sides),
    region: compareRegions(sides),
    physicalHost: compareHosts(sides),
    cluster: compareClusters(sides),
  };
}

function compareSubscriptions({ left, right }: TenantSides): LayerState {
  const [cluster] = commonClusters(left, right);
  if (cluster !== undefined) return shared(`both run on cluster ${cluster.name}`, measures.ownSubscription);
  const [ours, theirs] = [left, right].map(({ clusters }) => clusters.map(({ subscription }) => subscription));
  const [name] = common(ours ?? [], theirs ?? []).flatMap((each) => each ?? []);
  if (name !== undefined) return shared(`both have clusters in subscription ${name}`, measures.ownSubscription);
  const undeclared = [...left.clusters, ...right.clusters].find(({ subscription }) => subscription === undefined);
  if (undeclared !== undefined) return unknown(`the subscription of cluster ${undeclared.name} is not declared`);
  return separate("their clusters are in different subscriptions");
}

function commonRegions({ left, right }: TenantSides): readonly string[] {
  const [ours, theirs] = [left, right].map(({ clusters }) => clusters.map(({ region }) => region));
  return [...new Set(common(ours ?? [], theirs ?? []))];
}

function compareRegions(sides: TenantSides): LayerState {
  const regions = commonRegions(sides);
  if (regions.length > 0) return shared(`both run in ${listed(regions)}`, measures.ownRegion);
  return separate("they run in different regions");
}

function compareHosts(sides: TenantSides): LayerState {
  const [pool] = commonPools(sides.left, sides.right);
  if (pool !== undefined)
    return shared(`${pool} may put both on one virtual machine`, measures.dedicatedHost, measures.ownPool);
  const [region] = commonRegions(sides);
  if (region === undefined) return separate("they run in different regions");
  return bounded(
    `the hypervisor keeps their virtual machines in ${region} apart, also on one host`,
    measures.dedicatedHost,
  );
}

function compareClusters({ left, right }: TenantSides): LayerState {
  const names = commonClusters(left, right).map(({ name }) => name);
  if (names.length === 0) return separate("they run on different clusters");
  return shared(`both run on ${listed(names)}, with one control plane and one set of CRDs`, measures.ownCluster);
}
