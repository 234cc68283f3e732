import type { NodeCapacity } from "../../node-capacity.ts";
import type { PodDemand } from "../../pod-demand.ts";
import type { NodeType } from "../packing-problem.ts";

/** Dimensions that every node and pod has; further ones (disks, kernel budgets) follow them. */
export const nodeDimensions = ["cpuMillicores", "memoryBytes", "pods", "gpus"] as const;

export interface NodeTypeRequest {
  readonly name: string;
  /** What the size offers after AKS's reservations, with the pool's most pods a node. */
  readonly capacity: NodeCapacity;
  /** Pods of DaemonSets, one of each on every node. */
  readonly daemonSets: readonly PodDemand[];
  /** Capacity in the dimensions beyond `nodeDimensions`, after what DaemonSets take of it. */
  readonly further?: readonly number[];
  /** Millionths of the currency an hour. */
  readonly hourlyPriceMicros: number;
  /** Most nodes, such as a quota or the nodes that are owned. */
  readonly limit?: number;
}

/** A VM size as the packing sees it: what is left for pods beside the DaemonSets. Undefined when these do not fit. */
export function nodeTypeForSize(request: NodeTypeRequest): NodeType | undefined {
  const { allocatable, gpus } = request.capacity;
  const { daemonSets, further = [], limit } = request;
  const sum = (amount: (demand: PodDemand) => number): number =>
    daemonSets.reduce((total, demand) => total + Math.ceil(amount(demand)), 0);
  const capacity = [
    Math.floor(allocatable.cpuMillicores) - sum(({ cpuMillicores }) => cpuMillicores),
    Math.floor(allocatable.memoryBytes) - sum(({ memoryBytes }) => memoryBytes),
    allocatable.pods - daemonSets.length,
    gpus - sum((demand) => demand.gpus),
    ...further,
  ];
  if (capacity.some((amount) => amount < 0)) return undefined;
  const { name, hourlyPriceMicros: price } = request;
  return { name, capacity, price, ...(limit === undefined ? {} : { limit }) };
}

/** Size of a pod in the same dimensions; fractions are rounded up, as the scheduler does. */
export function sizeOfPod(demand: PodDemand, further: readonly number[] = []): readonly number[] {
  return [Math.ceil(demand.cpuMillicores), Math.ceil(demand.memoryBytes), 1, demand.gpus, ...further];
}
