import type { NonZeroRequests, PodRequests } from "../model/pod-requests.ts";
import { maximumNodeScore } from "../plugins.ts";
import type { SchedulerProfile, ScoringStrategy } from "../scheduler-profile.ts";
import type { NodeResources, ResourceColumn } from "../state/node-resources.ts";

interface ScoredResource {
  readonly column: ResourceColumn;
  /** What placed pods count with: defaults filled in for cpu and memory, real for the others. */
  readonly requestedBefore: (slot: number) => number;
  readonly request: number;
  readonly weight: number;
}

/** NodeResourcesFit's score of a node: 0 to 100. Integer arithmetic as in `noderesources/{least,most}_allocated.go`. */
export class AllocationScore {
  private readonly scored: readonly ScoredResource[];
  private readonly strategy: ScoringStrategy;

  constructor(requests: PodRequests, strategy: ScoringStrategy, resources: NodeResources) {
    this.strategy = strategy;
    this.scored = strategy.resources.flatMap(({ name, weight }) => {
      const request = scoredRequest(requests, name);
      const column = resources.columns[resources.index(name)];
      // An extended resource that the pod does not ask for says nothing about where it should go.
      if (column === undefined || (request === 0 && isExtended(name))) return [];
      return [{ column, requestedBefore: requestedBefore(name, column, resources), request, weight }];
    });
  }

  score(slot: number): number {
    const { scored, strategy } = this;
    let sum = 0;
    let weights = 0;
    for (let index = 0; index < scored.length; index += 1) {
      const each = scored[index];
      if (each === undefined) continue;
      const allocatable = each.column.allocatable[slot] ?? 0;
      if (allocatable === 0) continue;
      const part = resourceScore(strategy, each.requestedBefore(slot) + each.request, allocatable);
      // Only this strategy leaves resources that score nothing out of the mean.
      if (strategy.type === "RequestedToCapacityRatio" && part === 0) continue;
      sum += part * each.weight;
      weights += each.weight;
    }
    if (weights === 0) return 0;
    return strategy.type === "RequestedToCapacityRatio" ? Math.round(sum / weights) : Math.floor(sum / weights);
  }
}

function resourceScore(strategy: ScoringStrategy, requested: number, allocatable: number): number {
  switch (strategy.type) {
    case "LeastAllocated":
      return requested > allocatable ? 0 : Math.floor(((allocatable - requested) * maximumNodeScore) / allocatable);
    case "MostAllocated":
      return Math.floor((Math.min(requested, allocatable) * maximumNodeScore) / allocatable);
    case "RequestedToCapacityRatio": {
      const utilization = requested > allocatable ? 100 : Math.floor((requested * 100) / allocatable);
      return brokenLine(strategy.shape, utilization);
    }
  }
}

/** Points score 0 to 10 in the configuration and 0 to 100 here; between them integer division as in `helper/shape_score.go`. */
function brokenLine(points: readonly { readonly utilization: number; readonly score: number }[], at: number): number {
  for (const [index, { utilization, score }] of points.entries()) {
    if (at > utilization) continue;
    const before = points[index - 1];
    if (before === undefined) return score * 10;
    const rise = (score - before.score) * 10 * (at - before.utilization);
    return before.score * 10 + Math.trunc(rise / (utilization - before.utilization));
  }
  return (points.at(-1)?.score ?? 0) * 10;
}

/** NodeResourcesBalancedAllocation's score of a node: how alike the fractions in use are. Doubles as upstream. */
export class BalanceScore {
  private readonly scored: readonly { readonly column: ResourceColumn; readonly request: number }[];

  constructor(requests: PodRequests, names: readonly string[], resources: NodeResources) {
    this.scored = names.flatMap((name) => {
      const request = requests.scoredReal[name] ?? 0;
      const column = resources.columns[resources.index(name)];
      return column === undefined || (request === 0 && isExtended(name)) ? [] : [{ column, request }];
    });
  }

  score(slot: number): number {
    const { scored } = this;
    let count = 0;
    let sum = 0;
    let first = 0;
    let last = 0;
    for (let index = 0; index < scored.length; index += 1) {
      const each = scored[index];
      const allocatable = each?.column.allocatable[slot] ?? 0;
      if (each === undefined || allocatable === 0) continue;
      last = Math.min(1, ((each.column.requested[slot] ?? 0) + each.request) / allocatable);
      if (count === 0) first = last;
      sum += last;
      count += 1;
    }
    if (count > 2) return Math.trunc((1 - this.deviation(slot, sum / count, count)) * maximumNodeScore);
    const deviation = count === 2 ? Math.abs((first - last) / 2) : 0;
    return Math.trunc((1 - deviation) * maximumNodeScore);
  }

  private deviation(slot: number, mean: number, count: number): number {
    let squares = 0;
    for (const { column, request } of this.scored) {
      const allocatable = column.allocatable[slot] ?? 0;
      if (allocatable === 0) continue;
      squares += (Math.min(1, ((column.requested[slot] ?? 0) + request) / allocatable) - mean) ** 2;
    }
    return Math.sqrt(squares / count);
  }
}

/** True when a pod asks for none of the resources that balance is scored by. */
export function asksNoneOf(requests: PodRequests, { balancedResources }: SchedulerProfile): boolean {
  return balancedResources.every((name) => (requests.real[name] ?? 0) === 0);
}

function scoredRequest({ scoredReal, scoredNonZero }: PodRequests, name: string): number {
  return nonZeroOf(scoredNonZero, name) ?? scoredReal[name] ?? 0;
}

function nonZeroOf(requests: NonZeroRequests, name: string): number | undefined {
  if (name === "cpu") return requests.cpuMillicores;
  return name === "memory" ? requests.memoryBytes : undefined;
}

function requestedBefore(name: string, column: ResourceColumn, resources: NodeResources): (slot: number) => number {
  if (name === "cpu") return (slot) => resources.nonZeroCpu[slot] ?? 0;
  if (name === "memory") return (slot) => resources.nonZeroMemory[slot] ?? 0;
  return (slot) => column.requested[slot] ?? 0;
}

function isExtended(name: string): boolean {
  return name !== "cpu" && name !== "memory" && name !== "ephemeral-storage";
}
