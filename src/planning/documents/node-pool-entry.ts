import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { NodePool } from "../../estate/model/cluster.ts";
import { goDuration } from "./go-duration.ts";

/** A pool as an entry of `Cluster.spec.nodePools`: it is read again as the same pool. */
export function nodePoolEntry(pool: NodePool): JsonObject {
  const { minimumNodes: min, maximumNodes: max } = pool;
  return stated({
    name: pool.name,
    mode: pool.mode,
    vmSize: pool.vmSize,
    zones: pool.zones,
    ...(!pool.countDeclared ? {} : pool.autoscaling ? { autoscaling: { min, max } } : { count: min }),
    maxPods: pool.maxPods,
    osSku: pool.osSku,
    osDisk: stated({ type: pool.osDisk.type, sizeGiB: pool.osDisk.sizeGiB }),
    workloadRuntime: pool.workloadRuntime === "OCIContainer" ? undefined : pool.workloadRuntime,
    spot: pool.spot ? true : undefined,
    spotMaxPrice: pool.spotMaxPrice,
    subnet: pool.subnet,
    podSubnet: pool.podSubnet,
    kubernetesVersion: pool.kubernetesVersion,
    hostEncryption: pool.hostEncryption,
    labels: filled(pool.labels),
    taints: pool.taints.length === 0 ? undefined : pool.taints.map(taintEntry),
    upgrade: filled(upgradeEntry(pool.upgrade)),
    linux: filled(linuxEntry(pool.linux)),
  });
}

/** In the order in which people write it. */
function taintEntry({ key, value, effect }: NodePool["taints"][number]): JsonObject {
  return stated({ key, value, effect });
}

function upgradeEntry({ drainTimeoutSeconds, soakDurationSeconds, ...others }: NodePool["upgrade"]): JsonObject {
  const { maxSurge, maxUnavailable, undrainableNodeBehavior } = others;
  return stated({
    maxSurge,
    maxUnavailable,
    drainTimeout: drainTimeoutSeconds === undefined ? undefined : goDuration(drainTimeoutSeconds),
    soakDuration: soakDurationSeconds === undefined ? undefined : goDuration(soakDurationSeconds),
    undrainableNodeBehavior,
  });
}

function linuxEntry({ sysctls, ...others }: NodePool["linux"]): JsonObject {
  return stated({ ...others, sysctls: filled(sysctls) });
}

function filled(value: JsonObject): JsonObject | undefined {
  return Object.keys(value).length === 0 ? undefined : value;
}

function stated(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined));
}
