import { replaySeconds } from "../../../estate/assumptions/replay-rules.ts";
import type { ClusterNode } from "../../kube-scheduler/model/cluster-node.ts";
import type { ClusterPod } from "../../kube-scheduler/model/cluster-pod.ts";
import { refusalOf } from "../failure/refusal.ts";
import type { ReplayOptions } from "../failure/replay-failure.ts";
import { isPerNode, nodeNamed, type ReplayCluster, workloadOf } from "../replay-cluster.ts";
import { blockingBudgets } from "./blocking-budgets.ts";
import {
  type BlockingBudget,
  cordoned,
  type PoolUpgrade,
  type StuckDrain,
  type UpgradeBatch,
  type UpgradeSettings,
} from "./pool-upgrade.ts";
import { type DrainEnd, UpgradeClock } from "./upgrade-clock.ts";

/**
 * Upgrades a pool as AKS does: extra nodes first, then batch by batch cordon, drain by eviction against the disruption
 * budgets, reimage, soak; the last batch is not reimaged, since the extra nodes take its place. The cluster is left as it
 * was, also when the signal aborts. Times are least times: pods stop at the end of their grace period and start as fast as
 * their probes allow.
 */
export function replayUpgrade(
  cluster: ReplayCluster,
  settings: UpgradeSettings,
  options: ReplayOptions = {},
): PoolUpgrade {
  const state = cluster.scheduler.cluster;
  const checkpoint = state.checkpoint();
  try {
    return new UpgradeRun(cluster, settings, options).play();
  } finally {
    state.rollback(checkpoint);
  }
}

class UpgradeRun {
  private readonly cluster: ReplayCluster;
  private readonly settings: UpgradeSettings;
  private readonly options: ReplayOptions;
  private readonly clock: UpgradeClock;
  private readonly names: readonly string[];
  private readonly blocking: readonly BlockingBudget[];
  private readonly batches: UpgradeBatch[] = [];
  private readonly stuck: StuckDrain[] = [];
  private readonly quarantined: string[] = [];

  constructor(cluster: ReplayCluster, settings: UpgradeSettings, options: ReplayOptions) {
    this.cluster = cluster;
    this.settings = settings;
    this.options = options;
    this.clock = new UpgradeClock(cluster, options.signal);
    this.names = cluster.nodes.flatMap(({ name, pool }) => (pool === settings.pool ? [name] : []));
    this.blocking = blockingBudgets(cluster, this.names);
  }

  play(): PoolUpgrade {
    const { settings, cluster, clock, names } = this;
    const surge = Math.min(settings.surge, names.length);
    if (surge > 0) this.addSurge(surge);
    let outcome: PoolUpgrade["outcome"] = "finished";
    for (let first = 0; first < names.length && outcome === "finished"; first += settings.batch) {
      const nodes = names.slice(first, first + settings.batch);
      this.options.onProgress?.(`${cluster.name}: upgrading ${settings.pool}, ${first} of ${names.length} nodes`);
      outcome = this.upgradeBatch(nodes, surge > 0 && first + surge >= names.length);
    }
    return {
      pool: settings.pool,
      nodes: names.length,
      settings,
      outcome,
      seconds: clock.seconds,
      surgeNodeSeconds: surge * clock.seconds,
      batches: this.batches,
      stuck: this.stuck,
      blockingBudgets: this.blocking,
      quarantined: this.quarantined,
      outages: clock.health.outages(clock.seconds),
      events: clock.events,
    };
  }

  /** In the zones of the nodes that they will take the place of. */
  private addSurge(surge: number): void {
    const { cluster, clock, names } = this;
    clock.advanceTo(clock.seconds + replaySeconds.nodeReady);
    for (const [index, name] of names.slice(-surge).entries()) {
      const like = nodeNamed(cluster, name);
      if (like !== undefined)
        this.addNode(renamed(like, `${this.settings.pool}-surge-${index}`), this.perNodePods(name));
    }
    clock.placeWaiting();
  }

  private upgradeBatch(nodes: readonly string[], isLast: boolean): PoolUpgrade["outcome"] {
    const { clock, settings } = this;
    const startSeconds = clock.seconds;
    const before = clock.evicted;
    for (const name of nodes) this.cordon(name);
    const end = clock.drain(nodes, settings.drainTimeoutSeconds);
    const drainedSeconds = clock.seconds;
    if (end !== "drained") this.noteStuck(nodes, end);
    const goesOn = end === "drained" || (end !== "stopped" && settings.undrainable === "quarantined");
    if (end === "never" || end === "timeout") clock.advanceTo(startSeconds + settings.drainTimeoutSeconds);
    if (goesOn) this.finishBatch(nodes, isLast);
    this.batches.push({
      nodes,
      startSeconds,
      ...(end === "drained" ? { drainedSeconds } : {}),
      endSeconds: clock.seconds,
      evictedPods: clock.evicted - before,
      pendingPods: clock.waiting.length,
    });
    if (end === "stopped") return "stopped";
    return goesOn ? "finished" : "failed";
  }

  /** Nodes that are empty come back upgraded, or make way for the extra ones; others stay behind, cordoned. */
  private finishBatch(nodes: readonly string[], isLast: boolean): void {
    const { clock, settings } = this;
    const isEmpty = (name: string) => clock.evictable(name).length === 0;
    this.quarantined.push(...nodes.filter((name) => !isEmpty(name)));
    const fresh = nodes.filter(isEmpty).flatMap((name) => {
      const node = nodeNamed(this.cluster, name);
      const perNode = this.perNodePods(name);
      this.cluster.scheduler.cluster.removeNode(name);
      return node === undefined ? [] : [{ node: { ...node, unschedulable: false }, perNode }];
    });
    if (isLast) return;
    clock.advanceTo(clock.seconds + replaySeconds.nodeReady);
    for (const { node, perNode } of fresh) this.addNode(node, perNode);
    clock.placeWaiting();
    clock.advanceTo(clock.seconds + settings.soakSeconds);
  }

  private cordon(name: string): void {
    const { cluster } = this.cluster.scheduler;
    const node = nodeNamed(this.cluster, name);
    if (node === undefined) return;
    const pods = cluster.removeNode(name);
    cluster.addNode(cordoned(node));
    for (const pod of pods) cluster.addPod(pod, name);
  }

  private addNode(node: ClusterNode, perNode: readonly ClusterPod[]): void {
    const { cluster } = this.cluster.scheduler;
    cluster.addNode(node);
    for (const pod of perNode) {
      const id = cluster.nodeOf(pod.id) === undefined ? pod.id : `${pod.id} on ${node.name}`;
      cluster.addPod({ ...pod, id }, node.name);
    }
  }

  private perNodePods(name: string): readonly ClusterPod[] {
    const { cluster } = this.cluster.scheduler;
    const slot = cluster.nodes.slotOf(name);
    if (slot === undefined) return [];
    return cluster.podsAt(slot).flatMap(({ pod }) => (isPerNode(this.cluster, pod) ? [pod] : []));
  }

  /** One entry for each budget or workload that kept a node from being drained. */
  private noteStuck(nodes: readonly string[], end: DrainEnd): void {
    const seen = new Set<string>();
    for (const node of nodes) {
      for (const pod of this.clock.evictable(node)) {
        const budget = this.clock.heldBy(pod);
        const workload = workloadOf(this.cluster, pod);
        const key = budget?.name ?? workload.id;
        if (seen.has(key)) continue;
        seen.add(key);
        this.stuck.push({
          node,
          pod: pod.id,
          workload: workload.id,
          label: workload.label,
          ...(budget === undefined ? {} : { budget: budget.name }),
          reason: this.reasonFor(pod),
          never: end === "never",
        });
      }
    }
    if (seen.size === 0) this.noteSlowStop(nodes);
  }

  private noteSlowStop([node = ""]: readonly string[]): void {
    const pod = "a pod that is stopping";
    const reason = `pods take longer to stop than the ${this.settings.drainTimeoutSeconds} s that a node has to drain`;
    this.stuck.push({ node, pod, workload: "", label: "", reason, never: false });
  }

  private reasonFor(pod: ClusterPod): string {
    const budget = this.clock.heldBy(pod);
    if (budget === undefined) return "it was still to be evicted when the time was up";
    const what = `PodDisruptionBudget ${budget.name} (${budget.limit}, ${budget.pods} ${budget.pods === 1 ? "pod" : "pods"})`;
    if (budget.allowed === 0) return `${what} never lets one go`;
    const without = this.clock.waiting.find((each) => budget.workloads.includes(workloadOf(this.cluster, each).id));
    if (without === undefined) return `${what} lets no more go until those that moved are ready`;
    return `${what} waits for ${without.id}, which has no place: ${refusalOf(this.cluster.scheduler, without).reason}`;
  }
}

function renamed(node: ClusterNode, name: string): ClusterNode {
  return { ...node, name, images: [], labels: { ...node.labels, "kubernetes.io/hostname": name } };
}
