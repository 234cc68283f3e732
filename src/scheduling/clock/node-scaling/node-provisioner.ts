import type { ClusterPod } from "../../kube-scheduler/model/cluster-pod.ts";
import type { RunningNode, SimulatedCluster } from "../cluster/simulated-cluster.ts";
import { type EventClock, rank, type Ticker } from "../event-clock.ts";
import { type Consolidation, planConsolidation } from "./consolidation.ts";
import type { NodeProvisioningProfile } from "./node-provisioning-profile.ts";
import { planClaims } from "./plan-claims.ts";

interface NodeProvisionerOptions {
  readonly clock: EventClock;
  readonly cluster: SimulatedCluster;
  readonly profile: NodeProvisioningProfile;
  readonly random: () => number;
}

/** A replacement that boots while the nodes that it replaces still run. */
type Underway = Consolidation & { readonly since: "validation" | "boot" };

/**
 * Node auto-provisioning: launches the cheapest sizes that hold what is pending, in batches, and takes away or replaces
 * nodes by one cheaper whenever their pods fit elsewhere, within the budget of disruptions. Source:
 * kubernetes-sigs/karpenter pkg/controllers/{provisioning,disruption}, August 2026, with the policy
 * WhenEmptyOrUnderutilized, which is the default of AKS.
 */
export class NodeProvisioner {
  private readonly options: NodeProvisionerOptions;
  private readonly ticker: Ticker;
  private batch: { readonly since: number; pods: number } | undefined;
  private underway: Underway | undefined;
  /** Where nothing has changed since nothing was found, there is nothing to look for. */
  private fruitlessVersion = -1;
  private plannedVersion = -1;

  constructor(options: NodeProvisionerOptions) {
    this.options = options;
    const { clock, profile, random } = options;
    const period = profile.disruptionPollSeconds;
    this.ticker = clock.ticker(period, random() * period, rank.nodeAutoscaler, () => this.consolidate());
  }

  wake(): void {
    this.ticker.wake();
    const { cluster } = this.options;
    const pods = cluster.pendingPods.length;
    if (this.batch !== undefined || pods === 0 || cluster.version === this.plannedVersion) return;
    this.batch = { since: this.options.clock.now, pods };
    this.waitForMore();
  }

  private waitForMore(): void {
    const { clock, cluster, profile } = this.options;
    clock.at(clock.now + profile.batchIdleSeconds, rank.nodeAutoscaler, () => {
      const { batch } = this;
      if (batch === undefined) return;
      const pods = cluster.pendingPods.length;
      if (pods > batch.pods && clock.now < batch.since + profile.batchMostSeconds) {
        batch.pods = pods;
        this.waitForMore();
        return;
      }
      this.batch = undefined;
      this.provision();
    });
  }

  private provision(): void {
    const { cluster } = this.options;
    if (cluster.isStopped) return;
    const { scheduler } = cluster;
    const checkpoint = scheduler.cluster.checkpoint();
    const claims = planClaims(cluster, this.sizes, withoutPlaceOnBooting(cluster));
    scheduler.cluster.rollback(checkpoint);
    for (const { pool, slot } of claims) cluster.orderSlots(pool, [slot]);
    this.plannedVersion = cluster.version;
  }

  private get sizes() {
    const { cluster, profile } = this.options;
    return cluster.pools.filter(({ pool }) => profile.sizes.has(pool.name));
  }

  private get isLaunching(): boolean {
    return this.sizes.some((size) => size.slotsThatAre("booting").length > 0);
  }

  private get nodes(): readonly RunningNode[] {
    const { cluster, profile } = this.options;
    return cluster.runningNodes.filter(({ pool }) => profile.sizes.has(pool.pool.name));
  }

  /** One poll of disruption; true while there is something to wait for. */
  private consolidate(): boolean {
    const { cluster, profile } = this.options;
    if (cluster.isStopped) {
      this.underway = undefined;
      return false;
    }
    if (this.underway !== undefined) {
      if (this.underway.since === "boot") this.finishReplacement(this.underway);
      return true;
    }
    if (cluster.version === this.fruitlessVersion) return false;
    const found = this.isLaunching ? undefined : planConsolidation(cluster, this.nodes, this.sizes, profile);
    if (found === undefined) {
      this.fruitlessVersion = cluster.version;
      return false;
    }
    this.underway = { ...found, since: "validation" };
    this.validateLater(found);
    return true;
  }

  private validateLater({ nodes }: Consolidation): void {
    const { clock, cluster, profile } = this.options;
    clock.at(clock.now + profile.validationSeconds, rank.nodeAutoscaler, () => {
      this.underway = undefined;
      const running = this.nodes.filter(({ name }) => nodes.some((each) => each.name === name));
      if (cluster.isStopped || running.length < nodes.length || this.isLaunching) return;
      const still = planConsolidation(cluster, this.nodes, this.sizes, profile, running);
      if (still === undefined) return;
      if (still.replacement === undefined) for (const node of still.nodes) cluster.removeNode(node);
      else {
        cluster.orderSlots(still.replacement.pool, [still.replacement.slot]);
        this.underway = { ...still, since: "boot" };
      }
    });
  }

  /** Nodes go once what replaces them is there. */
  private finishReplacement({ nodes, replacement }: Underway): void {
    const { cluster } = this.options;
    if (replacement?.pool.slotsThatAre("ready").includes(replacement.slot) !== true) return;
    this.underway = undefined;
    for (const node of this.nodes) if (nodes.some(({ name }) => name === node.name)) cluster.removeNode(node);
  }
}

/** Pending pods that nodes on their way will not take; those nodes stay in the scheduler's picture. */
function withoutPlaceOnBooting(cluster: SimulatedCluster): readonly ClusterPod[] {
  const { scheduler } = cluster;
  const booting = cluster.pretendBooting();
  return cluster.pendingPods.filter((pod) => {
    const node = booting.find((name) => scheduler.fits(pod, name));
    return node === undefined || !scheduler.cluster.addPod(pod, node);
  });
}
