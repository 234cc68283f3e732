import type { Catalog } from "../../catalog/catalog.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { Environment, Estate } from "../../estate/model/estate.ts";
import { placementKeys, placementTaints, unpinned } from "./placement-keys.ts";

/** Workloads of one tenant that go to a cluster together: an application, or a namespace of none. */
export interface PlanUnit {
  /** `prod/shop`, or `prod/namespace/tools`. */
  readonly name: string;
  readonly environment: Environment;
  readonly region: string;
  readonly tenant: string;
  readonly application: string | undefined;
  /** Where it is declared today. */
  readonly cluster: Cluster;
  /** Without what ties them to a declared pool. */
  readonly workloads: readonly Workload[];
}

/** Everything that runs in one region. */
export interface PlanRegion {
  readonly region: string;
  readonly zones: readonly string[];
  readonly units: readonly PlanUnit[];
}

/** The estate's workloads by region, cut into units; sorted. */
export function planRegions(estate: Estate, catalog: Catalog): readonly PlanRegion[] {
  const keys = placementKeys(estate.clusters);
  const taints = placementTaints(estate.clusters);
  const clusters = new Map(estate.clusters.map((cluster) => [cluster.name, cluster]));
  const environments = new Map(estate.environments.map((environment) => [environment.name, environment]));
  const byUnit = Map.groupBy(
    estate.workloads.filter(({ cluster }) => clusters.has(cluster)).toSorted(byId),
    (workload) => `${workload.cluster}\n${unitName(workload)}`,
  );
  const units = [...byUnit.values()].flatMap((workloads): readonly PlanUnit[] => {
    const [first] = workloads;
    const cluster = first === undefined ? undefined : clusters.get(first.cluster);
    if (first === undefined || cluster === undefined) return [];
    return [
      {
        name: unitName(first),
        environment: environments.get(first.environment) ?? unknownEnvironment(first.environment),
        region: cluster.region,
        tenant: first.tenant,
        application: first.application,
        cluster,
        workloads: workloads.map((workload) => unpinned(workload, keys, taints)),
      },
    ];
  });
  return [...Map.groupBy(units, ({ region }) => region)]
    .map(([region, own]) => ({ region, zones: zonesOf(estate, catalog, region), units: own.toSorted(byName) }))
    .toSorted((left, right) => (left.region < right.region ? -1 : 1));
}

function unitName({ environment, application, namespace }: Workload): string {
  return `${environment}/${application ?? `namespace/${namespace}`}`;
}

/** As declared; a region that is known from its pools alone has the zones that the catalog knows, not those in use. */
function zonesOf({ regions, clusters }: Estate, catalog: Catalog, region: string): readonly string[] {
  const declared = regions.find(({ name }) => name === region);
  const inUse = new Set(
    clusters
      .filter((each) => each.region === region)
      .flatMap(({ nodePools }) => nodePools.flatMap(({ zones }) => zones)),
  );
  const isInferred = declared?.place === undefined && declared?.zones.join() === [...inUse].toSorted().join();
  if (declared !== undefined && !isInferred) return declared.zones;
  const known = Math.max(catalog.regionZones(region)?.value ?? 0, inUse.size);
  return Array.from({ length: known }, (_, index) => String(index + 1));
}

function unknownEnvironment(name: string): Environment {
  return { name, criticality: "medium", hours: "always", timeZone: "UTC" };
}

function byId(left: Workload, right: Workload): number {
  return left.id < right.id ? -1 : 1;
}

function byName(left: PlanUnit, right: PlanUnit): number {
  if (left.name !== right.name) return left.name < right.name ? -1 : 1;
  return left.cluster.name < right.cluster.name ? -1 : 1;
}
