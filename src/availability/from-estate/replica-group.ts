import type { Reason } from "../../estate/figures/figure.ts";
import type { Place } from "../../estate/sources/place.ts";
import type { NodeId } from "../fault-tree/fault-tree.ts";
import type { PlacementCase } from "./fault-model.ts";
import type { ReplicaShape } from "./replica-shape.ts";

/** A disk or share under the replicas of a group. */
export interface GroupDisk {
  /** One disk a replica, or one for all of them. */
  readonly perReplica: boolean;
  /** Locally redundant: binds its pod to one zone. */
  readonly zonal: boolean;
  /** Must be detached from a lost node before another may use it (a disk; not a file share). */
  readonly attached: boolean;
  readonly label: string;
  readonly unavailability: number;
  readonly reasons: readonly Reason[];
  readonly place: Place;
}

/** Where replicas may go when they lose their node or zone. */
export interface RescheduleOptions {
  /** Nodes on which the replicas may run, all zones together. */
  readonly nodes: number;
  readonly zones: number;
  /** The autoscaler may add a node. */
  readonly grows: boolean;
  /** … in another zone. */
  readonly growsInZones: boolean;
}

/** Replicas of one thing on one cluster: a workload's pods, or a controller that no manifest declares. */
export interface ReplicaGroup {
  readonly id: string;
  readonly label: string;
  readonly place: Place | undefined;
  readonly cluster: string;
  readonly region: string;
  /**
   * Held to some of its region's zones by a selector, affinity or its pools: the ranks of these zones, ascending.
   * Undefined for a group that may run in all of them: which of them it is in changes with every rollout.
   */
  readonly zoneRanks?: readonly number[];
  /** Pool of the first replicas. */
  readonly pool: string;
  readonly shapes: { readonly [placement in PlacementCase]: ReplicaShape };
  readonly replicas: number;
  /** Replicas that must run. */
  readonly needed: number;
  readonly neededReasons: readonly Reason[];
  /** Pods of a StatefulSet wait for their node. */
  readonly stateful: boolean;
  readonly options: RescheduleOptions;
  readonly disks: readonly GroupDisk[];
  /** The bad deployment that hits all replicas; undefined for what AKS runs. */
  readonly deploy: NodeId | undefined;
}

/** Rank of the zone event that the zone at this position of the group's shape stands for. */
export function zoneRankOf({ zoneRanks }: ReplicaGroup, position: number): number {
  return zoneRanks?.[position] ?? position;
}
