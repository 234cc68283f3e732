import type { ClusterPod } from "../kube-scheduler/model/cluster-pod.ts";
import type { PodListener, SimulatedCluster } from "./cluster/simulated-cluster.ts";
import { type EventClock, rank } from "./event-clock.ts";
import { drawDuration, type VaryingDuration } from "./lognormal.ts";

/** Replicas of one workload, wherever they run. */
export interface Fleet {
  /** Replicas that there are or are on their way. */
  readonly replicas: number;
  readonly ready: number;
  /** Replicas that have a place and are not ready. */
  readonly starting: number;
  /** Replicas that found no place. */
  readonly pending: number;
  /** Replicas that became ready so far. */
  readonly started: number;
  scaleTo(replicas: number): void;
}

export interface PodFleetOptions {
  readonly clock: EventClock;
  readonly cluster: SimulatedCluster;
  /** Makes the pod of a number. */
  readonly podOf: (index: number) => ClusterPod;
  readonly imageName: string;
  readonly imagePullSeconds: number;
  /** From the container's start to readiness. */
  readonly start: VaryingDuration;
  readonly random: () => number;
  /** Called when a replica became ready. */
  readonly onReady?: (podId: string) => void;
}

type PodState = "pending" | "starting" | "ready";

interface FleetPod {
  readonly pod: ClusterPod;
  readonly sequence: number;
  state: PodState;
  /** Counts placements: what was begun on a node that is gone does not end here. */
  placement: number;
}

const removalOrder: { readonly [state in PodState]: number } = { pending: 0, starting: 1, ready: 2 };

/** Replicas as pods of a cluster. */
export class PodFleet implements Fleet {
  started = 0;
  private readonly options: PodFleetOptions;
  private readonly pods = new Map<string, FleetPod>();
  private readonly counts: { [state in PodState]: number } = { pending: 0, starting: 0, ready: 0 };
  private sequence = 0;
  private readonly listener: PodListener = {
    onPlaced: (podId, imageSeconds) => this.startPod(podId, imageSeconds),
    onEvicted: (podId) => this.setState(podId, "pending"),
  };

  constructor(options: PodFleetOptions) {
    this.options = options;
  }

  get replicas(): number {
    return this.pods.size;
  }

  get ready(): number {
    return this.counts.ready;
  }

  get pending(): number {
    return this.counts.pending;
  }

  get starting(): number {
    return this.counts.starting;
  }

  scaleTo(replicas: number): void {
    while (this.pods.size < replicas) this.addPod();
    if (this.pods.size > replicas) this.removePods(this.pods.size - replicas);
  }

  /** Takes a certain pod away, as when its job is done. */
  removePod(podId: string): void {
    const fleetPod = this.pods.get(podId);
    if (fleetPod === undefined) return;
    this.counts[fleetPod.state] -= 1;
    this.pods.delete(podId);
    this.options.cluster.withdraw(podId);
  }

  addPod(): void {
    const { cluster, podOf, imageName, imagePullSeconds } = this.options;
    const pod = podOf(this.sequence);
    this.pods.set(pod.id, { pod, sequence: this.sequence, state: "pending", placement: 0 });
    this.counts.pending += 1;
    this.sequence += 1;
    cluster.submit(pod, { name: imageName, pullSeconds: imagePullSeconds }, this.listener);
  }

  /**
   * As the ReplicaSet controller chooses: pods without a node first, then those that are not ready, then those with the
   * most siblings on their node, then the youngest. Zones do not count.
   */
  private removePods(count: number): void {
    const siblings = new Map<string | undefined, number>();
    const nodeOf = (pod: FleetPod) => this.options.cluster.nodeOf(pod.pod.id);
    for (const pod of this.pods.values()) siblings.set(nodeOf(pod), (siblings.get(nodeOf(pod)) ?? 0) + 1);
    const leaving = [...this.pods.values()]
      .map((pod) => ({ pod, siblings: siblings.get(nodeOf(pod)) ?? 0 }))
      .sort(
        (left, right) =>
          removalOrder[left.pod.state] - removalOrder[right.pod.state] ||
          right.siblings - left.siblings ||
          right.pod.sequence - left.pod.sequence,
      )
      .slice(0, count);
    for (const { pod } of leaving) this.removePod(pod.pod.id);
  }

  private startPod(podId: string, imageSeconds: number): void {
    const fleetPod = this.pods.get(podId);
    if (fleetPod === undefined) return;
    const { clock, start, random, onReady } = this.options;
    this.setState(podId, "starting");
    fleetPod.placement += 1;
    const { placement } = fleetPod;
    clock.at(clock.now + imageSeconds + drawDuration(start, random), rank.readiness, () => {
      if (this.pods.get(podId) !== fleetPod || fleetPod.placement !== placement || fleetPod.state !== "starting")
        return;
      this.setState(podId, "ready");
      this.started += 1;
      onReady?.(podId);
    });
  }

  private setState(podId: string, state: PodState): void {
    const fleetPod = this.pods.get(podId);
    if (fleetPod === undefined) return;
    this.counts[fleetPod.state] -= 1;
    this.counts[state] += 1;
    fleetPod.state = state;
    // Who is evicted starts anew, even where the next node takes him at once.
    if (state === "pending") fleetPod.placement += 1;
  }
}
