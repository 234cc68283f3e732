import type { ClusterPod } from "../../kube-scheduler/model/cluster-pod.ts";
import { runQueue } from "../../kube-scheduler/run-queue.ts";
import { secondsToStart } from "../replacement-time.ts";
import { isPerNode, type ReplayBudget, type ReplayCluster, workloadOf } from "../replay-cluster.ts";
import { Health } from "./health.ts";
import { Timeline } from "./timeline.ts";

/** How the drain of some nodes ended. */
export type DrainEnd = "drained" | "never" | "timeout" | "stopped";

const mostEvents = 200_000;

/** Evicts, stops, schedules and starts pods over time, while the nodes of a cluster come and go. */
export class UpgradeClock {
  seconds = 0;
  events = 0;
  evicted = 0;
  readonly health: Health;
  /** Pods without a place. */
  waiting: readonly ClusterPod[] = [];
  private readonly cluster: ReplayCluster;
  private readonly signal: AbortSignal | undefined;
  private readonly timeline = new Timeline();
  private readonly budgetsOf: ReadonlyMap<string, readonly ReplayBudget[]>;
  private readonly lives = new Map<string, number>();
  private readonly stopping = new Set<string>();

  constructor(cluster: ReplayCluster, signal: AbortSignal | undefined) {
    this.cluster = cluster;
    this.signal = signal;
    this.health = new Health(cluster);
    this.waiting = cluster.pending;
    const pairs = cluster.budgets.flatMap((budget) => budget.workloads.map((id) => ({ id, budget })));
    this.budgetsOf = new Map(
      [...Map.groupBy(pairs, ({ id }) => id)].map(([id, group]) => [id, group.map(({ budget }) => budget)]),
    );
  }

  /** Lets time pass with everything that happens in it. */
  advanceTo(seconds: number): void {
    for (;;) {
      const next = this.timeline.nextSeconds;
      if (next === undefined || next > seconds) break;
      this.passTo(next);
    }
    this.seconds = Math.max(this.seconds, seconds);
    this.placeWaiting();
  }

  /** Evicts everything but DaemonSet pods from cordoned nodes, as budgets allow, until they are empty or time is up. */
  drain(nodes: readonly string[], timeoutSeconds: number): DrainEnd {
    const deadline = this.seconds + timeoutSeconds;
    for (;;) {
      this.signal?.throwIfAborted();
      if (this.events > mostEvents) return "stopped";
      const left = this.evictAllowed(nodes);
      if (left === 0 && this.stopping.size === 0) return "drained";
      const next = this.timeline.nextSeconds;
      if (next === undefined) return "never";
      if (next > deadline) return "timeout";
      this.passTo(next);
      this.placeWaiting();
    }
  }

  /** Pods of a node that a drain has to move. */
  evictable(node: string): readonly ClusterPod[] {
    const { cluster } = this.cluster.scheduler;
    const slot = cluster.nodes.slotOf(node);
    return slot === undefined
      ? []
      : cluster.podsAt(slot).flatMap(({ pod }) => (isPerNode(this.cluster, pod) ? [] : [pod]));
  }

  /** The first budget that lets the pod not go now. */
  heldBy(pod: ClusterPod): ReplayBudget | undefined {
    const budgets = this.budgetsOf.get(workloadOf(this.cluster, pod).id) ?? [];
    return budgets.find((budget) => (this.health.disruptionsAllowed(budget) ?? 1) < 1);
  }

  /** Looks for a place for pods that wait; more important ones may drive out others. */
  placeWaiting(): void {
    if (this.waiting.length === 0) return;
    const { scheduler } = this.cluster;
    const run = runQueue(scheduler, this.waiting, this.signal === undefined ? {} : { signal: this.signal });
    const placed = new Map(run.scheduled.map(({ pod }) => [pod.id, pod]));
    const driven = new Set(run.preempted.map(({ pod }) => pod));
    for (const pod of [...run.pending, ...placed.values()]) if (driven.has(pod.id)) this.health.lose(pod, this.seconds);
    for (const pod of placed.values()) this.startPod(pod);
    this.waiting = run.pending;
  }

  /** One pass over the nodes; returns how many pods are still there. */
  private evictAllowed(nodes: readonly string[]): number {
    let left = 0;
    for (const pod of nodes.flatMap((node) => this.evictable(node))) {
      if (this.heldBy(pod) === undefined) this.evict(pod);
      else left += 1;
    }
    this.placeWaiting();
    return left;
  }

  private evict(pod: ClusterPod): void {
    const { graceSeconds, replacement } = workloadOf(this.cluster, pod);
    this.cluster.scheduler.cluster.removePod(pod.id);
    this.evicted += 1;
    this.health.lose(pod, this.seconds);
    const life = this.nextLife(pod);
    this.stopping.add(`${pod.id} ${life}`);
    this.timeline.note({ seconds: this.seconds + graceSeconds, kind: "stopped", pod, life });
    if (replacement === "atOnce") this.waiting = [...this.waiting, pod];
  }

  private startPod(pod: ClusterPod): void {
    const seconds = this.seconds + secondsToStart(workloadOf(this.cluster, pod));
    this.timeline.note({ seconds, kind: "ready", pod, life: this.nextLife(pod) });
  }

  private passTo(seconds: number): void {
    this.seconds = seconds;
    for (const { kind, pod, life } of this.timeline.takeUntil(seconds)) {
      this.events += 1;
      if (kind === "stopped") this.hasStopped(pod, life);
      else if (this.lives.get(pod.id) === life && this.isPlaced(pod)) this.health.gain(pod, seconds);
    }
  }

  private hasStopped(pod: ClusterPod, life: number): void {
    this.stopping.delete(`${pod.id} ${life}`);
    if (workloadOf(this.cluster, pod).replacement === "ordered") this.waiting = [...this.waiting, pod];
  }

  private isPlaced({ id }: ClusterPod): boolean {
    return this.cluster.scheduler.cluster.nodeOf(id) !== undefined;
  }

  private nextLife({ id }: ClusterPod): number {
    const life = (this.lives.get(id) ?? 0) + 1;
    this.lives.set(id, life);
    return life;
  }
}
