import type { KubeScheduler } from "../../kube-scheduler/kube-scheduler.ts";
import type { ClusterPod } from "../../kube-scheduler/model/cluster-pod.ts";
import { type EventClock, rank } from "../event-clock.ts";
import { drawDuration, type VaryingDuration } from "../lognormal.ts";
import { HeldRoom } from "./held-room.ts";
import { ImagePulls } from "./image-pulls.ts";
import { type NodeSlot, PoolState, type SimulatedPool } from "./simulated-pool.ts";

/** What somebody wants to hear of his pod. */
export interface PodListener {
  /** The pod found a node, and its image is there after `imageSeconds`. */
  readonly onPlaced: (podId: string, imageSeconds: number) => void;
  /** The pod lost its node and looks for another. */
  readonly onEvicted: (podId: string) => void;
}

export interface SimulatedClusterOptions {
  readonly clock: EventClock;
  readonly scheduler: KubeScheduler;
  readonly pools: readonly SimulatedPool[];
  readonly boot: VaryingDuration;
  readonly random: () => number;
}

interface Submitted {
  readonly pod: ClusterPod;
  readonly listener: PodListener | undefined;
  readonly image: { readonly name: string; readonly pullSeconds: number } | undefined;
}

/** A node that is there, with where it belongs. */
export interface RunningNode {
  readonly name: string;
  readonly pool: PoolState;
  readonly slot: number;
}

/**
 * Nodes that come and go and the pods on them, placed by the exact scheduler. Pods that fit nowhere wait, and are tried
 * again whenever something leaves or a node comes.
 */
export class SimulatedCluster {
  readonly scheduler: KubeScheduler;
  readonly pools: readonly PoolState[];
  /** Counts every change of nodes and placed pods. */
  version = 0;
  private readonly options: SimulatedClusterOptions;
  private readonly submitted = new Map<string, Submitted>();
  private readonly waiting = new Map<string, Submitted>();
  private readonly nodes = new Map<string, RunningNode>();
  private readonly daemonIds = new Set<string>();
  private readonly pulls = new ImagePulls();
  private readonly watchers: (() => void)[] = [];
  private readonly room = new HeldRoom();
  /** Nodes of each pool when the cluster was stopped; undefined while it runs. */
  private countsAtStop: readonly number[] | undefined;
  /** Counts stops: a node ordered before one does not come after it. */
  private stops = 0;

  constructor(options: SimulatedClusterOptions) {
    this.options = options;
    this.scheduler = options.scheduler;
    this.pools = options.pools.map((pool) => new PoolState(pool));
    for (const pool of this.pools) {
      for (const slot of pool.nextSlots(pool.pool.initial)) this.join(pool, slot);
    }
  }

  /** Nodes that are paid for: those that boot too. */
  get nodeCount(): number {
    return this.pools.reduce((sum, pool) => sum + pool.count, 0);
  }

  get costPerHour(): number {
    return this.pools.reduce((sum, { count, pool }) => sum + count * pool.pricePerNodeHour, 0);
  }

  /** What the room costs that pods with a listener hold on the nodes: the larger of their shares of CPU and memory. */
  get heldCostPerHour(): number {
    return this.room.costPerHour;
  }

  /** True while there are no nodes because the cluster is stopped. */
  get isStopped(): boolean {
    return this.countsAtStop !== undefined;
  }

  get pendingPods(): readonly ClusterPod[] {
    return [...this.waiting.values()].map(({ pod }) => pod);
  }

  /** Nodes that pods can run on, in the order in which they came. */
  get runningNodes(): readonly RunningNode[] {
    return [...this.nodes.values()];
  }

  /** Called after anything changed, pods that found no place included. */
  onChange(watcher: () => void): void {
    this.watchers.push(watcher);
  }

  /** Brings a pod: placed at once where the scheduler finds a node. */
  submit(pod: ClusterPod, image?: Submitted["image"], listener?: PodListener): void {
    const entry: Submitted = { pod, listener, image };
    this.submitted.set(pod.id, entry);
    if (!this.place(entry)) this.waiting.set(pod.id, entry);
    this.changed();
  }

  /** Takes a pod away, wherever it is. */
  withdraw(podId: string): void {
    this.submitted.delete(podId);
    this.room.release(podId);
    if (!this.waiting.delete(podId) && this.scheduler.cluster.removePod(podId) !== undefined) this.placeWaiting();
    this.changed();
  }

  /** Orders nodes; each is there after the time that its machine takes to boot. Returns how many were ordered. */
  orderNodes(pool: PoolState, count: number): number {
    const slots = pool.nextSlots(Math.min(count, pool.room));
    this.orderSlots(pool, slots);
    return slots.length;
  }

  /** Orders nodes in certain slots, which must be free. */
  orderSlots(pool: PoolState, slots: readonly number[]): void {
    const { clock, boot, random } = this.options;
    const { stops } = this;
    for (const slot of slots) {
      pool.set(slot, "booting");
      clock.at(clock.now + drawDuration(boot, random), rank.infrastructure, () => {
        if (this.stops !== stops) return;
        this.join(pool, slot);
        this.placeWaiting();
        this.changed();
      });
    }
    this.changed();
  }

  /** Gives a node back; its pods look for another place. */
  removeNode(node: RunningNode): void {
    for (const entry of this.empty(node)) if (!this.place(entry)) this.waiting.set(entry.pod.id, entry);
    this.changed();
  }

  /** Takes all nodes away, those that boot too; pods wait until the cluster is started again. */
  stop(): void {
    if (this.isStopped) return;
    this.countsAtStop = this.pools.map(({ count }) => count);
    this.stops += 1;
    for (const node of this.runningNodes) for (const entry of this.empty(node)) this.waiting.set(entry.pod.id, entry);
    for (const pool of this.pools) for (const slot of pool.slotsThatAre("booting")) pool.set(slot, "free");
    this.changed();
  }

  /** Orders as many nodes of each pool as there were when the cluster was stopped. */
  start(): void {
    const counts = this.countsAtStop ?? [];
    this.countsAtStop = undefined;
    for (const [index, pool] of this.pools.entries()) this.orderNodes(pool, counts[index] ?? 0);
  }

  /** Pods of a node that have to find another place when it goes. */
  movablePods(nodeName: string): readonly ClusterPod[] {
    const { cluster } = this.scheduler;
    const slot = cluster.nodes.slotOf(nodeName);
    if (slot === undefined) return [];
    return cluster.podsAt(slot).flatMap(({ pod }) => (this.daemonIds.has(pod.id) ? [] : [pod]));
  }

  nodeOf(podId: string): string | undefined {
    return this.scheduler.cluster.nodeOf(podId);
  }

  /** Adds a node that is not there to the scheduler's picture only; undo it with the picture's checkpoint. */
  pretendNode({ node, daemons }: NodeSlot): void {
    this.scheduler.cluster.addNode(node);
    for (const daemon of daemons) this.scheduler.cluster.addPod(daemon, node.name);
  }

  /** Takes a node away and returns what ran on it, to be placed anew. */
  private empty({ name, pool, slot }: RunningNode): readonly Submitted[] {
    const evicted = this.scheduler.cluster.removeNode(name).filter(({ id }) => !this.daemonIds.delete(id));
    this.nodes.delete(name);
    this.pulls.forget(name);
    pool.set(slot, "free");
    return evicted.flatMap(({ id }) => {
      const entry = this.submitted.get(id);
      if (entry === undefined) return [];
      this.room.release(id);
      entry.listener?.onEvicted(id);
      return [entry];
    });
  }

  /** Adds the nodes that boot to the scheduler's picture only; returns their names. */
  pretendBooting(): readonly string[] {
    return this.pools.flatMap((pool) =>
      pool.slotsThatAre("booting").flatMap((slot) => {
        const template = pool.pool.slots[slot];
        if (template === undefined) return [];
        this.pretendNode(template);
        return [template.node.name];
      }),
    );
  }

  private join(pool: PoolState, slot: number): void {
    const template = pool.pool.slots[slot];
    if (template === undefined) return;
    pool.set(slot, "ready");
    const { name } = template.node;
    this.pretendNode(template);
    for (const { id } of template.daemons) this.daemonIds.add(id);
    this.nodes.set(name, { name, pool, slot });
  }

  private place({ pod, listener, image }: Submitted): boolean {
    const decision = this.scheduler.schedule(pod);
    if (decision.kind !== "scheduled") return false;
    const { now } = this.options.clock;
    const pullSeconds = image === undefined ? 0 : this.pulls.pull(decision.node, image.name, image.pullSeconds, now);
    const node = this.nodes.get(decision.node);
    if (listener !== undefined && node !== undefined) this.room.hold(pod, node.pool.pool, node.slot);
    listener?.onPlaced(pod.id, pullSeconds);
    return true;
  }

  private placeWaiting(): void {
    if (this.waiting.size === 0) return;
    const entries = [...this.waiting.values()].sort(
      (left, right) => right.pod.template.priority - left.pod.template.priority,
    );
    for (const entry of entries) if (this.place(entry)) this.waiting.delete(entry.pod.id);
  }

  private changed(): void {
    this.version += 1;
    for (const watcher of this.watchers) watcher();
  }
}
