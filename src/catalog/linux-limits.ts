import { citation, type SourceTable } from "./catalog-source.ts";
import type { Fact } from "./fact.ts";
import table from "./tables/linux-limits.json" with { type: "json" };

export const linuxLimitSources: SourceTable = table.sources;

/** What one kernel shares out among everything that runs on it. */
export interface LinuxLimits {
  /** Processes and threads that a node of so much memory may have. */
  readonly threads: Fact<number>;
  readonly inotifyInstances: Fact<number>;
  readonly inotifyWatches: Fact<number>;
  /** Open files that a tenth of the node's memory holds: no count bounds them, memory does. */
  readonly openFiles: Fact<number>;
  readonly conntrackEntries: Fact<number>;
  /** Ports of one network namespace. */
  readonly ephemeralPorts: Fact<number>;
  /** Share of the disk that the kubelet keeps free by evicting pods. */
  readonly diskKeptFree: Fact<number>;
  /** Bytes that the rotated log of one container may take. */
  readonly containerLogBytes: Fact<number>;
}

/** Columns of `runtimes`, in the order of the table. */
type RuntimeDemandColumn = "pids" | "inotifyInstances" | "inotifyWatches" | "openFiles" | "connections" | "diskIops";

/** Defaults of a node with so much memory, where AKS or the kernel states them. */
export function linuxLimits(memoryBytes: number): LinuxLimits {
  const { threads, conntrack, ephemeralPorts, openFiles } = table;
  const threadBytes = threads.stackBytes * threads.memoryShare;
  return {
    threads: fact("threads of a node", "threads", Math.floor(memoryBytes / threadBytes), threads.source),
    inotifyInstances: fact(
      "fs.inotify.max_user_instances",
      "instances",
      table.inotifyInstances.value,
      table.inotifyInstances.source,
    ),
    inotifyWatches: fact(
      "fs.inotify.max_user_watches",
      "watches",
      table.inotifyWatches.value,
      table.inotifyWatches.source,
    ),
    openFiles: fact(
      "open files in a tenth of memory",
      "files",
      Math.floor(memoryBytes / openFiles.memoryShare / openFiles.bytesEach),
      openFiles.memorySource,
    ),
    conntrackEntries: fact(
      "nf_conntrack_max",
      "connections",
      Math.floor(memoryBytes / conntrack.memoryBytesEach),
      conntrack.source,
    ),
    ephemeralPorts: fact(
      "net.ipv4.ip_local_port_range",
      "ports",
      ephemeralPorts.last - ephemeralPorts.first + 1,
      ephemeralPorts.source,
    ),
    diskKeptFree: fact(
      "share of the disk kept free",
      "ratio",
      table.ephemeralStorage.keptFree,
      table.ephemeralStorage.source,
    ),
    containerLogBytes: fact(
      "log of one container",
      "bytes",
      table.containerLogs.sizeMB * table.containerLogs.files * 1_000_000,
      table.containerLogs.source,
    ),
  };
}

/** Provisioned IOPS of a premium SSD tier such as `P10`. */
export function osDiskIops(tier: string): Fact<number> | undefined {
  const tiers: { readonly [tier: string]: number } = table.osDiskIops.tiers;
  const value = tiers[tier];
  return value === undefined
    ? undefined
    : fact(`IOPS of a ${tier} disk`, "operations/s", value, table.osDiskIops.source);
}

/** Runtimes of which the table says what one container takes. */
export type Runtime = keyof typeof table.runtimes.rows;

/** What one container of a runtime takes by rule of thumb; recalled, never measured. */
export function runtimeDemand(runtime: Runtime): { readonly [column in RuntimeDemandColumn]: Fact<number> } {
  const row: readonly number[] = table.runtimes.rows[runtime];
  const entries = table.runtimes.columns.map((column, place) => [
    column,
    fact(`${column} of one ${runtime} container`, column, row[place] ?? 0, table.runtimes.source),
  ]);
  return Object.fromEntries(entries) as { readonly [column in RuntimeDemandColumn]: Fact<number> };
}

function fact(name: string, unit: string, value: number, source: string): Fact<number> {
  const verified = source === "aks-node-config" || source === "linux-fork";
  return { name, value, unit, ...citation(linuxLimitSources, source), verified };
}
