import type { ClusterNode } from "../../kube-scheduler/model/cluster-node.ts";
import type { ClusterPod } from "../../kube-scheduler/model/cluster-pod.ts";
import type { ReplayCluster } from "../replay-cluster.ts";
import type { Aftermath } from "./aftermath.ts";
import type { CapacityLeft } from "./failure-outcome.ts";

/** Sums over nodes: what they offer and what their pods asked for. */
interface Sums {
  readonly cpuMillicores: number;
  readonly memoryBytes: number;
  readonly pods: number;
}

interface Loss {
  readonly nodes: number;
  readonly allocatable: Sums;
  readonly requested: Sums;
}

const nothing: Sums = { cpuMillicores: 0, memoryBytes: 0, pods: 0 };

/** Adds the cluster up once, so that each failure costs only what it touches. */
export class CapacityMeter {
  private readonly cluster: ReplayCluster;
  private readonly whole: Loss;

  constructor(cluster: ReplayCluster) {
    this.cluster = cluster;
    const state = cluster.scheduler.cluster;
    this.whole = {
      nodes: state.nodes.count,
      allocatable: sumOf(state.nodeList().map(offerOf)),
      requested: sumOf(state.pods().map(({ pod }) => requestOf(pod))),
    };
  }

  /** What goes with nodes that are still there. */
  lossOf(names: readonly string[]): Loss {
    const { nodes, podsAt } = this.reach();
    const slots = names.flatMap((name) => nodes.slotOf(name) ?? []);
    return {
      nodes: slots.length,
      allocatable: sumOf(slots.flatMap((slot) => nodes.nodeAt(slot) ?? []).map(offerOf)),
      requested: sumOf(slots.flatMap((slot) => podsAt(slot)).map(requestOf)),
    };
  }

  /** What is left after a loss once everything that fits runs again. */
  leftAfter(loss: Loss, { displaced, relieved, pending }: Aftermath): CapacityLeft {
    const back = difference(sumOf([...displaced, ...relieved].map(requestOf)), sumOf(pending.map(requestOf)));
    const allocatable = difference(this.whole.allocatable, loss.allocatable);
    const requested = sumOf([difference(this.whole.requested, loss.requested), back]);
    const free = difference(allocatable, requested);
    return {
      nodes: this.whole.nodes - loss.nodes,
      cpuMillicores: { allocatable: allocatable.cpuMillicores, free: free.cpuMillicores },
      memoryBytes: { allocatable: allocatable.memoryBytes, free: free.memoryBytes },
      pods: { allocatable: allocatable.pods, free: free.pods },
    };
  }

  private reach() {
    const state = this.cluster.scheduler.cluster;
    return { nodes: state.nodes, podsAt: (slot: number) => state.podsAt(slot).map(({ pod }) => pod) };
  }
}

function offerOf({ allocatable }: ClusterNode): Sums {
  return {
    cpuMillicores: allocatable.cpu ?? 0,
    memoryBytes: allocatable.memory ?? 0,
    pods: allocatable.pods ?? 0,
  };
}

function requestOf({ template }: ClusterPod): Sums {
  const { cpu = 0, memory = 0 } = template.requests.real;
  return { cpuMillicores: cpu, memoryBytes: memory, pods: 1 };
}

function sumOf(parts: readonly Sums[]): Sums {
  return parts.reduce(
    (sum, each) => ({
      cpuMillicores: sum.cpuMillicores + each.cpuMillicores,
      memoryBytes: sum.memoryBytes + each.memoryBytes,
      pods: sum.pods + each.pods,
    }),
    nothing,
  );
}

function difference(left: Sums, right: Sums): Sums {
  return {
    cpuMillicores: left.cpuMillicores - right.cpuMillicores,
    memoryBytes: left.memoryBytes - right.memoryBytes,
    pods: left.pods - right.pods,
  };
}
