/** What one kernel, and the disk under it, shares out among the pods of a node. */
export const kernelDimensions = {
  pids: { unit: "threads", label: "processes and threads" },
  inotifyInstances: { unit: "instances", label: "inotify instances a user" },
  inotifyWatches: { unit: "watches", label: "inotify watches a user" },
  openFiles: { unit: "files", label: "open files" },
  conntrack: { unit: "connections", label: "tracked connections" },
  ephemeralPorts: { unit: "ports", label: "host-network ports" },
  ephemeralStorage: { unit: "bytes", label: "ephemeral storage" },
  diskIops: { unit: "operations/s", label: "operations on the OS disk" },
} as const satisfies { readonly [name: string]: { readonly unit: string; readonly label: string } };

export type KernelDimension = keyof typeof kernelDimensions;

export const kernelDimensionNames = Object.keys(kernelDimensions) as readonly KernelDimension[];

/** One value for each dimension. */
export type KernelVector<Value> = { readonly [dimension in KernelDimension]: Value };

export function kernelVector<Value>(of: (dimension: KernelDimension) => Value): KernelVector<Value> {
  return Object.fromEntries(kernelDimensionNames.map((name) => [name, of(name)])) as KernelVector<Value>;
}
