import type { Catalog } from "../catalog/catalog.ts";
import type { Cluster } from "../estate/model/cluster.ts";
import type { Estate } from "../estate/model/estate.ts";
import { billCurrency } from "../finops/bill/pricing-context.ts";
import { partitionUnits, type UnitGroup } from "./isolation/partition-units.ts";
import { conflictContext } from "./isolation/unit-conflicts.ts";
import { type PlanRegion, planRegions } from "./model/site.ts";
import { isFreeTier, type PlanPolicy } from "./plan-policy.ts";
import type { PlanSolvers } from "./pools/bound-pools.ts";
import { nodesMicros } from "./pools/class-pools.ts";
import { planCluster } from "./pools/plan-cluster.ts";
import { PoolChoices } from "./pools/pool-choices.ts";
import type { PlannedCluster, Structure, UnplannedPods } from "./structure-plan.ts";

export interface PlanningOptions {
  readonly policy: PlanPolicy;
  /** Prove the bound; undefined: none is wanted, as for alternatives, and planning takes a fraction of the time. */
  readonly solvers: PlanSolvers | undefined;
  /** Kept from one plan of an estate to the next, pools that nothing changes are chosen once. */
  readonly choices?: PoolChoices | undefined;
  readonly onProgress?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Clusters, pools, sizes and counts for all applications and environments at least cost, with a bound that no structure
 * under the same demands can beat. Regions are planned apart, as the estate says where data and users are: first the
 * fewest clusters that conflicts allow, then in each the pools that what tenants accept allows, then their sizes.
 */
export function planStructure(estate: Estate, catalog: Catalog, options: PlanningOptions): Structure {
  const { choices = new PoolChoices() } = options;
  const clusters: PlannedCluster[] = [];
  const unplanned: UnplannedPods[] = [];
  let lowerBoundMicros = 0;
  const taken = new Set(estate.clusters.map(({ name }) => name));
  for (const region of planRegions(estate, catalog)) {
    const own = planRegion(region, estate, catalog, { ...options, choices }, taken);
    clusters.push(...own.clusters);
    unplanned.push(...own.unplanned);
    lowerBoundMicros += own.lowerBoundMicros;
  }
  const hourlyMicros = clusters.reduce((sum, planned) => sum + planned.tierMicros + nodesMicros(planned), 0);
  return { policy: options.policy, clusters, unplanned, hourlyMicros, lowerBoundMicros };
}

function planRegion(
  region: PlanRegion,
  estate: Estate,
  catalog: Catalog,
  options: PlanningOptions & { readonly choices: PoolChoices },
  taken: Set<string>,
) {
  const { policy, solvers, choices, onProgress, signal } = options;
  const partition = partitionUnits(region.units, conflictContext(estate, policy));
  const kept = new Set<string>();
  const results = partition.groups.map((group) => {
    signal?.throwIfAborted();
    const template = templateOf(group, kept);
    const isDeclared = !kept.has(template.name);
    const name = isDeclared ? template.name : unusedName(group, template, taken);
    kept.add(template.name);
    taken.add(name);
    onProgress?.(`choosing the pools of ${name}`);
    const tier = tierOf(group, template, policy);
    const cluster: Cluster = { ...template, name, tier, environments: environmentsOf(group) };
    return planCluster(group, {
      estate,
      catalog,
      policy,
      solvers,
      choices,
      zones: region.zones,
      cluster,
      template,
      isDeclared,
      tierMicros: tierMicros(estate, catalog, tier),
    });
  });
  const clusters = results.map(({ planned }) => planned);
  const bounds = clusters.map(({ lowerBoundMicros, tierMicros: tier }) => lowerBoundMicros + tier);
  // With as few clusters as conflicts allow, each bound holds for its cluster; with more, only the fewest count.
  const isFewest = clusters.length === partition.fewestGroups;
  const lowest = isFewest ? bounds : bounds.toSorted((left, right) => left - right).slice(0, partition.fewestGroups);
  return {
    clusters,
    unplanned: results.flatMap((result) => result.unplanned),
    lowerBoundMicros: lowest.reduce((sum, bound) => sum + bound, 0),
  };
}

/** The declared cluster with most of the group's workloads that no other group has taken, else one that it is on. */
function templateOf({ units }: UnitGroup, kept: ReadonlySet<string>): Cluster {
  const counts = new Map<string, { readonly cluster: Cluster; count: number }>();
  for (const { cluster, workloads } of units) {
    const known = counts.get(cluster.name) ?? { cluster, count: 0 };
    counts.set(cluster.name, { cluster, count: known.count + workloads.length });
  }
  const ordered = [...counts.values()].toSorted(
    (left, right) =>
      Number(kept.has(left.cluster.name)) - Number(kept.has(right.cluster.name)) ||
      right.count - left.count ||
      (left.cluster.name < right.cluster.name ? -1 : 1),
  );
  const [first] = ordered;
  if (first === undefined) throw new RangeError("a group of units has at least one unit");
  return first.cluster;
}

function unusedName({ units }: UnitGroup, template: Cluster, taken: ReadonlySet<string>): string {
  const tenants = [...new Set(units.map(({ tenant }) => tenant))];
  const purpose = tenants.length === 1 ? (tenants[0] ?? "apart") : "apart";
  const base = `${template.name}-${purpose}`;
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(name)) return name;
  }
}

function environmentsOf({ units }: UnitGroup): readonly string[] {
  return [...new Set(units.map(({ environment }) => environment.name))].toSorted();
}

/** Premium is for long-term support and stays; otherwise the SLA follows what runs there. */
function tierOf({ units }: UnitGroup, template: Cluster, policy: PlanPolicy): Cluster["tier"] {
  if (template.tier === "Premium") return "Premium";
  return units.every(({ environment }) => isFreeTier(policy, environment)) ? "Free" : "Standard";
}

function tierMicros(estate: Estate, catalog: Catalog, tier: Cluster["tier"]): number {
  const price = tier === "Free" ? undefined : catalog.clusterTierPrice(tier);
  return price === undefined ? 0 : Math.round(price.value * billCurrency(estate).perUsd * 1e6);
}
