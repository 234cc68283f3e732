/**
 * `group` stands for several workloads of one namespace in one pool; `outside` holds the `target`s that workloads
 * lean on beyond the clusters; `waiting` holds workloads that run on no pool.
 */
export type BoxKind = "region" | "cluster" | "pool" | "waiting" | "workload" | "group" | "outside" | "target";

/** One box of the map. Boxes come parents first; the map is the same under every lens. */
export interface Box {
  /** Unique on the map; a workload on two pools has two boxes. */
  readonly id: string;
  readonly kind: BoxKind;
  /** What a click selects, as the address writes it; equal for all boxes of one workload. */
  readonly selection: string;
  readonly parent: string | undefined;
  readonly label: string;
  /** Second line that holds under every lens. */
  readonly detail: string;
  /** Ids of the workloads in it, at any depth; itself for a workload. */
  readonly workloads: readonly string[];
  /** Tenants of those workloads, sorted. */
  readonly tenants: readonly string[];
  /** Pods of a workload on this pool, or of all within. */
  readonly pods: number;
}

/** Boxes that hold other boxes are drawn as frames. */
export function isFrame(kind: BoxKind): boolean {
  switch (kind) {
    case "region":
    case "cluster":
    case "pool":
    case "waiting":
    case "outside":
      return true;
    case "workload":
    case "group":
    case "target":
      return false;
  }
}
