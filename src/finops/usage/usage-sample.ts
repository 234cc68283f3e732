/** What one pod, or all pods of one workload, used at one moment. */
export interface UsageSample {
  /** Seconds since 1970 in UTC. */
  readonly time: number;
  readonly namespace: string;
  /** Name of the pod; undefined for a sample of the whole workload. */
  readonly pod: string | undefined;
  /** `Kind/name` or `name`; undefined where the name of the pod has to tell. */
  readonly workload: string | undefined;
  readonly cluster: string | undefined;
  readonly environment: string | undefined;
  /** NaN as read; undefined when the sample says nothing of it. */
  readonly cpuCores: number | undefined;
  readonly memoryGiB: number | undefined;
  /** Containers killed for want of memory since the sample before; absent when the sample says nothing of it. */
  readonly oomKills?: number;
}
