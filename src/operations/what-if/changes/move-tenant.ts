import type { Catalog } from "../../../catalog/catalog.ts";
import type { DependencyTarget } from "../../../estate/dependencies/dependency.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Cluster } from "../../../estate/model/cluster.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { admittingPools } from "../../../scheduling/admitting-pools.ts";
import type { WhatIfChange } from "../what-if-change.ts";
import type { ChangedEstate } from "./changed-estate.ts";
import { withReplicas } from "./set-replicas.ts";

type Move = Extract<WhatIfChange, { kind: "moveTenant" }>;

/**
 * Everything of a tenant on one cluster, on another: workloads, Services, claims, objects and what points at them. What
 * the other has already is not doubled. A cluster of that name that is not there is made like the first, with the pools
 * that the tenant's pods go to and as many nodes as they need.
 */
export function moveTenant(estate: Estate, catalog: Catalog, move: Move): ChangedEstate {
  const { tenant, from, to } = move;
  const source = estate.clusters.find(({ name }) => name === from);
  if (source === undefined) return { refused: `there is no cluster ${from}` };
  if (from === to) return { refused: `${tenant} is on ${from} already` };
  const own = estate.workloads.filter((workload) => workload.tenant === tenant && workload.cluster === from);
  if (own.length === 0) return { refused: `${tenant} runs nothing on ${from}` };
  const declared = estate.clusters.find(({ name }) => name === to);
  const target = declared ?? newCluster(estate, catalog, source, own, to);
  const environments = [...new Set([...target.environments, ...own.map(({ environment }) => environment)])];
  const serving = { ...target, environments };
  const places = new MovedPlaces(estate, move);
  const changed: Estate = {
    ...estate,
    clusters:
      declared === undefined
        ? [...estate.clusters, serving]
        : estate.clusters.map((cluster) => (cluster === declared ? serving : cluster)),
    workloads: movedWorkloads(estate, own, places),
    services: places.once(estate.services).map((service) => ({
      ...places.at(service),
      workloads: [...new Set(service.workloads.map((id) => places.idOf(id)))],
    })),
    claims: places.once(estate.claims).map((claim) => places.at(claim)),
    dependencies: estate.dependencies.map((each) => ({
      ...each,
      from: places.idOf(each.from),
      to: movedTarget(each.to, places),
    })),
    entryPoints: estate.entryPoints.map((entry) => ({ ...entry, workloads: places.idsOf(entry.workloads) })),
    journeys: estate.journeys.map((journey) => ({
      ...journey,
      through: places.idsOf(journey.through),
      entryPoint: { ...journey.entryPoint, workloads: places.idsOf(journey.entryPoint.workloads) },
    })),
    objects: movedObjects(estate, move, declared === undefined, places),
    applications: estate.applications.map((application) =>
      application.tenant === tenant
        ? {
            ...application,
            clusters: new Map([...application.clusters].map(([name, at]) => [name, renamed(at, move)])),
          }
        : application,
    ),
  };
  return { estate: changed, caveats: caveatsOf(own, declared === undefined) };
}

/** Where namespaces of a tenant are after the move; ids are `environment/cluster/namespace/…`. */
class MovedPlaces {
  readonly #namespaces: ReadonlySet<string>;
  readonly #move: Move;

  constructor({ workloads, objects }: Estate, move: Move) {
    this.#move = move;
    this.#namespaces = new Set(
      [...workloads, ...objects]
        .filter(({ tenant, cluster }) => tenant === move.tenant && cluster === move.from)
        .map(({ environment, namespace }) => `${environment}/${move.from}/${namespace ?? ""}`),
    );
  }

  idOf(id: string): string {
    const [environment = "", cluster = "", namespace = "", ...rest] = id.split("/");
    if (!this.#namespaces.has(`${environment}/${cluster}/${namespace}`)) return id;
    return [environment, this.#move.to, namespace, ...rest].join("/");
  }

  idsOf(ids: readonly string[]): readonly string[] {
    return [...new Set(ids.map((id) => this.idOf(id)))];
  }

  at<Placed extends { readonly id: string; readonly cluster: string }>(placed: Placed): Placed {
    const id = this.idOf(placed.id);
    return id === placed.id ? placed : { ...placed, id, cluster: this.#move.to };
  }

  /** Without what would come to lie on its like: the target's own stays. */
  once<Placed extends { readonly id: string }>(all: readonly Placed[]): readonly Placed[] {
    const ids = new Set(all.map(({ id }) => id));
    return all.filter(({ id }) => this.idOf(id) === id || !ids.has(this.idOf(id)));
  }
}

/** Where both run the same, one is left, with the more replicas of the two. */
function movedWorkloads(estate: Estate, own: readonly Workload[], places: MovedPlaces): readonly Workload[] {
  const coming = new Map(own.map((workload) => [places.idOf(workload.id), workload]));
  return places.once(estate.workloads).map((workload) => {
    const other = coming.get(workload.id);
    if (other === undefined || other.id === workload.id) return places.at(workload);
    return other.replicas.minimum > workload.replicas.minimum
      ? withReplicas(workload, other.replicas.minimum)
      : workload;
  });
}

/** Namespaced objects of the tenant go along; a new cluster has the storage and runtime classes of the first. */
function movedObjects(estate: Estate, { tenant, from, to }: Move, isNew: boolean, places: MovedPlaces) {
  const isClass = /^(?:Storage|Runtime|Priority)Class$/;
  return estate.objects.flatMap((placed): Estate["objects"] => {
    if (placed.cluster !== from) return [placed];
    const { environment, namespace, object } = placed;
    if (namespace === undefined)
      return isNew && isClass.test(object.kind) ? [placed, { ...placed, cluster: to }] : [placed];
    const id = `${environment}/${from}/${namespace}/${object.name}`;
    return placed.tenant === tenant || places.idOf(id) !== id ? [{ ...placed, cluster: to }] : [placed];
  });
}

function movedTarget(target: DependencyTarget, places: MovedPlaces): DependencyTarget {
  return target.kind === "workload" || target.kind === "service" ? { ...target, id: places.idOf(target.id) } : target;
}

function newCluster(
  estate: Estate,
  catalog: Catalog,
  source: Cluster,
  own: readonly Workload[],
  name: string,
): Cluster {
  const admissions = admittingPools(estate, catalog);
  const used = new Set(own.flatMap(({ id }) => admissions.get(id)?.pools ?? []));
  const nodePools = source.nodePools
    .filter((pool) => pool.mode === "System" || used.has(`${source.name}/${pool.name}`))
    .map((pool) => ({
      ...pool,
      cluster: name,
      countDeclared: false,
      autoscaling: true,
      minimumNodes: pool.mode === "System" ? pool.minimumNodes : 0,
    }));
  return { ...source, name, environments: [], nodePools };
}

function renamed(clusters: readonly string[], { from, to }: Move): readonly string[] {
  return [...new Set(clusters.map((name) => (name === from ? to : name)))];
}

function caveatsOf(own: readonly Workload[], isNew: boolean): readonly string[] {
  return [
    "nodes that are declared stay declared: the bill of the cluster left behind falls when its pools get fewer",
    ...(own.some(({ claims }) => claims.length > 0) ? ["data on volumes has to be copied"] : []),
    ...(isNew ? ["one more cluster to run: the hours of people are not in the bill"] : []),
  ];
}
