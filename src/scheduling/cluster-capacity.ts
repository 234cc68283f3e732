import type { Catalog } from "../catalog/catalog.ts";
import type { Assumption } from "../estate/assumptions/assumption.ts";
import type { Workload } from "../estate/kubernetes/workload.ts";
import type { Cluster, NodePool } from "../estate/model/cluster.ts";
import { rejection } from "./admission.ts";
import { type NodeCapacity, nodeCapacity } from "./node-capacity.ts";
import { type NodeClass, nodeClasses } from "./node-class.ts";
import { fits, type Room, take } from "./packing/on-declared-pools/packing-model.ts";
import { type PlatformPods, readPlatformPods } from "./platform-pods.ts";
import { type PodShape, readPodShape } from "./pod-shape.ts";
import { type RuntimeClass, runtimeClassOf } from "./runtime-class.ts";

/** Nodes of one pool in one zone with the DaemonSets that run there. */
export interface ClassCapacity {
  readonly nodeClass: NodeClass;
  /** Shapes of the DaemonSets on every node of the class. */
  readonly daemonSets: readonly PodShape[];
  /** DaemonSets that the class admits but has no room for, with the reason. */
  readonly crowdedOut: readonly { readonly shape: PodShape; readonly reason: string }[];
  /** What is left of an empty node. */
  readonly emptyRoom: Readonly<Room>;
}

export interface PoolCapacity {
  readonly pool: NodePool;
  /** Undefined when the catalog does not know the size. */
  readonly capacity: NodeCapacity | undefined;
  readonly classes: readonly ClassCapacity[];
}

/** One cluster's pools and the shapes of what runs on them: all that placement and admission need. */
export interface ClusterCapacity {
  readonly cluster: Cluster;
  readonly pools: readonly PoolCapacity[];
  /** By workload id; opaque workloads have none. */
  readonly shapes: ReadonlyMap<string, PodShape>;
  readonly platform: readonly PlatformPods[];
  readonly assumptions: readonly Assumption[];
}

/** Reads what the pools of a cluster offer to its workloads. */
export function readClusterCapacity(
  cluster: Cluster,
  workloads: readonly Workload[],
  runtimeClasses: ReadonlyMap<string, RuntimeClass>,
  catalog: Catalog,
): ClusterCapacity {
  const readings = workloads
    .filter(({ opaque }) => !opaque)
    .map((workload) => ({
      workload,
      ...readPodShape(workload, runtimeClassOf(runtimeClasses, cluster.name, workload.runtimeClassName), catalog),
    }));
  const readable = readings.filter(({ workload }) => workload.unreadable.length === 0);
  const daemonSets = readable.filter(({ workload }) => workload.run === "perNode").map(({ shape }) => shape);
  const platform = readPlatformPods(cluster, workloads, catalog);
  const pools = cluster.nodePools.map((pool) => {
    const size = catalog.vmSize(pool.vmSize);
    const capacity = size === undefined ? undefined : nodeCapacity(cluster, pool, size, platform.daemons, catalog);
    const classes = nodeClasses(cluster, pool, size).map((nodeClass) => classCapacity(nodeClass, capacity, daemonSets));
    return { pool, capacity, classes };
  });
  return {
    cluster,
    pools,
    shapes: new Map(readings.map(({ workload, shape }) => [workload.id, shape])),
    platform: platform.pods,
    assumptions: [...platform.assumptions, ...readable.flatMap(({ assumptions }) => assumptions)],
  };
}

function classCapacity(
  nodeClass: NodeClass,
  capacity: NodeCapacity | undefined,
  daemonSets: readonly PodShape[],
): ClassCapacity {
  const room: Room =
    capacity === undefined
      ? { cpuMillicores: 0, memoryBytes: 0, pods: 0, gpus: 0 }
      : { ...capacity.allocatable, gpus: capacity.gpus };
  const running: PodShape[] = [];
  const crowdedOut: { shape: PodShape; reason: string }[] = [];
  for (const shape of daemonSets) {
    if (capacity === undefined || rejection(shape, nodeClass, undefined) !== undefined) continue;
    if (fits(shape.demand, room)) {
      take(shape.demand, room);
      running.push(shape);
    } else {
      crowdedOut.push({ shape, reason: rejection(shape, nodeClass, room) ?? "the node is full" });
    }
  }
  return { nodeClass, daemonSets: running, crowdedOut, emptyRoom: room };
}

/** Why no node of a pool's class can take a pod; undefined when an empty one can. */
export function classRejection(shape: PodShape, pool: PoolCapacity, classCapacity: ClassCapacity): string | undefined {
  if (pool.capacity === undefined) {
    return `size ${pool.pool.vmSize} is not in the catalog, so its capacity is unknown`;
  }
  return rejection(shape, classCapacity.nodeClass, classCapacity.emptyRoom);
}
