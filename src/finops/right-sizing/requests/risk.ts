import { type ProposedRequests, throttledSamples } from "./propose-requests.ts";
import type { ContainerSizing } from "./resize-workload.ts";
import type { UsageProfile } from "./usage-profile.ts";

/** How a proposal could hurt, by the samples it stands on. Shares are of all samples. */
export interface SizingRisk {
  readonly level: "low" | "medium" | "high";
  /** Samples in which a pod used more CPU than it would ask for: it then has only what others leave. */
  readonly cpuSamplesAbove: number;
  readonly memorySamplesAbove: number;
  /** Samples in which CPU runs into the limit that would hold. */
  readonly throttledSamples: number;
  readonly oomKills: number;
  /** The largest memory of a sample as a share of the limit that would hold; undefined without one. */
  readonly memoryPeakOfLimit: number | undefined;
  /** Sentences, the worst first; empty at level low. */
  readonly reasons: readonly string[];
}

/** A limit that the peak comes this near to is one that a slightly larger peak passes. */
const nearLimit = 0.95;
/** More samples above the request than the percentile strategies leave there by design. */
const oftenAbove = 0.1;
const secondsPerDay = 86_400;

export function sizingRisk(
  profile: UsageProfile,
  proposed: ProposedRequests,
  sizings: readonly ContainerSizing[],
): SizingRisk {
  const cpuLimit = sumOf(sizings.map(({ limits }) => limits.cpuMillicores));
  const memoryLimit = sumOf(sizings.map(({ limits }) => limits.memoryBytes));
  const throttled = throttledSamples(profile, cpuLimit);
  const cpuAbove = profile.cpu.shareFrom(proposed.cpu.proposed + 1);
  const memoryAbove = profile.memory.shareFrom(proposed.memory.proposed + 1);
  const peakOfLimit = memoryLimit === undefined ? undefined : profile.memory.peak / memoryLimit;
  const high = [
    ...(throttled > 0.05 ? [`CPU runs into its limit in ${percent(throttled)} of the samples`] : []),
    ...(peakOfLimit !== undefined && peakOfLimit > nearLimit
      ? [`the memory peak is ${percent(peakOfLimit)} of the limit: a kill is likely`]
      : []),
  ];
  const medium = [
    ...(profile.oomKills > 0
      ? [`killed for want of memory ${times(profile.oomKills)}: watch it after the change`]
      : []),
    ...(cpuAbove > oftenAbove ? [`${percent(cpuAbove)} of the samples use more CPU than asked for`] : []),
    ...(profile.end - profile.start < secondsPerDay ? ["less than a day was seen"] : []),
  ];
  return {
    level: high.length > 0 ? "high" : medium.length > 0 ? "medium" : "low",
    cpuSamplesAbove: cpuAbove,
    memorySamplesAbove: memoryAbove,
    throttledSamples: throttled,
    oomKills: profile.oomKills,
    memoryPeakOfLimit: peakOfLimit,
    reasons: [...high, ...medium],
  };
}

/** Undefined where one of the containers has no limit: the pod has none then. */
function sumOf(limits: readonly (number | undefined)[]): number | undefined {
  if (limits.length === 0 || limits.includes(undefined)) return undefined;
  return limits.reduce((sum: number, each) => sum + (each ?? 0), 0);
}

function percent(share: number): string {
  return share > 0 && share < 0.01 ? "under 1%" : `${Math.round(share * 100)}%`;
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}
