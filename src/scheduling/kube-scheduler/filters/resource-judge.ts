import type { HostPort } from "../model/host-port.ts";
import type { PodRequests } from "../model/pod-requests.ts";
import { passes, type Verdict, verdictOf } from "../plugins.ts";
import type { SchedulerVersion } from "../scheduler-version.ts";
import { lastBuiltInIndex, type NodeResources, type ResourceColumn } from "../state/node-resources.ts";

const portTaken = verdictOf("NodePorts");
const tooLittle = verdictOf("NodeResourcesFit");

/** One resource that a node has too little of. */
export interface Shortage {
  /** `pods` for the number of pods. */
  readonly resource: string;
  readonly requested: number;
  readonly free: number;
  readonly allocatable: number;
}

interface Comparison {
  readonly column: ResourceColumn;
  readonly request: number;
}

/** NodePorts and NodeResourcesFit for pods that ask for the same. */
export class ResourceJudge {
  private readonly resources: NodeResources;
  private readonly ports: readonly HostPort[];
  private readonly comparisons: readonly Comparison[];

  constructor(requests: PodRequests, ports: readonly HostPort[], resources: NodeResources, version: SchedulerVersion) {
    this.resources = resources;
    this.ports = ports;
    this.comparisons = comparisonsOf(requests, resources, version);
  }

  judge(slot: number): Verdict {
    const { resources, comparisons } = this;
    if (this.ports.length > 0 && resources.portConflict(slot, this.ports)) return portTaken;
    if ((resources.podCount[slot] ?? 0) + 1 > (resources.allowedPods[slot] ?? 0)) return tooLittle;
    for (let index = 0; index < comparisons.length; index += 1) {
      const entry = comparisons[index];
      if (entry !== undefined && entry.request > freeOf(entry.column, slot)) return tooLittle;
    }
    return passes;
  }

  /** Everything the node has too little of. */
  shortages(slot: number): readonly Shortage[] {
    const { resources } = this;
    const pods = resources.podCount[slot] ?? 0;
    const allowed = resources.allowedPods[slot] ?? 0;
    const ofPods =
      pods + 1 > allowed ? [{ resource: "pods", requested: 1, free: allowed - pods, allocatable: allowed }] : [];
    const ofResources = this.comparisons.flatMap(({ column, request }) => {
      const free = freeOf(column, slot);
      if (request <= free) return [];
      return [{ resource: column.name, requested: request, free, allocatable: column.allocatable[slot] ?? 0 }];
    });
    return [...ofPods, ...ofResources];
  }
}

function freeOf({ allocatable, requested }: ResourceColumn, slot: number): number {
  return (allocatable[slot] ?? 0) - (requested[slot] ?? 0);
}

/** Up to 1.27 a pod that asks for anything is compared on cpu, memory and ephemeral storage, even where it asks for none. */
function comparisonsOf(
  { real }: PodRequests,
  resources: NodeResources,
  version: SchedulerVersion,
): readonly Comparison[] {
  const names = Object.keys(real);
  const asksNothing = names.every((name) => real[name] === 0 && isBuiltIn(resources.index(name)));
  if (asksNothing) return [];
  const asked = names.filter((name) => (real[name] ?? 0) > 0);
  const compared = version.comparesUnaskedResources
    ? [...new Set(["cpu", "memory", "ephemeral-storage", ...asked])]
    : asked;
  return compared
    .map((name) => ({ index: resources.index(name), request: real[name] ?? 0 }))
    .toSorted((left, right) => left.index - right.index)
    .flatMap(({ index, request }) => {
      const column = resources.columns[index];
      return column === undefined ? [] : [{ column, request }];
    });
}

function isBuiltIn(index: number): boolean {
  return index <= lastBuiltInIndex;
}
