import { type Figure, likelyValue } from "../../estate/figures/figure.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { PlacedNode } from "../../scheduling/placement.ts";
import { hostUsersOf } from "../sharing/node-traits.ts";
import type { KernelDimension, KernelVector } from "./kernel-dimensions.ts";

/** What the pods of one node take of one dimension. */
export interface NodeLoad {
  readonly node: string;
  readonly total: number;
  /** By workload, heaviest first. */
  readonly shares: readonly {
    readonly workload: Workload;
    readonly pods: number;
    readonly demand: number;
    readonly figure: Figure;
  }[];
  /** Workloads on the node of which it is not known what they take. */
  readonly unknown: readonly Workload[];
}

/** Counted by user id of the node, over all pods that run as it. */
const byUser: ReadonlySet<KernelDimension> = new Set(["inotifyInstances", "inotifyWatches"]);
/** Pods in a virtual machine of their own have their own; disk, storage and the node's connection table they share. */
const byKernel: ReadonlySet<KernelDimension> = new Set(["pids", "inotifyInstances", "inotifyWatches", "openFiles"]);

export interface LoadInput {
  readonly workloads: ReadonlyMap<string, Workload>;
  readonly demand: ReadonlyMap<string, KernelVector<Figure>>;
  readonly isSandboxed: (workload: string) => boolean;
}

/** What the pods on a node take of a dimension; of what is counted by user, the user who takes most. */
export function nodeLoad(node: PlacedNode, dimension: KernelDimension, input: LoadInput): NodeLoad {
  const counts = Map.groupBy(node.pods, ({ workload }) => workload);
  const shares: NodeLoad["shares"][number][] = [];
  const unknown: Workload[] = [];
  for (const [id, pods] of counts) {
    const workload = input.workloads.get(id);
    const figure = input.demand.get(id)?.[dimension];
    if (workload === undefined || figure === undefined) continue;
    if (byKernel.has(dimension) && input.isSandboxed(id)) continue;
    const each = likelyValue(figure);
    if (each === undefined) unknown.push(workload);
    else if (each > 0) shares.push({ workload, pods: pods.length, demand: each * pods.length, figure });
  }
  const counted = byUser.has(dimension) ? heaviestUser(shares) : shares;
  const sorted = counted.toSorted(
    (left, right) => right.demand - left.demand || (left.workload.id < right.workload.id ? -1 : 1),
  );
  return { node: node.name, total: sorted.reduce((sum, { demand }) => sum + demand, 0), shares: sorted, unknown };
}

/** The shares of the user who takes most. Pods that do not say whom they run as may be that user too. */
function heaviestUser(shares: NodeLoad["shares"]): NodeLoad["shares"] {
  const users = new Set(shares.flatMap(({ workload }) => hostUsersOf(workload)));
  const loads = [...users].map((user) =>
    shares.filter(({ workload }) => {
      const own = hostUsersOf(workload);
      return own.includes(user) || own.includes(undefined);
    }),
  );
  const sum = (list: NodeLoad["shares"]) => list.reduce((total, { demand }) => total + demand, 0);
  return loads.toSorted((left, right) => sum(right) - sum(left))[0] ?? [];
}
