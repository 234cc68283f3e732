import type { Catalog, VmSize } from "../catalog/catalog.ts";
import { factReason } from "../catalog/fact.ts";
import type { Reason } from "../estate/figures/figure.ts";
import type { Cluster, NodePool } from "../estate/model/cluster.ts";
import type { Allocatable } from "./placement.ts";
import { bytesPerGiB, bytesPerMiB } from "./pod-demand.ts";

/** What a node of a pool offers. */
export interface NodeCapacity {
  /** After AKS reservations, eviction threshold and the daemons that AKS runs on every node. */
  readonly allocatable: Allocatable;
  readonly overhead: { readonly cpuMillicores: number; readonly memoryBytes: number };
  readonly gpus: number;
  readonly reasons: readonly Reason[];
}

/** Requests of the daemons that AKS runs on every node of a cluster, summed. */
export interface PlatformDaemons {
  readonly cpuMillicores: number;
  readonly memoryBytes: number;
  readonly pods: number;
  readonly reason: Reason | undefined;
}

/**
 * VM size - kube-reserved - eviction threshold - platform daemons. Memory is nominal: what firmware and kernel take
 * (2 to 5 %) is not published by size and not subtracted.
 */
export function nodeCapacity(
  cluster: Cluster,
  pool: NodePool,
  size: VmSize,
  daemons: PlatformDaemons,
  catalog: Catalog,
): NodeCapacity {
  const reserved = catalog.nodeReservation(cluster.kubernetesVersion, size.vcpu, size.memoryGiB, pool.maxPods);
  const cpuTotal = size.vcpu * 1000;
  const memoryTotal = Math.floor(size.memoryGiB * bytesPerGiB);
  const cpuOverhead = Math.min(cpuTotal, reserved.cpuMillicores.value + daemons.cpuMillicores);
  const memoryOverhead = Math.min(
    memoryTotal,
    reserved.memoryBytes.value + reserved.evictionThresholdBytes.value + daemons.memoryBytes,
  );
  return {
    allocatable: {
      cpuMillicores: cpuTotal - cpuOverhead,
      memoryBytes: memoryTotal - memoryOverhead,
      pods: Math.max(0, pool.maxPods - daemons.pods),
    },
    overhead: { cpuMillicores: cpuOverhead, memoryBytes: memoryOverhead },
    gpus: Math.floor(size.gpus),
    reasons: [
      {
        kind: "formula",
        text: `allocatable = ${size.vcpu} vCPU - ${cpuOverhead}m = ${cpuTotal - cpuOverhead}m CPU; ${size.memoryGiB} GiB - ${mib(memoryOverhead)} MiB = ${mib(memoryTotal - memoryOverhead)} MiB memory; ${pool.maxPods} - ${daemons.pods} pods`,
      },
      sizeReason(size),
      factReason(reserved.cpuMillicores),
      factReason(reserved.memoryBytes),
      factReason(reserved.evictionThresholdBytes),
      ...(daemons.reason === undefined ? [] : [daemons.reason]),
    ],
  };
}

function sizeReason(size: VmSize): Reason {
  return {
    kind: "fact",
    name: size.name,
    value: `${size.vcpu} vCPU, ${size.memoryGiB} GiB`,
    source: size.source,
    asOf: size.asOf,
    verified: !size.unverified.includes("vcpu") && !size.unverified.includes("memoryGiB"),
  };
}

function mib(value: number): number {
  return Math.round(value / bytesPerMiB);
}
