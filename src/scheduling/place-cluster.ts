import type { Catalog } from "../catalog/catalog.ts";
import type { Assumption } from "../estate/assumptions/assumption.ts";
import { describeUnreadable } from "../estate/kubernetes/unreadable-fields.ts";
import type { Workload } from "../estate/kubernetes/workload.ts";
import type { Cluster } from "../estate/model/cluster.ts";
import { type ClusterCapacity, type PoolCapacity, readClusterCapacity } from "./cluster-capacity.ts";
import { nodeCountFigure } from "./node-count-figure.ts";
import { formatObstacles } from "./obstacles.ts";
import { packPods } from "./packing/on-declared-pools/pack-pods.ts";
import { type DemandLevel, type PackingOrder, packingOrder } from "./packing/on-declared-pools/packing-items.ts";
import type { PackedNode, Packing, PackingItem, PackingPool } from "./packing/on-declared-pools/packing-model.ts";
import type { Allocatable, PlacedNode, PlacedPlatformPods, Placement, PoolPlacement } from "./placement.ts";
import { type PoolLimits, poolLimits, type ZoneSpread } from "./pool-limits.ts";
import type { RuntimeClass } from "./runtime-class.ts";

const zoneKey = "topology.kubernetes.io/zone";

/** Places the workloads of one cluster on its pools. */
export function placeCluster(
  cluster: Cluster,
  workloads: readonly Workload[],
  runtimeClasses: ReadonlyMap<string, RuntimeClass>,
  catalog: Catalog,
  level: DemandLevel,
): Placement {
  const capacity = readClusterCapacity(cluster, workloads, runtimeClasses, catalog);
  const order = packingOrder(capacity, workloads, level);
  const limits = capacity.pools.map((pool, index) =>
    poolLimits(pool.pool, zoneSpreadOn(order.items, index), catalog.nodePoolLimits()),
  );
  const packing = packPods(
    capacity.pools.map((pool, index) => packingPool(pool, limits[index])),
    order.items,
  );
  const pools = capacity.pools.map((pool, index) =>
    placedPool(capacity, pool, index, packing, order.items, limits[index]),
  );
  return {
    pools,
    unplaced: [
      ...unplacedPods(order, packing),
      ...crowdedOutDaemonSets(capacity, packing),
      ...workloads.filter(({ opaque }) => opaque).map(({ id, kind }) => opaqueReason(id, kind)),
      ...workloads.flatMap(unreadableReasons),
    ],
    assumptions: [
      ...capacity.assumptions,
      ...order.assumptions,
      ...limits.flatMap(({ assumption }) => (assumption === undefined ? [] : [assumption])),
    ] satisfies Assumption[],
  };
}

/**
 * Whether workloads with several replicas that prefer this pool ask for their replicas to be spread over zones.
 * Required anti-affinity makes nodes by itself, so it asks for no more than a preference does.
 */
function zoneSpreadOn(items: readonly PackingItem[], pool: number): ZoneSpread {
  const rules = items
    .filter(
      ({ replicas, ranks, admittedClasses }) =>
        replicas > 1 &&
        admittedClasses[pool]?.includes(true) === true &&
        ranks[pool] === Math.min(...ranks.filter((_, index) => admittedClasses[index]?.includes(true) === true)),
    )
    .flatMap(({ shape }) => shape.spread.filter(({ topologyKey }) => topologyKey === zoneKey));
  if (rules.length === 0) return "none";
  const isRequired = rules.some(
    ({ strength, origin }) => strength === "required" && origin === "topologySpreadConstraint",
  );
  return isRequired ? "required" : "preferred";
}

function packingPool(pool: PoolCapacity, limits: PoolLimits | undefined): PackingPool {
  const minimumNodes = limits?.minimum ?? 0;
  return {
    name: pool.pool.name,
    classes: pool.classes.map(({ nodeClass }) => nodeClass),
    emptyRoom: pool.classes.map(({ emptyRoom }) => emptyRoom),
    minimumNodes,
    // Without a known capacity no pod can ask for another node.
    maximumNodes: pool.capacity === undefined ? minimumNodes : (limits?.maximum ?? minimumNodes),
  };
}

function placedPool(
  capacity: ClusterCapacity,
  pool: PoolCapacity,
  poolIndex: number,
  packing: Packing,
  items: readonly PackingItem[],
  limits: PoolLimits | undefined,
): PoolPlacement {
  const { cluster } = capacity;
  const allocatable = pool.capacity?.allocatable ?? { cpuMillicores: 0, memoryBytes: 0, pods: 0 };
  const packed = packing.nodes.filter((node) => node.pool === poolIndex);
  const nodes = packed.map((node, index) => placedNode(`${cluster.name}/${pool.pool.name}`, pool, node, index, items));
  return {
    cluster: cluster.name,
    pool: pool.pool.name,
    vmSize: pool.pool.vmSize,
    allocatable,
    overheadPerNode: pool.capacity?.overhead ?? { cpuMillicores: 0, memoryBytes: 0 },
    nodes,
    nodeCount: nodeCountFigure(pool, nodes, limits),
    platformPods: platformPodsOn(capacity, packed, items),
  };
}

function placedNode(
  prefix: string,
  pool: PoolCapacity,
  node: PackedNode,
  index: number,
  items: readonly PackingItem[],
): PlacedNode {
  const classCapacity = pool.classes[node.classIndex];
  const allocatable = pool.capacity?.allocatable;
  const daemonPods = (classCapacity?.daemonSets ?? []).map(({ id }) => ({ workload: id, replica: index }));
  const pods = node.pods.flatMap(({ item, replica }) => {
    const packed = items[item];
    return packed === undefined || packed.platform ? [] : [{ workload: packed.shape.id, replica }];
  });
  return {
    name: `${prefix}/${index}`,
    zone: classCapacity?.nodeClass.zone,
    pods: [...daemonPods, ...pods],
    requested: difference(allocatable, node.room),
  };
}

function difference(allocatable: Allocatable | undefined, room: PackedNode["room"]): Allocatable {
  if (allocatable === undefined) return { cpuMillicores: 0, memoryBytes: 0, pods: 0 };
  return {
    cpuMillicores: allocatable.cpuMillicores - room.cpuMillicores,
    memoryBytes: allocatable.memoryBytes - room.memoryBytes,
    pods: allocatable.pods - room.pods,
  };
}

function platformPodsOn(
  capacity: ClusterCapacity,
  nodes: readonly PackedNode[],
  items: readonly PackingItem[],
): readonly PlacedPlatformPods[] {
  return capacity.platform.flatMap(({ shape, origin }) => {
    const item = items.findIndex((each) => each.shape === shape);
    const pods = nodes.reduce((sum, node) => sum + node.pods.filter((pod) => pod.item === item).length, 0);
    const { cpuMillicores, memoryBytes } = shape.demand;
    return pods === 0 ? [] : [{ name: shape.id, origin, pods, requests: { cpuMillicores, memoryBytes } }];
  });
}

function unplacedPods(order: PackingOrder, packing: Packing): Placement["unplaced"] {
  const refused = order.refused.map(({ workload, pods, obstacles }) => ({
    workload: workload.id,
    pods,
    reason: formatObstacles(obstacles),
  }));
  const withoutRoom = order.items.flatMap(({ shape }, index) => {
    const pods = packing.unplaced[index] ?? 0;
    return pods === 0 ? [] : [{ workload: shape.id, pods, reason: formatObstacles(packing.obstacles[index] ?? []) }];
  });
  return [...refused, ...withoutRoom];
}

function crowdedOutDaemonSets(capacity: ClusterCapacity, packing: Packing): Placement["unplaced"] {
  return capacity.pools.flatMap((pool, poolIndex) =>
    pool.classes.flatMap(({ crowdedOut }, classIndex) => {
      const nodes = packing.nodes.filter((node) => node.pool === poolIndex && node.classIndex === classIndex).length;
      if (nodes === 0) return [];
      return crowdedOut.map(({ shape, reason }) => ({
        workload: shape.id,
        pods: nodes,
        reason: `pool ${pool.pool.name}: beside the other DaemonSets, ${reason}`,
      }));
    }),
  );
}

function unreadableReasons(workload: Workload): Placement["unplaced"] {
  const [first] = workload.unreadable;
  if (first === undefined || workload.opaque) return [];
  const reason = `not known, for want of ${describeUnreadable(workload, first)}`;
  return [{ workload: workload.id, pods: 0, reason, unknown: true }];
}

function opaqueReason(workload: string, kind: string): Placement["unplaced"][number] {
  return { workload, pods: 0, reason: `the pods that a ${kind} creates are not known` };
}
