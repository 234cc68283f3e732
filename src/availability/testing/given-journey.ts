import { defaultCatalog } from "../../catalog/default-catalog.ts";
import type { Dependency, DependencyTarget } from "../../estate/dependencies/dependency.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Application, EntryPoint, Journey, RegionMode } from "../../estate/model/application.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { Placement, PoolPlacement } from "../../scheduling/placement.ts";
import { givenEstate, givenPlace, givenWorkload } from "../../scheduling/testing/given-estate.ts";
import { assessAvailability } from "../assess-availability.ts";
import type { AvailabilityReport, JourneyAvailability } from "../availability-report.ts";

/** Numbers of the failure model as the rules have them. */
export const standard = {
  node: 5e-4,
  zone: 4e-4,
  region: 1e-4,
  loadBalancer: 1e-4,
  /** One failure of a minute in an average month. */
  pod: 1 / 60 / (730.5 + 1 / 60),
  controlPlane: 5e-4,
  /** Four deployments a month, one in fifty bad, half an hour each. */
  deploy: (4 * 0.02 * 0.5) / 730.5,
  /** One wrong change by hand a year and cluster, an hour each. */
  operator: 1 / 12 / 730.5,
  reschedulingHours: 345 / 3600,
} as const;

export const noRegions: RegionMode = {
  mode: "single",
  primary: undefined,
  switchSeconds: undefined,
  detectSeconds: undefined,
};

export function givenApplication(given: Partial<Application> = {}): Application {
  return {
    name: "shop",
    tenant: "retail",
    class: undefined,
    environments: ["prod"],
    clusters: new Map([["prod", ["main"]]]),
    namespace: "shop",
    regions: noRegions,
    load: [],
    recovery: {},
    delivery: {},
    requires: {},
    broken: [],
    ...given,
  };
}

/** Journey `checkout` of `shop` in `prod`, coming in by a load balancer. */
export function givenJourney(
  workloads: readonly string[],
  given: Partial<Journey> & { readonly entry?: Partial<EntryPoint> } = {},
): Journey {
  const { entry, ...journey } = given;
  return {
    id: "prod/shop/checkout",
    name: "checkout",
    application: "shop",
    environment: "prod",
    entryPoint: {
      name: "web",
      workloads,
      environment: "prod",
      hostname: undefined,
      exposure: "public",
      through: [],
      origin: "loadBalancer",
      ...entry,
    },
    through: [],
    downtimeCostPerMinute: undefined,
    objectiveUnavailability: undefined,
    objective: undefined,
    place: givenPlace,
    ...journey,
  };
}

export function givenDependency(from: Workload, to: DependencyTarget, given: Partial<Dependency> = {}): Dependency {
  return { from: from.id, to, type: "hard", evidence: [], ...given };
}

/** Node `index` is in the zone given and holds the workloads given, one pod a mention. */
export interface GivenNode {
  readonly zone?: string;
  readonly pods: readonly Workload[];
}

export function givenPoolPlacement(nodes: readonly GivenNode[], cluster = "main", pool = "user"): PoolPlacement {
  const replicas = new Map<string, number>();
  const allocatable = { cpuMillicores: 3860, memoryBytes: 12e9, pods: 110 };
  return {
    cluster,
    pool,
    vmSize: "Standard_D4s_v5",
    allocatable,
    overheadPerNode: { cpuMillicores: 0, memoryBytes: 0 },
    nodes: nodes.map(({ zone, pods }, index) => ({
      name: `${cluster}/${pool}/${index}`,
      zone,
      pods: pods.map(({ id }) => {
        const replica = replicas.get(id) ?? 0;
        replicas.set(id, replica + 1);
        return { workload: id, replica };
      }),
      requested: allocatable,
    })),
    nodeCount: { id: "", label: "", unit: "nodes", result: { kind: "exact", value: nodes.length }, reasons: [] },
  };
}

export function givenPlacement(...pools: readonly PoolPlacement[]): Placement {
  return { pools, unplaced: [], assumptions: [] };
}

/** An estate of one journey over `web`, which is also returned. */
export function givenShop(
  given: Partial<Estate> & { readonly journey?: Parameters<typeof givenJourney>[1] } = {},
  web: Workload = givenWorkload({ name: "web", application: "shop" }),
): { readonly estate: Estate; readonly web: Workload } {
  const { journey, ...estate } = given;
  const others = estate.workloads ?? [];
  const journeys = estate.journeys ?? [givenJourney([web.id], journey)];
  return {
    web,
    estate: givenEstate({
      applications: [givenApplication()],
      ...estate,
      workloads: [web, ...others],
      journeys,
      entryPoints: journeys.map(({ entryPoint }) => entryPoint),
    }),
  };
}

export function assess(estate: Estate, placement: Placement): AvailabilityReport {
  return assessAvailability(estate, placement, defaultCatalog);
}

/** The only journey of the estate. */
export function assessOne(estate: Estate, placement: Placement): JourneyAvailability {
  const [journey] = assess(estate, placement).journeys;
  if (journey === undefined) throw new Error("the estate has no journey");
  return journey;
}

/** The exact unavailability of the only journey. */
export function exactUnavailability(estate: Estate, placement: Placement): number {
  const { result } = assessOne(estate, placement).unavailability;
  if (result.kind !== "exact") throw new Error(`not exact: ${JSON.stringify(result)}`);
  return result.value;
}

/** Probability that at least one of independent events happens. */
export function anyOf(...probabilities: readonly number[]): number {
  return probabilities.reduce((sum, q) => sum + q * (1 - sum), 0);
}

/** Share of an outage of mean `repairHours` that lies in its first `hours`. */
export function withinFirst(hours: number, repairHours: number): number {
  return -Math.expm1(-hours / repairHours);
}
