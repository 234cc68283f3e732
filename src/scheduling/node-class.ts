import type { VmSize } from "../catalog/catalog.ts";
import type { Cluster, NodePool, Taint } from "../estate/model/cluster.ts";

/** The nodes of one pool in one zone: alike for every filter of the scheduler. */
export interface NodeClass {
  readonly cluster: string;
  readonly pool: NodePool;
  /** Undefined when the catalog does not know the size. */
  readonly vmSize: VmSize | undefined;
  /** `1`, `2`, `3`; undefined in a regional pool. */
  readonly zone: string | undefined;
  readonly labels: { readonly [key: string]: string };
  readonly taints: readonly Taint[];
  readonly operatingSystem: "linux" | "windows";
  readonly sandboxed: boolean;
}

const spotTaint: Taint = { key: "kubernetes.azure.com/scalesetpriority", value: "spot", effect: "NoSchedule" };

/** One class for each zone of the pool (one in all for a regional pool), in the order of the zones. */
export function nodeClasses(cluster: Cluster, pool: NodePool, vmSize: VmSize | undefined): readonly NodeClass[] {
  const zones = pool.zones.length === 0 ? [undefined] : pool.zones;
  const operatingSystem = pool.osSku.toLowerCase().startsWith("windows") ? "windows" : "linux";
  const hasSpotTaint = pool.taints.some((taint) => taint.key === spotTaint.key);
  return zones.map((zone) => ({
    cluster: cluster.name,
    pool,
    vmSize,
    zone,
    labels: nodeLabels(cluster, pool, vmSize, zone, operatingSystem),
    taints: pool.spot && !hasSpotTaint ? [...pool.taints, spotTaint] : pool.taints,
    operatingSystem,
    sandboxed: pool.workloadRuntime === "KataVmIsolation",
  }));
}

/**
 * Labels that AKS and the kubelet put on a node, and those of the pool. Nodes without a zone carry their fault domain
 * under the zone label; which one is not known beforehand, so all carry `0`.
 */
function nodeLabels(
  cluster: Cluster,
  pool: NodePool,
  vmSize: VmSize | undefined,
  zone: string | undefined,
  operatingSystem: string,
): { readonly [key: string]: string } {
  const zoneName = zone === undefined ? "0" : `${cluster.region}-${zone}`;
  const architecture = vmSize?.architecture ?? "amd64";
  return {
    "kubernetes.io/os": operatingSystem,
    "beta.kubernetes.io/os": operatingSystem,
    "kubernetes.io/arch": architecture,
    "beta.kubernetes.io/arch": architecture,
    "node.kubernetes.io/instance-type": pool.vmSize,
    "beta.kubernetes.io/instance-type": pool.vmSize,
    "topology.kubernetes.io/region": cluster.region,
    "topology.kubernetes.io/zone": zoneName,
    "topology.disk.csi.azure.com/zone": zone === undefined ? "" : zoneName,
    agentpool: pool.name,
    "kubernetes.azure.com/agentpool": pool.name,
    "kubernetes.azure.com/mode": pool.mode.toLowerCase(),
    "kubernetes.azure.com/role": "agent",
    "kubernetes.azure.com/os-sku": pool.osSku,
    "kubernetes.azure.com/storageprofile": pool.osDisk.type === "Ephemeral" ? "ephemeral" : "managed",
    ...(pool.spot ? { "kubernetes.azure.com/scalesetpriority": "spot" } : {}),
    ...(pool.workloadRuntime === "KataVmIsolation"
      ? { "kubernetes.azure.com/kata-vm-isolation": "true", "kubernetes.azure.com/kata-mshv-vm-isolation": "true" }
      : {}),
    ...((vmSize?.gpus ?? 0) > 0 ? { accelerator: "nvidia", "kubernetes.azure.com/accelerator": "nvidia" } : {}),
    ...pool.labels,
  };
}
