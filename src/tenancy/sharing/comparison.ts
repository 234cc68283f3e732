import type { PodNetwork } from "../reachability/pod-network.ts";
import type { ClusterTraits } from "./cluster-traits.ts";
import { common, type LayerState, unknown } from "./layer-state.ts";
import type { NodeTraits } from "./node-traits.ts";
import type { LocatedTenant } from "./tenant-presence.ts";

/** What tenants are compared by, besides where they are. */
export interface Comparison {
  readonly network: PodNetwork;
  /** Everything is declared: a tenant without a known workload has none. */
  readonly complete: boolean;
  /** What the pods of a tenant do to the nodes of a pool (`cluster/pool`). */
  nodeTraits(tenant: string, pool: string): NodeTraits;
  clusterTraits(tenant: string, cluster: string): ClusterTraits;
  /** The limit of process ids that every pod of a pool (`cluster/pool`) has; undefined: none. */
  podPidLimit(pool: string): number | undefined;
  /** How a subject of one tenant gets into the namespaces of another, as a clause; undefined: not at all. */
  accessInto(cluster: string, from: string, to: string): string | undefined;
}

/** Two tenants side by side. */
export interface TenantSides {
  readonly left: LocatedTenant;
  readonly right: LocatedTenant;
  readonly comparison: Comparison;
}

export function commonClusters(left: LocatedTenant, right: LocatedTenant): LocatedTenant["clusters"] {
  return common(left.clusters, right.clusters);
}

/** `cluster/pool` that may take pods of both. */
export function commonPools(left: LocatedTenant, right: LocatedTenant): readonly string[] {
  return left.poolNames.filter((pool) => right.pools.has(pool));
}

/** What cannot be told because a tenant that is on a common cluster has no workload there that anybody knows of. */
export function unseenWorkloads({ left, right, comparison }: TenantSides): LayerState | undefined {
  if (comparison.complete) return undefined;
  for (const { name } of commonClusters(left, right)) {
    const unseen = [left, right].find(({ runsOn }) => !runsOn.has(name));
    if (unseen === undefined) continue;
    return unknown(`no workload of ${unseen.tenant.name} on ${name} is known`);
  }
  return undefined;
}
