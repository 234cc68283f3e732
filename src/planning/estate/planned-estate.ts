import type { DependencyTarget } from "../../estate/dependencies/dependency.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { PlannedCluster, PlannedPool, Structure } from "../structure-plan.ts";

/**
 * The estate as the plan would have it: planned clusters in the place of the declared ones, and every workload on its
 * cluster with what brings it to its pool. All engines take it as they take a declared one.
 */
export function plannedEstate(estate: Estate, { clusters }: Pick<Structure, "clusters">): Estate {
  const moves = new Moves(clusters);
  const workloads = clusters.flatMap((planned) =>
    planned.units.flatMap((unit) =>
      unit.workloads.map((workload) => moved(withPlace(workload, planned), planned.cluster.name)),
    ),
  );
  const move = (id: string) => moves.of(id);
  const kept = new Set(clusters.flatMap(({ units }) => units.flatMap((unit) => unit.workloads.map(({ id }) => id))));
  return {
    ...estate,
    clusters: clusters.map(({ cluster }) => cluster),
    workloads: [...workloads, ...estate.workloads.filter(({ id }) => !kept.has(id))],
    services: estate.services.map((service) => {
      const [first] = service.workloads;
      const cluster = first === undefined ? moves.cluster(service) : moves.clusterOf(first, service.cluster);
      return { ...service, id: moveId(service, cluster), cluster, workloads: service.workloads.map(move) };
    }),
    claims: estate.claims.map((claim) => {
      const cluster = moves.cluster(claim);
      return { ...claim, id: moveId(claim, cluster), cluster };
    }),
    dependencies: estate.dependencies.map((each) => ({
      ...each,
      from: move(each.from),
      to: movedTarget(each.to, moves, estate),
    })),
    entryPoints: estate.entryPoints.map((entry) => ({ ...entry, workloads: entry.workloads.map(move) })),
    journeys: estate.journeys.map((journey) => ({
      ...journey,
      through: journey.through.map(move),
      entryPoint: { ...journey.entryPoint, workloads: journey.entryPoint.workloads.map(move) },
    })),
    objects: estate.objects.flatMap((placed) =>
      placed.namespace === undefined
        ? moves.clustersFrom(placed.cluster).map((cluster) => ({ ...placed, cluster }))
        : [{ ...placed, cluster: moves.cluster({ ...placed, namespace: placed.namespace }) }],
    ),
    applications: estate.applications.map((application) => ({
      ...application,
      clusters: new Map(
        [...application.clusters].map(([environment, names]) => [
          environment,
          [...new Set(names.flatMap((name) => moves.ofApplication(application.name, environment, name)))],
        ]),
      ),
    })),
  };
}

/** Where everything goes: by workload, by namespace of a cluster, and by cluster. */
class Moves {
  readonly #workloads = new Map<string, { readonly id: string; readonly cluster: string }>();
  readonly #namespaces = new Map<string, string>();
  readonly #applications = new Map<string, Set<string>>();
  readonly #clusters = new Map<string, Set<string>>();

  constructor(clusters: readonly PlannedCluster[]) {
    for (const { cluster, units } of clusters) {
      for (const unit of units) {
        addTo(this.#clusters, unit.cluster.name, cluster.name);
        const key = `${unit.application ?? ""}\n${unit.environment.name}\n${unit.cluster.name}`;
        addTo(this.#applications, key, cluster.name);
        for (const workload of unit.workloads) {
          const target = { id: moveId(workload, cluster.name), cluster: cluster.name };
          this.#workloads.set(workload.id, target);
          this.#namespaces.set(namespaceKey(workload), cluster.name);
        }
      }
    }
  }

  of(id: string): string {
    return this.#workloads.get(id)?.id ?? id;
  }

  clusterOf(id: string, otherwise: string): string {
    return this.#workloads.get(id)?.cluster ?? otherwise;
  }

  /** Of what is in a namespace without being a workload. */
  cluster(object: { readonly environment: string; readonly cluster: string; readonly namespace: string }): string {
    return this.#namespaces.get(namespaceKey(object)) ?? this.clustersFrom(object.cluster)[0] ?? object.cluster;
  }

  clustersFrom(cluster: string): readonly string[] {
    return [...(this.#clusters.get(cluster) ?? [cluster])];
  }

  ofApplication(application: string, environment: string, cluster: string): readonly string[] {
    return [...(this.#applications.get(`${application}\n${environment}\n${cluster}`) ?? this.clustersFrom(cluster))];
  }
}

function namespaceKey(object: { readonly environment: string; readonly cluster: string; readonly namespace: string }) {
  return `${object.environment}\n${object.cluster}\n${object.namespace}`;
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  map.set(key, (map.get(key) ?? new Set()).add(value));
}

function moved(workload: Workload, cluster: string): Workload {
  return { ...workload, id: moveId(workload, cluster), cluster };
}

/** Ids are `environment/cluster/namespace/…`. */
export function moveId({ id, cluster }: { readonly id: string; readonly cluster: string }, target: string): string {
  if (cluster === target) return id;
  const [environment = "", , ...rest] = id.split("/");
  return [environment, target, ...rest].join("/");
}

function movedTarget(target: DependencyTarget, moves: Moves, { services }: Estate): DependencyTarget {
  if (target.kind === "workload") return { ...target, id: moves.of(target.id) };
  if (target.kind !== "service") return target;
  const service = services.find(({ id }) => id === target.id);
  if (service === undefined) return target;
  const [first] = service.workloads;
  const cluster = first === undefined ? moves.cluster(service) : moves.clusterOf(first, service.cluster);
  return { ...target, id: moveId(service, cluster) };
}

/** Toleration and selector of the workload's pool, where the pool is not simply the one that everybody uses. */
function withPlace(workload: Workload, planned: PlannedCluster): Workload {
  const own =
    workload.run === "perNode"
      ? planned.pools.filter(({ podClass }) => podClass?.exclusiveTo === workload.tenant)
      : planned.pools.filter(({ pods }) => pods.some(({ id }) => id === workload.id));
  const [pool] = own;
  if (pool === undefined) return workload;
  const tolerations = [...workload.tolerations, ...tolerationsOf(pool)];
  const isPinned = workload.run !== "perNode" && needsSelector(pool, planned);
  const nodeSelector = isPinned
    ? { ...workload.nodeSelector, "kubernetes.azure.com/agentpool": pool.pool.name }
    : workload.nodeSelector;
  return { ...workload, tolerations, nodeSelector, podSpec: { ...workload.podSpec, tolerations, nodeSelector } };
}

/** True where pods could go elsewhere too, or must be kept from pods that others have for themselves. */
export function needsSelector({ pool, podClass }: PlannedPool, { pools }: PlannedCluster): boolean {
  if (pool.taints.some(({ key }) => key === "dedicated")) return true;
  return (
    pools.some((other) => other.pool !== pool && other.podClass !== undefined && other.podClass === podClass) ||
    pools.some((other) => other.pool !== pool && other.podClass !== undefined && other.pool.taints.length === 0)
  );
}

function tolerationsOf({ pool }: PlannedPool): Workload["tolerations"] {
  return pool.taints
    .filter(({ effect }) => effect !== "PreferNoSchedule")
    .map(({ key, value, effect }) => ({ key, operator: "Equal", value: value ?? "", effect }));
}
