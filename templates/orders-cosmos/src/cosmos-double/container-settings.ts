import type { Throughput } from "./throughput.ts";

/** What a container is created with. */
export interface ContainerSettings {
  /** One level: "/stream". */
  readonly partitionKeyPath: string;
  /** Seconds; -1 lets single items expire; absent: nothing does. */
  readonly defaultTimeToLive?: number;
  readonly throughput?: Throughput;
  readonly burstCapacity?: boolean;
  readonly physicalPartitions?: number;
  /** Path of the number by which the last writer wins; `/_ts` unless given. */
  readonly conflictPath?: string;
  /** For tests of the limit; the service's own is 20 GB. */
  readonly maxLogicalPartitionBytes?: number;
}
