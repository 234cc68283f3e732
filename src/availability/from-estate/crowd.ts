import type { Reason } from "../../estate/figures/figure.ts";
import type { NodeId } from "../fault-tree/fault-tree.ts";

/** A zone with the nodes under the group's replicas. */
export interface CrowdZone {
  /** The zone is lost, and what ran there is not back yet. */
  readonly lost: NodeId;
  /** For each node: it is lost, and what ran there is not back yet; and how many of the pods it has. */
  readonly nodes: readonly { readonly lost: NodeId; readonly count: number }[];
}

/** What one pod does by itself, with its disk: shares of time and failures per hour, common causes taken out or not. */
export interface OwnFailure {
  readonly shared: number;
  readonly alone: number;
  readonly frequencyPerHour: number;
  readonly repairHours: number;
  readonly reasons: readonly Reason[];
}
