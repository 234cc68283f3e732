import { indexObjects } from "../../estate/kubernetes/object-index.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { type ClusterNetwork, estateReach } from "../reachability/estate-reach.ts";
import { createPodNetwork } from "../reachability/pod-network.ts";
import { type ClusterTraits, readClusterTraits } from "./cluster-traits.ts";
import type { Comparison } from "./comparison.ts";
import { egressReach } from "./egress-isolation.ts";
import { foreignAccess } from "./foreign-access.ts";
import { type NodeTraits, readNodeTraits } from "./node-traits.ts";
import { readPriorities } from "./pod-priorities.ts";
import type { LocatedTenant } from "./tenant-presence.ts";
import { volumesByClaim } from "./volume-handles.ts";

/** Reads from the estate what pairs of these tenants are compared by; each fact once, whatever the number of pairs. */
export function buildComparison(estate: Estate, tenants: readonly LocatedTenant[]): Comparison {
  const byName = new Map(tenants.map((located) => [located.tenant.name, located]));
  const pidLimits = new Map(
    estate.clusters.flatMap(({ name, nodePools }) =>
      nodePools.map((pool): [string, number | undefined] => [`${name}/${pool.name}`, pool.linux.podMaxPids]),
    ),
  );
  const networks = estateReach(estate);
  return {
    network: createPodNetwork(estate, networks),
    complete: estate.complete,
    nodeTraits: remembered((tenant, pool) => nodeTraitsOf(byName.get(tenant), pool)),
    clusterTraits: remembered(clusterTraitsOf(estate, byName, networks)),
    podPidLimit: (pool) => {
      const limit = pidLimits.get(pool);
      return limit === undefined || limit <= 0 ? undefined : limit;
    },
    accessInto: foreignAccess(
      estate,
      remembered((cluster, tenant) => namespacesOn(byName.get(tenant), cluster)),
    ),
  };
}

function nodeTraitsOf(located: LocatedTenant | undefined, pool: string): NodeTraits {
  const sandboxed: ReadonlySet<string> = located?.sandboxed ?? new Set();
  return readNodeTraits(located?.pools.get(pool) ?? [], ({ id }) => sandboxed.has(id));
}

function clusterTraitsOf(
  estate: Estate,
  byName: ReadonlyMap<string, LocatedTenant>,
  networks: readonly ClusterNetwork[],
): (tenant: string, cluster: string) => ClusterTraits {
  const { index } = indexObjects(estate.objects);
  const objects = Map.groupBy(estate.objects, ({ cluster, tenant }) => `${cluster}/${tenant}`);
  const egressOf = egressReach(networks);
  const priorityOf = readPriorities(index);
  const volumesOfClaims = volumesByClaim(index);
  const noVolumes: ReadonlyMap<string, string> = new Map();
  return (tenant, cluster) => {
    const located = byName.get(tenant);
    const workloads: readonly Workload[] = (located?.workloads ?? []).filter((each) => each.cluster === cluster);
    return readClusterTraits({
      objects: objects.get(`${cluster}/${tenant}`) ?? [],
      workloads,
      namespaces: [...namespacesOn(located, cluster)].toSorted(),
      egressOf,
      priorityOf,
      volumesOfClaims: volumesOfClaims.get(cluster) ?? noVolumes,
    });
  };
}

/** Names of a tenant's namespaces on one cluster. */
function namespacesOn(located: LocatedTenant | undefined, cluster: string): ReadonlySet<string> {
  const prefix = `${cluster}/`;
  return new Set(
    (located?.namespaces ?? []).flatMap((name) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : [])),
  );
}

function remembered<Answer>(ask: (one: string, other: string) => Answer): (one: string, other: string) => Answer {
  const answers = new Map<string, Answer>();
  return (one, other) => {
    const key = `${one}\n${other}`;
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = ask(one, other);
    answers.set(key, answer);
    return answer;
  };
}
