import { aksClusterFacts } from "../../../catalog/aks-cluster-facts.ts";
import type { Catalog } from "../../../catalog/catalog.ts";
import { entryOf } from "../../../estate/kubernetes/map-entry.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { peakNodes } from "../../../scheduling/node-surge.ts";
import {
  addressesNeeded,
  addressesPerNode,
  internalLoadBalancers,
  quotaFamily,
  type SubnetDemand,
  subnetDemands,
  subnetOf,
} from "../../clusters/address-demand.ts";
import { clusterPasses, clusterVerdict, poolVerdict } from "../../clusters/cluster-outcome.ts";
import {
  type DeclaredCluster,
  type DeclaredPool,
  declaredClusters,
  declaredPools,
} from "../../clusters/declared-settings.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";

/** AKS-017: pools can really grow to their maximum, and be upgraded there. */
export const roomToGrow: Rule = {
  id: "AKS-017",
  name: "room-to-grow",
  title: "Subnets and vCPU quotas hold every pool at its maximum with the surge of an upgrade.",
  severity: { high: "high", medium: "medium", low: "low" },
  inputs: ["cluster", "nodePools", "environments"],
  peers: [{ tool: "psrule-azure", check: "Azure.AKS.CNISubnetSize", part: "1" }],
  judges: "objects",
  *evaluate({ estate, catalog }) {
    const clusters = declaredClusters(estate);
    const demands = subnetDemands(estate, clusters);
    for (const cluster of clusters) {
      const findings = [
        ...unboundedPools(estate, cluster),
        ...unknownSubnets(estate, cluster),
        ...demands
          .filter((demand) => demand.pools[0]?.cluster === cluster)
          .flatMap((demand) => crowded(estate, demand)),
        ...quotas(estate, catalog, cluster),
      ];
      yield* findings.length === 0 ? [clusterPasses(estate, cluster)] : findings;
    }
  },
};

function unboundedPools(estate: Estate, cluster: DeclaredCluster): readonly RuleOutcome[] {
  return declaredPools(cluster)
    .filter(({ countDeclared }) => !countDeclared)
    .map((pool) =>
      poolVerdict(estate, cluster, pool, {
        verdict: "notEvaluable",
        missing: ["needs-P"],
        message: `Pool ${pool.name} of ${cluster.name} states neither count nor autoscaling, so its most nodes are not known.`,
      }),
    );
}

function* unknownSubnets(estate: Estate, cluster: DeclaredCluster): Iterable<RuleOutcome> {
  const lost = declaredPools(cluster).filter((pool) => subnetOf(estate, cluster, pool) === undefined);
  const [first] = lost;
  if (first === undefined) return;
  yield clusterVerdict(estate, cluster, {
    verdict: "notEvaluable",
    part: "1",
    missing: ["needs-C"],
    field: ["nodePools"],
    message: `The subnet of ${lost.map(({ name }) => name).join(", ")} is not known: ${cluster.network.name === undefined ? `${cluster.name} names no network` : `network ${cluster.network.name} has several subnets and the pools name none of them`}.`,
  });
}

function crowded(estate: Estate, demand: SubnetDemand): readonly RuleOutcome[] {
  const [first] = demand.pools;
  const balancers = internalLoadBalancers(estate, demand);
  const needed = addressesNeeded(demand, (pool) => (pool.countDeclared ? peakNodes(pool) : 0), balancers);
  if (first === undefined || needed <= demand.size) return [];
  const network = estate.networks.find(({ name }) => name === demand.network);
  const parts = demand.pools.map(
    ({ cluster, pool }) => `${pool.name} ${peakNodes(pool)} nodes x ${addressesPerNode(cluster, pool)}`,
  );
  return [
    clusterVerdict(estate, first.cluster, {
      verdict: "fail",
      part: "1",
      field: first.pool.declared.path.slice(1),
      ...(network?.place === undefined ? {} : { place: network.place }),
      message: `Subnet ${demand.subnet} (${demand.prefix}, ${demand.size} addresses) is too small for ${needed}: ${parts.join(", ")}, ${aksClusterFacts.reservedAddresses.value} reserved by Azure and ${balancers} internal load ${balancers === 1 ? "balancer" : "balancers"}. Pools stop growing before their maximum.`,
      fix: { description: "Put pools into a larger subnet, use the overlay plugin, or lower maxPods and the maxima." },
    }),
  ];
}

/** Quotas are of a subscription in a region: clusters that share both share them. */
function* quotas(estate: Estate, catalog: Catalog, cluster: DeclaredCluster): Iterable<RuleOutcome> {
  const sharing = declaredClusters(estate).filter(
    ({ name, subscription, region }) =>
      name === cluster.name ||
      (subscription !== undefined && subscription === cluster.subscription && region === cluster.region),
  );
  const demand = new Map<string, number>();
  for (const pool of sharing.flatMap(declaredPools)) {
    const family = quotaFamily(pool.vmSize);
    if (family === undefined) continue;
    const known = entryOf(demand, family, () => 0);
    demand.set(family, known + vcpusAtPeak(catalog, pool));
  }
  const own = new Set(declaredPools(cluster).flatMap(({ vmSize }) => quotaFamily(vmSize) ?? []));
  const quotaOf = new Map(Object.entries(cluster.vcpuQuotas ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  const unknown: string[] = [];
  for (const family of own) {
    const quota = quotaOf.get(family.toLowerCase());
    const needed = demand.get(family) ?? 0;
    if (quota === undefined) unknown.push(`${family} (${needed} vCPUs needed)`);
    if (quota === undefined || needed <= quota) continue;
    yield clusterVerdict(estate, cluster, {
      verdict: "fail",
      part: "2",
      field: ["vcpuQuotas", family],
      message: `The quota of ${family} in ${cluster.region} is ${quota} vCPUs; the pools of ${sharing.map(({ name }) => name).join(", ")} at their maximum with surge need ${needed}.`,
      fix: { description: `Ask for ${needed} vCPUs of the family, or spread pools over families.` },
    });
  }
  if (unknown.length === 0) return;
  yield clusterVerdict(estate, cluster, {
    verdict: "notEvaluable",
    part: "2",
    missing: ["needs-E"],
    field: ["vcpuQuotas"],
    message: `The vCPU quotas of ${cluster.name} are not declared: ${unknown.join(", ")}.`,
  });
}

function vcpusAtPeak(catalog: Catalog, pool: DeclaredPool): number {
  return pool.countDeclared ? peakNodes(pool) * (catalog.vmSize(pool.vmSize)?.vcpu ?? 0) : 0;
}
