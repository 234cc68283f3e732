import type { DecayingHistogram } from "./decaying-histogram.ts";
import type { SampleCounts } from "./sample-counts.ts";

/** What the samples of one workload say of one of its pods. CPU in millicores, memory in bytes, times in seconds. */
export interface UsageProfile {
  readonly workload: string;
  /** First and last time. */
  readonly start: number;
  readonly end: number;
  /** Pods that were seen; 0 when only the workload as a whole was sampled. */
  readonly pods: number;
  /** Samples of the whole workload were shared out evenly to its pods. */
  readonly sharedOut: boolean;
  readonly cpu: SampleCounts;
  readonly memory: SampleCounts;
  /** In cores and bytes, as VPA keeps them. */
  readonly decayingCpu: DecayingHistogram;
  readonly decayingMemory: DecayingHistogram;
  /** Largest of the pods' own percentiles of CPU, as KRR takes it. */
  readonly largestPodPercentile: number;
  /** Largest sum of all pods at one time. */
  readonly totalPeak: { readonly cpuMillicores: number; readonly memoryBytes: number };
  readonly oomKills: number;
  /** The most memory with which a container was killed; undefined without a kill. */
  readonly killedAtBytes: number | undefined;
}
