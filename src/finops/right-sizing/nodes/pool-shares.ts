import type { PoolPlacement } from "../../../scheduling/placement.ts";
import type { PackedEstate } from "./packed-cluster.ts";

/** What all pods of a pool's nodes ask for, in millicores and bytes. */
export function askedOf({ nodes }: PoolPlacement): { readonly cpu: number; readonly memory: number } {
  return {
    cpu: nodes.reduce((sum, { requested }) => sum + requested.cpuMillicores, 0),
    memory: nodes.reduce((sum, { requested }) => sum + requested.memoryBytes, 0),
  };
}

/** GiB that the pods ask for with a vCPU; undefined where they ask for no CPU. */
export function askedRatio(placed: PoolPlacement): number | undefined {
  const { cpu, memory } = askedOf(placed);
  return cpu === 0 ? undefined : memory / 2 ** 30 / (cpu / 1000);
}

/** What DaemonSets of the estate ask for on the nodes of a pool. */
export function daemonSetsOf({ estate }: PackedEstate, { cluster, nodes }: PoolPlacement) {
  const daemons = new Map(
    estate.workloads
      .filter((each) => each.cluster === cluster && each.run === "perNode")
      .map(({ id, podRequests }) => [id, podRequests]),
  );
  let cpu = 0;
  let memory = 0;
  for (const { pods } of nodes) {
    for (const { workload } of pods) {
      cpu += daemons.get(workload)?.cpuMillicores ?? 0;
      memory += daemons.get(workload)?.memoryBytes ?? 0;
    }
  }
  return { cpu, memory };
}

/** Largest share of a pool's pods on one node, DaemonSets apart. */
export function blastRadiusOf({ estate }: PackedEstate, { cluster, nodes }: PoolPlacement): number {
  const daemons = new Set(
    estate.workloads.filter((each) => each.cluster === cluster && each.run === "perNode").map(({ id }) => id),
  );
  const counts = nodes.map(({ pods }) => pods.filter(({ workload }) => !daemons.has(workload)).length);
  const all = counts.reduce((sum, count) => sum + count, 0);
  return all === 0 ? (nodes.length === 0 ? 0 : 1 / nodes.length) : Math.max(...counts) / all;
}
