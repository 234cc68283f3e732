import { type ClusterContext, emptyContext, labelsOfNamespace } from "../model/cluster-context.ts";
import type { ClusterNode } from "../model/cluster-node.ts";
import type { ClusterPod } from "../model/cluster-pod.ts";
import { emptyVolumes, type VolumeObjects } from "../volumes/volume-objects.ts";
import { VolumeState } from "../volumes/volume-state.ts";
import { NodeTable } from "./node-table.ts";
import { PodCounts } from "./pod-counts.ts";

/** A pod and the slot of the node that it runs on. */
export interface PlacedPod {
  readonly pod: ClusterPod;
  readonly slot: number;
  /** Rises in the order in which pods came; a pod that a rollback puts back has the place that it had. */
  readonly sequence: number;
}

/** A moment that the state can go back to. */
export interface Checkpoint {
  readonly position: number;
}

/** What a cluster state starts from besides nodes and pods. */
export interface ClusterStateOptions {
  readonly context?: ClusterContext;
  readonly volumes?: VolumeObjects;
  readonly hardPodAffinityWeight?: number;
}

/**
 * Nodes and the pods on them, with every count that scheduling reads kept up to date: what a change costs depends on
 * what changed, not on the size of the cluster. `checkpoint` and `rollback` undo any changes at the same price, which
 * is how failures are tried out.
 */
export class ClusterState {
  readonly nodes = new NodeTable();
  readonly counts: PodCounts;
  readonly volumes: VolumeState;
  readonly context: ClusterContext;
  private readonly placed = new Map<string, PlacedPod>();
  private readonly podsBySlot = new Map<number, Map<string, PlacedPod>>();
  private readonly undoSteps: (() => void)[] = [];
  private openCheckpoints = 0;
  private nextSequence = 0;

  constructor({ context = emptyContext, volumes = emptyVolumes, hardPodAffinityWeight = 1 }: ClusterStateOptions = {}) {
    this.context = context;
    this.counts = new PodCounts(
      (key) => this.nodes.topology(key),
      (namespace) => labelsOfNamespace(context, namespace),
      hardPodAffinityWeight,
    );
    this.volumes = new VolumeState(volumes, (undo) => this.note(undo));
  }

  /** Adds a node without pods; false when one of that name is there. */
  addNode(node: ClusterNode): boolean {
    if (this.nodes.slotOf(node.name) !== undefined) return false;
    const slot = this.insertNode(node);
    this.note(() => this.deleteNode(slot));
    return true;
  }

  /** Removes a node and the pods on it, which are returned in the order in which they came; none when there is no such node. */
  removeNode(name: string): readonly ClusterPod[] {
    const slot = this.nodes.slotOf(name);
    const node = slot === undefined ? undefined : this.nodes.nodeAt(slot);
    if (slot === undefined || node === undefined) return [];
    const pods = this.podsAt(slot).map(({ pod }) => pod);
    for (const { id } of pods) this.removePod(id);
    const sequence = this.nodes.orderOf(slot);
    this.deleteNode(slot);
    this.note(() => void this.insertNode(node, sequence));
    return pods;
  }

  /**
   * Places a pod on a node without asking whether it fits, and binds its waiting claims there. False when there is no
   * such node, or a pod of that id is placed.
   */
  addPod(pod: ClusterPod, nodeName: string): boolean {
    const slot = this.nodes.slotOf(nodeName);
    if (slot === undefined || this.placed.has(pod.id)) return false;
    this.place(pod, slot);
    return true;
  }

  /** Takes a pod off its node; returns it, or undefined when it is not placed. Its claims stay bound. */
  removePod(id: string): ClusterPod | undefined {
    const placed = this.placed.get(id);
    if (placed === undefined) return undefined;
    this.displace(placed);
    return placed.pod;
  }

  /** The name of the node that a pod runs on. */
  nodeOf(podId: string): string | undefined {
    const placed = this.placed.get(podId);
    return placed === undefined ? undefined : this.nodes.nameAt(placed.slot);
  }

  /** Every placed pod with its node, in the order in which they came. */
  pods(): readonly { readonly pod: ClusterPod; readonly node: string }[] {
    return inOrder(this.placed.values()).map(({ pod, slot }) => ({ pod, node: this.nodes.nameAt(slot) }));
  }

  /** Nodes in the order in which they came. */
  nodeList(): readonly ClusterNode[] {
    return this.nodes.slotsInOrder().flatMap((slot) => this.nodes.nodeAt(slot) ?? []);
  }

  /** Pods on a node in the order in which they came. */
  podsAt(slot: number): readonly PlacedPod[] {
    return inOrder(this.podsBySlot.get(slot)?.values() ?? []);
  }

  /** Marks the moment; changes from here on can be undone. Every checkpoint is given to `rollback` or `keep` once, the latest first. */
  checkpoint(): Checkpoint {
    this.openCheckpoints += 1;
    return { position: this.undoSteps.length };
  }

  /** Undoes everything since the checkpoint. */
  rollback({ position }: Checkpoint): void {
    const steps = this.undoSteps.splice(position);
    const open = this.openCheckpoints - 1;
    // While undoing nothing is noted down.
    this.openCheckpoints = 0;
    for (const undo of steps.reverse()) undo();
    this.openCheckpoints = open;
  }

  /** Lets the changes since the checkpoint stand. */
  keep(_checkpoint: Checkpoint): void {
    this.openCheckpoints -= 1;
    if (this.openCheckpoints === 0) this.undoSteps.length = 0;
  }

  private place(pod: ClusterPod, slot: number, sequence = this.nextSequence++): void {
    const { template } = pod;
    const placed: PlacedPod = { pod, slot, sequence };
    this.placed.set(pod.id, placed);
    const onNode = this.podsBySlot.get(slot);
    if (onNode === undefined) this.podsBySlot.set(slot, new Map([[pod.id, placed]]));
    else onNode.set(pod.id, placed);
    this.nodes.resources.count(slot, template.requests, template.hostPorts, 1);
    this.counts.countPod(pod, slot, 1);
    if (template.claims.length > 0) this.volumes.attach(pod, slot, this.nodes.nodeAt(slot));
    this.note(() => this.displace(placed));
  }

  private displace(placed: PlacedPod): void {
    const { pod, slot, sequence } = placed;
    this.placed.delete(pod.id);
    this.podsBySlot.get(slot)?.delete(pod.id);
    this.nodes.resources.count(slot, pod.template.requests, pod.template.hostPorts, -1);
    this.counts.countPod(pod, slot, -1);
    if (pod.template.claims.length > 0) this.volumes.detach(pod, slot);
    this.note(() => this.place(pod, slot, sequence));
  }

  private insertNode(node: ClusterNode, sequence?: number): number {
    const slot = this.nodes.add(node, sequence);
    this.counts.countNode(slot, 1);
    return slot;
  }

  private deleteNode(slot: number): void {
    this.counts.countNode(slot, -1);
    this.nodes.remove(slot);
  }

  private note(undo: () => void): void {
    if (this.openCheckpoints > 0) this.undoSteps.push(undo);
  }
}

function inOrder(pods: Iterable<PlacedPod>): PlacedPod[] {
  return [...pods].sort((left, right) => left.sequence - right.sequence);
}
