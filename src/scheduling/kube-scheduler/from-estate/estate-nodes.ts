import { defaultOsDiskGiB } from "../../../catalog/node-defaults.ts";
import type { ClassCapacity, ClusterCapacity, PoolCapacity } from "../../cluster-capacity.ts";
import { bytesPerGiB } from "../../pod-demand.ts";
import type { PodShape } from "../../pod-shape.ts";

/** A node of a pool as a Kubernetes object, with what belongs to it. */
export interface EstateNode {
  readonly name: string;
  readonly object: object;
  /** Its CSINode, with as many Azure disks as the VM size takes. */
  readonly storage: object;
  /** DaemonSets that run on it. */
  readonly daemonSets: readonly PodShape[];
}

/** Nodes of each pool, one for each entry of its list of zones. Pools of unknown VM size have none. */
export function estateNodes(
  { pools }: ClusterCapacity,
  zones: readonly (readonly (string | undefined)[])[],
): readonly EstateNode[] {
  return pools.flatMap((pool, index) =>
    (zones[index] ?? []).flatMap((zone, position) => {
      const nodeClass = pool.classes.find((each) => each.nodeClass.zone === zone) ?? pool.classes[0];
      return nodeClass === undefined || pool.capacity === undefined ? [] : [nodeOf(pool, nodeClass, position)];
    }),
  );
}

function nodeOf(
  { pool, capacity }: PoolCapacity,
  { nodeClass, daemonSets }: ClassCapacity,
  position: number,
): EstateNode {
  const name = `${pool.name}-${position}`;
  const { vmSize, labels, taints } = nodeClass;
  const diskGiB = pool.osDisk.sizeGiB ?? defaultOsDiskGiB(vmSize?.vcpu ?? 0).value;
  const gpus = capacity?.gpus ?? 0;
  return {
    name,
    object: {
      kind: "Node",
      metadata: { name, labels: { ...labels, "kubernetes.io/hostname": name } },
      spec: { taints },
      status: {
        allocatable: {
          cpu: `${capacity?.allocatable.cpuMillicores ?? 0}m`,
          memory: capacity?.allocatable.memoryBytes ?? 0,
          pods: capacity?.allocatable.pods ?? 0,
          // The kubelet evicts when less than a tenth of the disk is free.
          "ephemeral-storage": Math.floor(diskGiB * bytesPerGiB * 0.9),
          ...(gpus > 0 ? { "nvidia.com/gpu": gpus } : {}),
        },
      },
    },
    storage: {
      kind: "CSINode",
      metadata: { name },
      spec: {
        drivers:
          vmSize?.maxDataDisks === undefined
            ? []
            : [{ name: "disk.csi.azure.com", allocatable: { count: vmSize.maxDataDisks } }],
      },
    },
    daemonSets,
  };
}
