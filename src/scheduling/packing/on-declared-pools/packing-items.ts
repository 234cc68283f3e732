import type { Assumption } from "../../../estate/assumptions/assumption.ts";
import { assume } from "../../../estate/assumptions/assumption-rule.ts";
import { imageArchitecture, runningTasks } from "../../../estate/assumptions/capacity-rules.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import { type ClusterCapacity, classRejection, type PoolCapacity } from "../../cluster-capacity.ts";
import { requiredKeys } from "../../node-affinity.ts";
import type { PoolObstacle } from "../../obstacles.ts";
import type { PodShape } from "../../pod-shape.ts";
import { rankPools } from "../../pool-ranking.ts";
import { dominantShare, type PackingItem } from "./packing-model.ts";

const architectureKeys = ["kubernetes.io/arch", "beta.kubernetes.io/arch", "node.kubernetes.io/instance-type"];

/** The pods to pack on a cluster, in the order of packing, and those that no pool admits. */
export interface PackingOrder {
  readonly items: readonly PackingItem[];
  readonly refused: readonly {
    readonly workload: Workload;
    readonly pods: number;
    readonly obstacles: readonly PoolObstacle[];
  }[];
  readonly assumptions: readonly Assumption[];
}

/** At which number of replicas the workloads are taken: the autoscalers' minimum or their maximum. */
export type DemandLevel = "floor" | "ceiling";

/** Number of pods of a workload that does not run once per node. */
function replicasAt(workload: Workload, level: DemandLevel): number {
  const { minimum, maximum } = workload.replicas;
  const count = level === "floor" ? minimum : Math.max(minimum, maximum);
  return Number.isSafeInteger(count) && count > 0 ? count : 0;
}

/**
 * Orders pods as first-fit decreasing does: those with the fewest pools to go to first, then by the largest share of a
 * node that they take in any resource; tasks last. Of the tasks that go to the same
 * pools only one is packed, the first that finds room.
 */
export function packingOrder(
  capacity: ClusterCapacity,
  workloads: readonly Workload[],
  level: DemandLevel,
): PackingOrder {
  const entries: { readonly item: PackingItem; readonly key: readonly number[] }[] = [];
  const refused: PackingOrder["refused"][number][] = [];
  const assumptions: Assumption[] = [];
  for (const { shape, replicas } of capacity.platform) {
    entries.push(entryOf(capacity, shape, replicas, "platform", admittedClasses(capacity, shape)));
  }
  for (const workload of workloads) {
    const shape = capacity.shapes.get(workload.id);
    const replicas = replicasAt(workload, level);
    if (shape === undefined || workload.run === "perNode" || replicas === 0) continue;
    if (workload.unreadable.length > 0) continue;
    const admitted = admittedClasses(capacity, shape);
    if (!admitted.some((classes) => classes.includes(true))) {
      refused.push({ workload, pods: replicas, obstacles: capacity.pools.map((pool) => obstacleOf(shape, pool)) });
      continue;
    }
    const narrowed = withoutForeignArchitecture(capacity, shape, admitted);
    assumptions.push(...narrowed.assumptions);
    entries.push(entryOf(capacity, shape, replicas, workload.run, narrowed.admitted));
  }
  const items = entries
    .sort((left, right) => compareKeys(left.key, right.key) || (left.item.shape.id < right.item.shape.id ? -1 : 1))
    .map(({ item }) => item);
  return { items, refused, assumptions: [...assumptions, ...taskAssumptions(capacity, items)] };
}

function entryOf(
  capacity: ClusterCapacity,
  shape: PodShape,
  replicas: number,
  run: Workload["run"] | "platform",
  admitted: readonly (readonly boolean[])[],
): { readonly item: PackingItem; readonly key: readonly number[] } {
  const ranks = rankPools(
    shape,
    capacity.pools.map(({ classes }) => classes.map(({ nodeClass }) => nodeClass)),
  );
  const taskSlot = run === "task" ? preferredPools(capacity, admitted, ranks).join(", ") : undefined;
  const platform = run === "platform";
  const item: PackingItem = { shape, replicas, platform, taskSlot, admittedClasses: admitted, ranks };
  const shares = capacity.pools.flatMap(({ classes }, pool) =>
    classes.flatMap(({ emptyRoom }, index) =>
      admitted[pool]?.[index] === true ? [dominantShare(shape.demand, emptyRoom)] : [],
    ),
  );
  const poolCount = admitted.filter((classes) => classes.includes(true)).length;
  const size = Math.max(0, ...shares);
  return { item, key: taskSlot !== undefined ? [1, 0, -size * replicas] : [0, poolCount, -size] };
}

/** For each pool, which of its classes admit a pod of the shape. */
export function admittedClasses(capacity: ClusterCapacity, shape: PodShape): readonly (readonly boolean[])[] {
  return capacity.pools.map((pool) => pool.classes.map((each) => classRejection(shape, pool, each) === undefined));
}

function obstacleOf(shape: PodShape, pool: PoolCapacity): PoolObstacle {
  const reasons = pool.classes.map((each) => classRejection(shape, pool, each) ?? "");
  return { pool: pool.pool.name, reason: reasons[0] ?? "the pool has no nodes" };
}

/** Pods that do not say for which processor they are keep off arm64 nodes as long as amd64 nodes admit them. */
function withoutForeignArchitecture(
  capacity: ClusterCapacity,
  shape: PodShape,
  admitted: readonly (readonly boolean[])[],
): { readonly admitted: readonly (readonly boolean[])[]; readonly assumptions: readonly Assumption[] } {
  const stated = [...Object.keys(shape.nodeSelector), ...requiredKeys(shape.affinity)];
  if (stated.some((key) => architectureKeys.includes(key))) return { admitted, assumptions: [] };
  const isArm = (pool: number) => capacity.pools[pool]?.classes[0]?.nodeClass.vmSize?.architecture === "arm64";
  const open = admitted.flatMap((classes, pool) => (classes.includes(true) ? [pool] : []));
  const arm = open.filter(isArm);
  if (arm.length === 0 || arm.length === open.length) return { admitted, assumptions: [] };
  const skipped = arm.map((pool) => capacity.pools[pool]?.pool.name ?? "");
  return {
    admitted: admitted.map((classes, pool) => (isArm(pool) ? classes.map(() => false) : classes)),
    assumptions: [assume(imageArchitecture, shape.id, { skipped })],
  };
}

/** Names of the pools that the pods go to first. */
function preferredPools(
  capacity: ClusterCapacity,
  admitted: readonly (readonly boolean[])[],
  ranks: readonly number[],
): readonly string[] {
  const open = admitted.flatMap((classes, pool) => (classes.includes(true) ? [pool] : []));
  const best = Math.min(...open.map((pool) => ranks[pool] ?? Number.POSITIVE_INFINITY));
  return open.filter((pool) => ranks[pool] === best).map((pool) => capacity.pools[pool]?.pool.name ?? "");
}

function taskAssumptions(capacity: ClusterCapacity, items: readonly PackingItem[]): readonly Assumption[] {
  const bySlot = Map.groupBy(
    items.filter(({ taskSlot }) => taskSlot !== undefined),
    ({ taskSlot }) => taskSlot ?? "",
  );
  return [...bySlot].flatMap(([pools, [largest, ...others]]) => {
    if (largest === undefined) return [];
    const parameters = { pools, running: largest.shape.id, pods: largest.replicas, others: others.length };
    return [assume(runningTasks, `${capacity.cluster.name}/${pools}`, parameters)];
  });
}

function compareKeys(left: readonly number[], right: readonly number[]): number {
  for (const [index, value] of left.entries()) {
    const difference = value - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
