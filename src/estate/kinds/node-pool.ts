import * as z from "zod";
import { durationText, textMap } from "./field-formats.ts";

const surge = z.union([
  z.int().nonnegative(),
  z.string().regex(/^\d+%?$/, { error: "a number of nodes or a percentage, such as 33%" }),
]);

const taint = z.strictObject({
  key: z.string().min(1).describe("Key of the taint."),
  value: z.string().optional().describe("Value of the taint."),
  effect: z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"]).describe("Effect on pods that do not tolerate it."),
});

/** A node pool of a cluster, with the names of the AKS API. */
export const NodePoolSpec = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9]{0,11}$/, {
      error: "a pool name of at most 12 lower-case letters and digits, starting with a letter",
    })
    .describe("Name of the node pool: at most 12 lower-case letters and digits."),
  mode: z
    .enum(["System", "User"])
    .optional()
    .describe("System pools carry the cluster's own pods; a cluster needs one."),
  vmSize: z
    .string()
    .regex(/^(Standard|Basic)_[A-Za-z0-9_-]+$/, { error: "a size by its ARM name, such as Standard_D4s_v5" })
    .optional()
    .describe("Virtual machine size by its ARM name, such as Standard_D4s_v5."),
  zones: z.array(z.string()).optional().describe('Availability zones, such as ["1", "2", "3"]; empty: no zones.'),
  count: z.int().nonnegative().optional().describe("Fixed number of nodes; instead of autoscaling."),
  autoscaling: z
    .strictObject({
      min: z.int().nonnegative().describe("Least number of nodes."),
      max: z.int().nonnegative().describe("Greatest number of nodes."),
    })
    .optional()
    .describe("Bounds of the cluster autoscaler; instead of count."),
  maxPods: z.int().min(10).max(250).optional().describe("Greatest number of pods on one node, 10 to 250."),
  osSku: z.string().min(1).optional().describe("Operating system, such as AzureLinux or Ubuntu."),
  osDisk: z
    .strictObject({
      type: z
        .enum(["Ephemeral", "Managed"])
        .optional()
        .describe("Ephemeral: on the host, free; Managed: a priced disk."),
      sizeGiB: z.int().positive().optional().describe("Size of the disk in GiB."),
    })
    .optional()
    .describe("Operating system disk of each node."),
  subnet: z.string().min(1).optional().describe("Subnet of the cluster's network that the nodes are in."),
  podSubnet: z.string().min(1).optional().describe("Subnet of the pods under azurePodSubnet."),
  kubernetesVersion: z
    .string()
    .regex(/^1\.[1-9]\d(\.\d+)?$/, { error: 'a Kubernetes version in quotes, such as "1.34"' })
    .optional()
    .describe("Kubernetes version of the nodes; that of the cluster when left out."),
  hostEncryption: z.boolean().optional().describe("True when the host encrypts disks and caches of the nodes."),
  labels: textMap.optional().describe("Labels on each node of the pool."),
  taints: z.array(taint).optional().describe("Taints on each node of the pool."),
  spot: z.boolean().optional().describe("True for spot capacity, which Azure may take back at any time."),
  spotMaxPrice: z.number().optional().describe("Highest spot price an hour in US dollars; -1: up to the list price."),
  workloadRuntime: z
    .enum(["OCIContainer", "KataVmIsolation", "WasmWasi"])
    .optional()
    .describe("Runtime of the pods; KataVmIsolation runs each pod in a virtual machine of its own."),
  upgrade: z
    .strictObject({
      maxSurge: surge.optional().describe("Extra nodes during an upgrade: a number or a percentage."),
      drainTimeout: durationText.optional().describe("Longest wait for a node to drain, as a duration."),
      maxUnavailable: surge.optional().describe("Nodes that may be missing during an upgrade, instead of extra ones."),
      undrainableNodeBehavior: z
        .enum(["Schedule", "Cordon"])
        .optional()
        .describe("What becomes of a node that cannot be drained: Schedule deletes it, Cordon sets it aside."),
      soakDuration: durationText.optional().describe("Wait after each upgraded node, as a duration."),
    })
    .optional()
    .describe("How nodes are upgraded."),
  linux: z
    .strictObject({
      podMaxPids: z.int().optional().describe("Greatest number of processes of one pod; -1: no limit."),
      sysctls: z
        .record(z.string(), z.union([z.number(), z.string()]))
        .optional()
        .describe("Kernel settings by name, such as fs.inotify.max_user_watches."),
      containerLogMaxSizeMiB: z
        .int()
        .positive()
        .optional()
        .describe("Size at which a container's log file is rotated."),
      containerLogMaxFiles: z.int().min(2).optional().describe("Log files kept of one container."),
      allowedUnsafeSysctls: z
        .array(z.string().min(1))
        .optional()
        .describe(
          "Kernel settings that pods may change although they reach beyond the pod, such as net.core.somaxconn.",
        ),
    })
    .optional()
    .describe("Kubelet and kernel settings of each node."),
});
export type NodePoolSpec = z.infer<typeof NodePoolSpec>;
