import type { Reason } from "../../../estate/figures/figure.ts";

/**
 * What the data of a workload lies on. `lrs` and `zrs`: a disk that one node at a time attaches; `files`: a share that any
 * node mounts; `sharedLrs` and `sharedZrs`: a raw disk attached to several nodes, which fence each other by reservations;
 * `nvme`: a disk of the node itself; `none`;
 * `unknown`: of a storage class that is not in the input, or whose driver is not one of Azure's.
 */
export type ClusterDisk =
  | "lrs"
  | "zrs"
  | "files"
  | "zonalFiles"
  | "sharedLrs"
  | "sharedZrs"
  | "nvme"
  | "none"
  | "unknown";

/** A database that runs in a cluster, as far as its recovery goes. */
export interface ClusterStore {
  readonly kind: "StatefulSet" | "Deployment";
  readonly replicas: number;
  readonly disk: ClusterDisk;
  readonly diskReasons: readonly Reason[];
  /** False where the pods do not copy the data to each other: each has its own part, or all use one volume. */
  readonly replicates: boolean;
  readonly zones: number;
  /** Zones that the replicas are kept apart over. */
  readonly spreadZones: number;
  /** Infinite where the pod tolerates lost nodes without end. */
  readonly tolerationSeconds: number;
  readonly tolerationReason: Reason;
  readonly graceSeconds: number;
  /** Least seconds that probes make a new pod wait. */
  readonly readySeconds: number;
  readonly kubernetesVersion: string;
  /** Undefined: nobody says whether there are backups. */
  readonly hasBackups: boolean | undefined;
  readonly sizeGiB: number | undefined;
}

/** A disk that has to be let go by one node before another may use it; what is not known is taken for one. */
export function isAttached(disk: ClusterDisk): boolean {
  return disk === "lrs" || disk === "zrs" || disk === "unknown";
}

/** A disk that lies in one zone: its pod can start in no other. */
export function isZonal(disk: ClusterDisk): boolean {
  return disk === "lrs" || disk === "sharedLrs" || disk === "zonalFiles";
}

/** Replicas that have the same disk attached: one serves, and another fences it off before it takes over. */
export function sharesDisk({ disk, replicas }: ClusterStore): boolean {
  return (disk === "sharedLrs" || disk === "sharedZrs") && replicas > 1;
}
