import type { ClusterPod } from "../../kube-scheduler/model/cluster-pod.ts";
import type { RunningNode, SimulatedCluster } from "../cluster/simulated-cluster.ts";
import { type EventClock, rank, type Ticker } from "../event-clock.ts";
import { chooseOption } from "./choose-option.ts";
import type { ClusterAutoscalerProfile } from "./cluster-autoscaler-profile.ts";
import { canDrain, nodeUtilization } from "./drain-simulation.ts";
import { estimateNodes } from "./estimate-nodes.ts";

export interface ClusterAutoscalerOptions {
  readonly clock: EventClock;
  readonly cluster: SimulatedCluster;
  readonly profile: ClusterAutoscalerProfile;
  readonly random: () => number;
}

/**
 * The cluster autoscaler: at every scan it adds nodes to one pool for pods that fit neither on nodes that are there nor
 * on those that boot, and takes away nodes that were little used, and whose pods fit elsewhere, for long enough. Its
 * estimate takes new nodes in the zones that the scale set would choose. Source: kubernetes/autoscaler
 * cluster-autoscaler/core, release 1.36.
 */
export class ClusterAutoscaler {
  private readonly options: ClusterAutoscalerOptions;
  private readonly ticker: Ticker;
  private readonly unneededSince = new Map<string, number>();
  private readonly unremovableUntil = new Map<string, number>();
  private lastAddSeconds = Number.NEGATIVE_INFINITY;
  private lastDeleteSeconds = Number.NEGATIVE_INFINITY;
  private scaleUpVersion = -1;
  private scaleDownVersion = -1;

  constructor(options: ClusterAutoscalerOptions) {
    const { clock, profile, random } = options;
    const { scanIntervalSeconds } = profile;
    this.options = options;
    this.ticker = clock.ticker(scanIntervalSeconds, random() * scanIntervalSeconds, rank.nodeAutoscaler, () =>
      this.scan(),
    );
  }

  wake(): void {
    this.ticker.wake();
  }

  /** One turn; true while there is something to wait for. */
  private scan(): boolean {
    const { cluster } = this.options;
    if (cluster.isStopped) {
      this.unneededSince.clear();
      return false;
    }
    const hasAdded = cluster.version !== this.scaleUpVersion && this.scaleUp();
    this.scaleUpVersion = cluster.version;
    if (cluster.version !== this.scaleDownVersion) this.findUnneeded();
    this.scaleDownVersion = cluster.version;
    if (!hasAdded) this.scaleDown();
    return hasAdded || this.unneededSince.size > 0;
  }

  private scaleUp(): boolean {
    const { cluster, clock, profile, random } = this.options;
    if (cluster.pendingPods.length === 0) return false;
    const pods = this.withoutPlaceOnUpcoming();
    if (pods.length === 0) return false;
    const options = cluster.pools
      .filter(({ pool, room }) => pool.isScaled && room > 0)
      .map((pool) => estimateNodes(cluster, pool, pods))
      .filter(({ nodes }) => nodes > 0);
    const chosen = chooseOption(options, profile, random);
    if (chosen === undefined) return false;
    cluster.orderNodes(chosen.pool, chosen.nodes);
    this.lastAddSeconds = clock.now;
    return true;
  }

  /** Pending pods that nodes on their way will not take either. */
  private withoutPlaceOnUpcoming(): readonly ClusterPod[] {
    const { cluster } = this.options;
    const { scheduler } = cluster;
    const checkpoint = scheduler.cluster.checkpoint();
    const upcoming = cluster.pretendBooting();
    const left = cluster.pendingPods.filter((pod) => {
      const node = upcoming.find((name) => scheduler.fits(pod, name));
      return node === undefined || !scheduler.cluster.addPod(pod, node);
    });
    scheduler.cluster.rollback(checkpoint);
    return left;
  }

  private findUnneeded(): void {
    const { cluster, clock } = this.options;
    const unneeded = new Set<string>();
    for (const node of cluster.runningNodes) {
      if (!this.isCandidate(node)) continue;
      if (this.isRemovable(node)) unneeded.add(node.name);
      else this.lookAgainLater(node.name);
    }
    for (const name of this.unneededSince.keys()) if (!unneeded.has(name)) this.unneededSince.delete(name);
    for (const name of unneeded) if (!this.unneededSince.has(name)) this.unneededSince.set(name, clock.now);
  }

  /** A node that cannot go is left alone for a while; where nothing has changed since, it still cannot. */
  private lookAgainLater(name: string): void {
    const { cluster, clock, profile } = this.options;
    const { version } = cluster;
    const until = clock.now + profile.unremovableRecheckSeconds;
    this.unremovableUntil.set(name, until);
    clock.at(until, rank.nodeAutoscaler, () => {
      this.unremovableUntil.delete(name);
      if (cluster.version === version) return;
      this.scaleDownVersion = -1;
      this.wake();
    });
  }

  private isCandidate(node: RunningNode): boolean {
    const { cluster, clock, profile } = this.options;
    const { pool, count } = node.pool;
    if (!pool.isScaled || count <= pool.minimum) return false;
    if ((this.unremovableUntil.get(node.name) ?? Number.NEGATIVE_INFINITY) > clock.now) return false;
    return nodeUtilization(cluster, node, profile.ignoreDaemonsetsUtilization) <= profile.scaleDownUtilizationThreshold;
  }

  private isRemovable(node: RunningNode): boolean {
    const { cluster, profile } = this.options;
    const pods = cluster.movablePods(node.name);
    if (profile.skipNodesWithSystemPods && pods.some(({ template }) => template.namespace === "kube-system"))
      return false;
    return canDrain(cluster, [node]);
  }

  /** Empty nodes together, nodes with pods one at a time, both only after the cooldowns. */
  private scaleDown(): void {
    const { clock, profile, cluster } = this.options;
    const { now } = clock;
    if (now < this.lastAddSeconds + profile.scaleDownDelayAfterAddSeconds) return;
    if (now < this.lastDeleteSeconds + profile.scaleDownDelayAfterDeleteSeconds) return;
    const due = cluster.runningNodes.filter(
      ({ name }) => now - (this.unneededSince.get(name) ?? now) >= profile.scaleDownUnneededSeconds,
    );
    const isEmpty = ({ name }: RunningNode) => cluster.movablePods(name).length === 0;
    const empty = due.filter(isEmpty);
    const chosen = empty.length > 0 ? empty.slice(0, profile.maxEmptyBulkDelete) : due.slice(0, 1);
    for (const node of chosen) this.remove(node);
  }

  private remove(node: RunningNode): void {
    const { cluster, clock } = this.options;
    if (node.pool.count <= node.pool.pool.minimum || !this.isRemovable(node)) return;
    this.unneededSince.delete(node.name);
    this.lastDeleteSeconds = clock.now;
    cluster.removeNode(node);
  }
}
