import type { NodePool } from "../../../estate/model/cluster.ts";
import type { LooseObject } from "./graph-draft.ts";
import type { ResourceReference } from "./resource-graph.ts";

/** ARM properties of a node pool. `count` under an autoscaler is for creation only. */
export function nodePoolProperties(
  pool: NodePool,
  subnets: { readonly nodes: ResourceReference | undefined; readonly pods: ResourceReference | undefined },
): LooseObject {
  const isSpot = pool.spot;
  return {
    mode: pool.mode,
    type: "VirtualMachineScaleSets",
    vmSize: pool.vmSize,
    osType: "Linux",
    osSKU: pool.osSku,
    osDiskType: pool.osDisk.type,
    osDiskSizeGB: pool.osDisk.sizeGiB,
    availabilityZones: pool.zones.length === 0 ? undefined : pool.zones.toSorted(),
    orchestratorVersion: pool.kubernetesVersion,
    enableAutoScaling: pool.autoscaling,
    count: pool.autoscaling ? Math.max(pool.minimumNodes, pool.mode === "System" ? 1 : 0) : pool.minimumNodes,
    minCount: pool.autoscaling ? pool.minimumNodes : undefined,
    maxCount: pool.autoscaling ? pool.maximumNodes : undefined,
    maxPods: pool.maxPods,
    nodeLabels: Object.keys(pool.labels).length === 0 ? undefined : pool.labels,
    nodeTaints: taintTexts(pool),
    enableEncryptionAtHost: pool.hostEncryption,
    scaleSetPriority: isSpot ? "Spot" : undefined,
    scaleSetEvictionPolicy: isSpot ? "Delete" : undefined,
    spotMaxPrice: isSpot ? (pool.spotMaxPrice ?? -1) : undefined,
    workloadRuntime: pool.workloadRuntime === "OCIContainer" ? undefined : pool.workloadRuntime,
    vnetSubnetID: subnets.nodes,
    podSubnetID: subnets.pods,
    upgradeSettings: isSpot ? undefined : upgradeSettings(pool),
    kubeletConfig: kubeletConfig(pool),
    linuxOSConfig: linuxConfig(pool),
  };
}

function taintTexts({ taints }: NodePool): readonly string[] | undefined {
  if (taints.length === 0) return undefined;
  return taints.map(({ key, value, effect }) =>
    value === undefined ? `${key}:${effect}` : `${key}=${value}:${effect}`,
  );
}

function upgradeSettings({ upgrade, mode }: NodePool): LooseObject {
  const { maxSurge, maxUnavailable, drainTimeoutSeconds, soakDurationSeconds, undrainableNodeBehavior } = upgrade;
  return {
    maxSurge: maxSurge ?? "10%",
    // AKS takes it for user pools only.
    maxUnavailable: mode === "User" ? maxUnavailable : undefined,
    drainTimeoutInMinutes: drainTimeoutSeconds === undefined ? 30 : Math.ceil(drainTimeoutSeconds / 60),
    nodeSoakDurationInMinutes: soakDurationSeconds === undefined ? 0 : Math.ceil(soakDurationSeconds / 60),
    undrainableNodeBehavior,
  };
}

function kubeletConfig({ linux }: NodePool): LooseObject | undefined {
  const config: LooseObject = {
    podMaxPids: linux.podMaxPids,
    containerLogMaxSizeMB: linux.containerLogMaxSizeMiB,
    containerLogMaxFiles: linux.containerLogMaxFiles,
    allowedUnsafeSysctls: linux.allowedUnsafeSysctls,
  };
  return Object.values(config).every((value) => value === undefined) ? undefined : config;
}

function linuxConfig({ linux }: NodePool): LooseObject | undefined {
  const sysctls = Object.entries(linux.sysctls);
  if (sysctls.length === 0) return undefined;
  return { sysctls: Object.fromEntries(sysctls.map(([name, value]) => [sysctlField(name), sysctlValue(name, value)])) };
}

/** `fs.inotify.max_user_watches` is `fsInotifyMaxUserWatches`. */
function sysctlField(name: string): string {
  return name.replaceAll(/[._]([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function sysctlValue(name: string, value: number | string): number | string | boolean {
  if (name === "net.ipv4.tcp_tw_reuse") return String(value) === "1" || String(value) === "true";
  if (name === "net.ipv4.ip_local_port_range") return String(value);
  return typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
}
