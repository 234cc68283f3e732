import type { ClusterNode } from "../../kube-scheduler/model/cluster-node.ts";
import type { ClusterPod } from "../../kube-scheduler/model/cluster-pod.ts";

/** A place for a node in a pool: what the node will be when it is made. */
export interface NodeSlot {
  readonly node: ClusterNode;
  /** DaemonSet pods that come with it. */
  readonly daemons: readonly ClusterPod[];
  readonly zone: string | undefined;
}

/** A node pool as the clock knows it. */
export interface SimulatedPool {
  readonly name: string;
  readonly minimum: number;
  readonly maximum: number;
  /** False: nobody adds or takes away nodes. */
  readonly isScaled: boolean;
  /** Nodes that there are at the beginning. */
  readonly initial: number;
  /** In the currency of the caller; 0 where it is not known. */
  readonly pricePerNodeHour: number;
  /** As many as `maximum`, in the order in which the zones take turns. */
  readonly slots: readonly NodeSlot[];
  /** Of the machine, before reservations. */
  readonly machine: { readonly cpuMillicores: number; readonly memoryBytes: number };
}

type SlotState = "free" | "booting" | "ready";

/** Which slots of a pool hold a node. */
export class PoolState {
  readonly pool: SimulatedPool;
  private readonly states: SlotState[];
  private used = 0;

  constructor(pool: SimulatedPool) {
    this.pool = pool;
    this.states = pool.slots.map(() => "free");
  }

  /** Nodes that are there or on their way. */
  get count(): number {
    return this.used;
  }

  get room(): number {
    return Math.max(0, Math.min(this.pool.maximum, this.pool.slots.length) - this.used);
  }

  /** The slots that the next `count` nodes would take: each time in the zone with the fewest, as a scale set does. */
  nextSlots(count: number): readonly number[] {
    const { slots } = this.pool;
    const byZone = new Map<string | undefined, number>();
    const free: number[] = [];
    for (const [index, { zone }] of slots.entries()) {
      byZone.set(zone, (byZone.get(zone) ?? 0) + (this.states[index] === "free" ? 0 : 1));
      if (this.states[index] === "free") free.push(index);
    }
    const chosen: number[] = [];
    while (chosen.length < count && free.length > 0) {
      let best = 0;
      for (let candidate = 1; candidate < free.length; candidate += 1) {
        if (this.nodesIn(byZone, free[candidate]) < this.nodesIn(byZone, free[best])) best = candidate;
      }
      const [slot] = free.splice(best, 1);
      if (slot === undefined) break;
      const zone = slots[slot]?.zone;
      byZone.set(zone, (byZone.get(zone) ?? 0) + 1);
      chosen.push(slot);
    }
    return chosen;
  }

  set(slot: number, state: SlotState): void {
    const before = this.states[slot];
    if (before === undefined || before === state) return;
    if (before === "free") this.used += 1;
    if (state === "free") this.used -= 1;
    this.states[slot] = state;
  }

  slotsThatAre(state: SlotState): readonly number[] {
    return this.states.flatMap((each, index) => (each === state ? [index] : []));
  }

  private nodesIn(byZone: ReadonlyMap<string | undefined, number>, slot: number | undefined): number {
    return byZone.get(slot === undefined ? undefined : this.pool.slots[slot]?.zone) ?? 0;
  }
}
