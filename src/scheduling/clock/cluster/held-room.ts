import type { ClusterPod } from "../../kube-scheduler/model/cluster-pod.ts";
import type { SimulatedPool } from "./simulated-pool.ts";

/**
 * What pods take of the nodes that they are on, in money: the price of the node times the larger of their shares of its
 * allocatable CPU and memory, by requests. It says what a workload costs where the nodes are there anyway.
 */
export class HeldRoom {
  private readonly held = new Map<string, number>();
  private total = 0;

  get costPerHour(): number {
    return this.total;
  }

  hold({ id, template }: ClusterPod, { slots, pricePerNodeHour }: SimulatedPool, slot: number): void {
    const allocatable = slots[slot]?.node.allocatable ?? {};
    const share = (resource: string) => {
      const most = allocatable[resource] ?? 0;
      return most > 0 ? (template.requests.real[resource] ?? 0) / most : 0;
    };
    const cost = Math.max(share("cpu"), share("memory")) * pricePerNodeHour;
    this.release(id);
    this.held.set(id, cost);
    this.total += cost;
  }

  release(podId: string): void {
    this.total -= this.held.get(podId) ?? 0;
    this.held.delete(podId);
    // Sums of binary fractions drift; nothing held costs exactly nothing.
    if (this.held.size === 0) this.total = 0;
  }
}
