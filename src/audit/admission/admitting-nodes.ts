import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { NodePool } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { rejection } from "../../scheduling/admission.ts";
import { type ClusterCapacity, classRejection, readClusterCapacity } from "../../scheduling/cluster-capacity.ts";
import type { PodShape } from "../../scheduling/pod-shape.ts";
import { readRuntimeClasses } from "../../scheduling/runtime-class.ts";
import { clusterWithDeclaredPools } from "../estate-lookup/cluster-facts.ts";
import type { AuditContext } from "../rule.ts";

/** A declared pool that takes pods of a workload, with the zones where it does. */
export interface AdmittingPool {
  readonly pool: NodePool;
  /** `1`, `2`, `3`; none in a regional pool. */
  readonly zones: readonly string[];
}

const capacities = new WeakMap<Estate, Map<string, ClusterCapacity>>();

/** What the declared pools of a workload's cluster offer; undefined where no pool is declared. */
export function capacityFor({ estate, catalog }: AuditContext, cluster: string): ClusterCapacity | undefined {
  const declared = clusterWithDeclaredPools(estate, cluster);
  if (declared === undefined) return undefined;
  let known = capacities.get(estate);
  if (known === undefined) {
    known = new Map();
    capacities.set(estate, known);
  }
  const found = known.get(cluster);
  if (found !== undefined) return found;
  const workloads = workloadsByCluster(estate).get(cluster) ?? [];
  const capacity = readClusterCapacity(declared, workloads, readRuntimeClasses(estate), catalog);
  known.set(cluster, capacity);
  return capacity;
}

const clusterWorkloads = new WeakMap<Estate, ReadonlyMap<string, readonly Workload[]>>();

function workloadsByCluster(estate: Estate): ReadonlyMap<string, readonly Workload[]> {
  let known = clusterWorkloads.get(estate);
  if (known === undefined) {
    known = Map.groupBy(estate.workloads, ({ cluster }) => cluster);
    clusterWorkloads.set(estate, known);
  }
  return known;
}

/**
 * The declared pools that take at least one pod of the workload (selectors, affinity, taints, architecture and size);
 * undefined where the pools of its cluster are not declared.
 */
export function admittingPools(context: AuditContext, workload: Workload): readonly AdmittingPool[] | undefined {
  const capacity = capacityFor(context, workload.cluster);
  if (capacity === undefined) return undefined;
  const shape = capacity.shapes.get(workload.id);
  if (shape === undefined) return [];
  return capacity.pools.flatMap((pool): AdmittingPool[] => {
    const admitting = pool.classes.filter((each) => classRejection(shape, pool, each) === undefined);
    if (admitting.length === 0) return [];
    const zones = admitting.flatMap(({ nodeClass }) => (nodeClass.zone === undefined ? [] : [nodeClass.zone]));
    return [{ pool: pool.pool, zones: zones.toSorted() }];
  });
}

/** Zones that the pools offer to the pods, each once, in order. */
export function zonesOf(pools: readonly AdmittingPool[]): readonly string[] {
  return [...new Set(pools.flatMap(({ zones }) => zones))].toSorted();
}

/**
 * Zones that kube-scheduler counts as domains of a spread constraint: those of all nodes that node selector and required
 * affinity let in; with `nodeTaintsPolicy: Ignore`, its default, also nodes whose taints keep the pods away.
 */
export function countedZones(
  context: AuditContext,
  workload: Workload,
  honoursTaints: boolean,
): readonly string[] | undefined {
  const capacity = capacityFor(context, workload.cluster);
  const shape = capacity?.shapes.get(workload.id);
  if (capacity === undefined || shape === undefined) return undefined;
  const counted: PodShape = honoursTaints ? shape : { ...shape, tolerations: [toleratesAll] };
  const zones = capacity.pools.flatMap(({ classes }) =>
    classes.flatMap(({ nodeClass }) =>
      nodeClass.zone !== undefined && rejection(counted, nodeClass, undefined) === undefined ? [nodeClass.zone] : [],
    ),
  );
  return [...new Set(zones)].toSorted();
}

const toleratesAll = { key: "", operator: "Exists", value: "", effect: undefined } as const;

/** Most nodes that pools can have together; undefined where one of them has no declared end. */
export function mostNodes(pools: readonly AdmittingPool[]): number | undefined {
  let sum = 0;
  for (const { pool } of pools) {
    if (!pool.countDeclared) return undefined;
    sum += pool.maximumNodes;
  }
  return sum;
}
