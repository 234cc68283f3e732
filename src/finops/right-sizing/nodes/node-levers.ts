import type { NodePool } from "../../../estate/model/cluster.ts";
import type { PoolPlacement } from "../../../scheduling/placement.ts";
import { osDiskOf } from "./candidate-sizes.ts";
import { type NodeSizingOptions, packChanged, poolOf } from "./changed-pool.ts";
import type { PackedEstate } from "./packed-cluster.ts";

/** Another way to get more out of the nodes. Saved: a month, with its own size. */
export interface NodeLever {
  readonly kind: "maxPods" | "osDisk";
  readonly label: string;
  readonly nodes: number;
  readonly saved: number;
  /** Memory that pods may use and could not before, on all nodes. */
  readonly memoryFreedGiB: number;
}

const maxPodsTried = [30, 60, 110];

/** What else than the size would get more out of the nodes of a pool: fewer pods a node, and a free OS disk. */
export function leversOf(
  free: PackedEstate,
  pool: NodePool,
  now: PoolPlacement,
  options: NodeSizingOptions,
): readonly NodeLever[] {
  const mostOnNode = Math.max(0, ...now.nodes.map(({ requested }) => requested.pods));
  const leaner = maxPodsTried
    // Room for a quarter more pods than the fullest node has: lower would make nodes instead of saving them.
    .filter((maxPods) => maxPods < pool.maxPods && maxPods >= mostOnNode * 1.25 + 5)
    .slice(0, 1)
    .map((maxPods) =>
      leverOf("maxPods", `maxPods ${pool.maxPods} to ${maxPods}`, (each: NodePool) => ({ ...each, maxPods })),
    );
  const size = options.catalog.vmSize(pool.vmSize);
  const osDisk = size === undefined ? pool.osDisk : osDiskOf(pool, size);
  const ephemeral =
    osDisk.type === pool.osDisk.type
      ? []
      : [leverOf("osDisk", "OS disk managed to ephemeral", (each: NodePool) => ({ ...each, osDisk }))];
  return [...leaner, ...ephemeral];

  function leverOf(kind: NodeLever["kind"], label: string, change: (pool: NodePool) => NodePool): NodeLever {
    const packed = packChanged(free, pool, change, options);
    const placed = poolOf(packed, pool);
    const freed = (placed?.allocatable.memoryBytes ?? 0) - now.allocatable.memoryBytes;
    const nodes = placed?.nodes.length ?? 0;
    return { kind, label, nodes, saved: free.monthly - packed.monthly, memoryFreedGiB: (freed * nodes) / 2 ** 30 };
  }
}
