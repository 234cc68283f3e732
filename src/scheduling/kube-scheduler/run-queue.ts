import type { KubeScheduler } from "./kube-scheduler.ts";
import type { ClusterPod } from "./model/cluster-pod.ts";

/** A pod that had to go so that a more important one could run. */
interface PreemptedPod {
  readonly pod: string;
  readonly from: string;
  readonly by: string;
}

/** What became of a queue of pods. */
export interface QueueRun {
  /** In the order in which they were placed; those that were preempted later and did not come back are not among them. */
  readonly scheduled: readonly { readonly pod: ClusterPod; readonly node: string }[];
  readonly pending: readonly ClusterPod[];
  readonly preempted: readonly PreemptedPod[];
  readonly attempts: number;
  /** False when the bound on attempts ended the run. */
  readonly isComplete: boolean;
}

export interface QueueOptions {
  /** True by default: pods of higher priority drive out others. */
  readonly preempts?: boolean;
  /** Checked between pods; aborting throws the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (message: string) => void;
}

/** Attempts allowed for each pod of the queue; priorities strictly fall from preemptor to victim, so few are needed. */
const attemptsPerPod = 20;
const progressEvery = 1_000;

/**
 * Schedules pods as the queue of the real scheduler settles: by priority, then in the order given; what fits nowhere is
 * tried again after every round that placed something, since pods may wait for others.
 */
export function runQueue(scheduler: KubeScheduler, pods: readonly ClusterPod[], options: QueueOptions = {}): QueueRun {
  const queue = new SchedulingQueue(scheduler, options, Math.max(1, pods.length) * attemptsPerPod);
  queue.settle(pods);
  return queue.result();
}

class SchedulingQueue {
  private readonly scheduler: KubeScheduler;
  private readonly options: QueueOptions;
  private readonly mostAttempts: number;
  private readonly placed = new Map<string, ClusterPod>();
  private readonly preempted: PreemptedPod[] = [];
  private pending: ClusterPod[] = [];
  private attempts = 0;

  constructor(scheduler: KubeScheduler, options: QueueOptions, mostAttempts: number) {
    this.scheduler = scheduler;
    this.options = options;
    this.mostAttempts = mostAttempts;
  }

  settle(pods: readonly ClusterPod[]): void {
    let waiting = byPriority(pods);
    let hasProgressed = true;
    while (waiting.length > 0 && hasProgressed && this.hasAttemptsLeft) {
      const before = this.placed.size;
      const victims = this.tryAll(waiting);
      hasProgressed = victims.length > 0 || this.placed.size > before;
      waiting = byPriority([...this.pending, ...victims]);
    }
    this.pending = waiting;
  }

  result(): QueueRun {
    return {
      scheduled: [...this.placed.values()].map((pod) => ({ pod, node: this.scheduler.cluster.nodeOf(pod.id) ?? "" })),
      pending: this.pending,
      preempted: this.preempted,
      attempts: this.attempts,
      isComplete: this.hasAttemptsLeft,
    };
  }

  private get hasAttemptsLeft(): boolean {
    return this.attempts < this.mostAttempts;
  }

  /** One round; returns the pods that were driven out. What did not fit is left in `pending`. */
  private tryAll(waiting: readonly ClusterPod[]): readonly ClusterPod[] {
    const victims: ClusterPod[] = [];
    this.pending = [];
    for (const [index, pod] of waiting.entries()) {
      this.options.signal?.throwIfAborted();
      if (!this.hasAttemptsLeft) {
        this.pending.push(...waiting.slice(index));
        break;
      }
      this.tryOne(pod, victims);
    }
    return victims;
  }

  private tryOne(pod: ClusterPod, victims: ClusterPod[]): void {
    this.attempts += 1;
    if (this.attempts % progressEvery === 0) this.options.onProgress?.(`scheduled ${this.placed.size} pods`);
    if (this.scheduler.schedule(pod).kind === "scheduled" || this.makeRoom(pod, victims)) this.placed.set(pod.id, pod);
    else this.pending.push(pod);
  }

  private makeRoom(pod: ClusterPod, victims: ClusterPod[]): boolean {
    if (this.options.preempts === false) return false;
    const { cluster } = this.scheduler;
    const preemption = this.scheduler.preempt(pod);
    if (preemption === undefined) return false;
    for (const id of preemption.victims) {
      const victim = cluster.removePod(id);
      if (victim === undefined) continue;
      victims.push(victim);
      this.placed.delete(id);
      this.preempted.push({ pod: id, from: preemption.node, by: pod.id });
    }
    // The nominated pod goes through the whole cycle again and may land elsewhere.
    return this.scheduler.schedule(pod).kind === "scheduled";
  }
}

function byPriority(pods: readonly ClusterPod[]): ClusterPod[] {
  return pods.toSorted((left, right) => right.template.priority - left.template.priority);
}
