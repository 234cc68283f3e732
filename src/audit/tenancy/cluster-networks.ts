import type { Estate } from "../../estate/model/estate.ts";
import { type ClusterNetwork, estateReach } from "../../tenancy/reachability/estate-reach.ts";

const known = new WeakMap<Estate, readonly ClusterNetwork[]>();

/** What network policies let through on each cluster that runs workloads, worked out once an estate. */
export function clusterNetworks(estate: Estate): readonly ClusterNetwork[] {
  const before = known.get(estate);
  if (before !== undefined) return before;
  const networks = estateReach(estate);
  known.set(estate, networks);
  return networks;
}
