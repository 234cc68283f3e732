import type { NodeClass } from "../../node-class.ts";
import type { PodDemand } from "../../pod-demand.ts";
import type { PodShape } from "../../pod-shape.ts";

/** What is still free on a node. */
export interface Room {
  cpuMillicores: number;
  memoryBytes: number;
  pods: number;
  gpus: number;
}

/** A node pool as the packing sees it. */
export interface PackingPool {
  readonly name: string;
  /** Nodes cycle through the classes (one a zone). */
  readonly classes: readonly NodeClass[];
  /** Room of an empty node of each class, DaemonSets taken off. */
  readonly emptyRoom: readonly Readonly<Room>[];
  readonly minimumNodes: number;
  readonly maximumNodes: number;
}

/** The pods of one workload, in the order of packing. */
export interface PackingItem {
  readonly shape: PodShape;
  readonly replicas: number;
  /** Declared by no workload of the estate: components and system pods. */
  readonly platform: boolean;
  /**
   * Set for a task, which runs only now and then: it never brings up a pool that is empty otherwise, and of the tasks with
   * one slot only the first that finds room is packed.
   */
  readonly taskSlot: string | undefined;
  /** For each pool, which of its classes admit the pods; no entry true: none. */
  readonly admittedClasses: readonly (readonly boolean[])[];
  /** For each pool, its rank for these pods: lower is preferred, equal ranks are used alike. */
  readonly ranks: readonly number[];
}

export interface PackedNode {
  readonly pool: number;
  readonly classIndex: number;
  /** Number of the zone label among those of all pools. */
  readonly zone: number;
  readonly room: Room;
  /** Index of the item and number of the replica. */
  readonly pods: { readonly item: number; readonly replica: number }[];
}

export interface Packing {
  readonly nodes: readonly PackedNode[];
  /** Number of nodes of each pool. */
  readonly counts: readonly number[];
  /** Pods of each item that found no place. */
  readonly unplaced: readonly number[];
  /** Why, for each item with unplaced pods: by pool, in words. */
  readonly obstacles: readonly (readonly { readonly pool: string; readonly reason: string }[])[];
}

export function fits(demand: PodDemand, room: Readonly<Room>): boolean {
  return (
    room.pods >= 1 &&
    demand.cpuMillicores <= room.cpuMillicores &&
    demand.memoryBytes <= room.memoryBytes &&
    demand.gpus <= room.gpus
  );
}

export function take(demand: PodDemand, room: Room): void {
  room.cpuMillicores -= demand.cpuMillicores;
  room.memoryBytes -= demand.memoryBytes;
  room.gpus -= demand.gpus;
  room.pods -= 1;
}

/** Largest share of the node that the pod takes in any resource. */
export function dominantShare(demand: PodDemand, room: Readonly<Room>): number {
  return Math.max(
    share(demand.cpuMillicores, room.cpuMillicores),
    share(demand.memoryBytes, room.memoryBytes),
    share(demand.gpus, room.gpus),
    share(1, room.pods),
  );
}

function share(part: number, whole: number): number {
  if (part <= 0) return 0;
  return whole > 0 ? part / whole : Number.POSITIVE_INFINITY;
}

export function unplacedPods(packing: Packing): number {
  return packing.unplaced.reduce((total, pods) => total + pods, 0);
}

/** Fewer pods without a place, then fewer nodes. */
export function isBetter(left: Packing, right: Packing): boolean {
  const unplaced = unplacedPods(left) - unplacedPods(right);
  return unplaced < 0 || (unplaced === 0 && left.nodes.length < right.nodes.length);
}
