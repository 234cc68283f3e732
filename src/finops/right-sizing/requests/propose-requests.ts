import { recommenderParameter } from "../../../catalog/request-recommenders.ts";
import { javaOutsideHeap } from "../../../estate/assumptions/sizing-rules.ts";
import type { SizingSubject } from "./sizing-subject.ts";
import type { UsageProfile } from "./usage-profile.ts";

/** `histogram`: decaying histogram as VPA; `percentile`: percentile of CPU and peak of memory as KRR. */
export type RequestStrategy = "histogram" | "percentile";

export const requestStrategies: readonly RequestStrategy[] = ["histogram", "percentile"];

/**
 * What decided a proposal. `usage`: the strategy; `peak`: memory that was used; `oomKill`: memory that was not enough;
 * `heap`: a Java heap; `guaranteed`: the limit, which goes down with the request; `minimum`: nothing smaller is proposed;
 * `throttled`: usage ran into the limit, so the demand is not known; `autoscaler`: it scales on usage over request.
 */
export type RequestBasis =
  | "usage"
  | "peak"
  | "oomKill"
  | "heap"
  | "guaranteed"
  | "minimum"
  | "throttled"
  | "autoscaler";

/** One resource of a pod, in millicores or bytes. */
interface ProposedResource {
  readonly current: number;
  readonly proposed: number;
  /** Between these the right value lies, the wider the less was seen; equal to `proposed` for `percentile`. */
  readonly lower: number;
  readonly upper: number;
  readonly because: RequestBasis;
}

export interface ProposedRequests {
  readonly cpu: ProposedResource;
  readonly memory: ProposedResource;
  /** `min(days of history, samples / 1,440)`: 1 is a day of one pod by the minute. */
  readonly confidence: number;
}

/** CPU is throttled when it reaches this share of the limit: the meters average over bursts that hit it. */
const throttledFrom = 0.95;
/** With more throttled samples than this, usage no longer says what the pods would take. */
const throttledShare = 0.05;

const secondsPerDay = 86_400;
const millicore = 1;
const mebibyte = 2 ** 20;

/** Why a profile is too thin to derive requests from; undefined when it is not. */
export function tooFewSamples({ cpu, memory, start, end }: UsageProfile): string | undefined {
  const least = recommenderParameter("krr.leastPoints").value;
  const span = recommenderParameter("krr.leastSpan").value;
  const samples = Math.min(cpu.samples, memory.samples);
  if (samples < least) {
    const short = cpu.samples < memory.samples ? "CPU" : "memory";
    return `${samples} samples of ${short}, at least ${least} are needed`;
  }
  if (end - start < span) return `samples over ${hours(end - start)}, at least ${hours(span)} are needed`;
  return undefined;
}

/** Share of the samples in which CPU ran into its limit. */
export function throttledSamples(profile: UsageProfile, cpuLimit: number | undefined): number {
  return cpuLimit === undefined ? 0 : profile.cpu.shareFrom(cpuLimit * throttledFrom);
}

/**
 * Requests for a pod of the workload, by the samples of a profile that is not too thin. Memory is never below the peak,
 * nor below what a kill or a heap asks for; a minimum never raises a request.
 */
export function proposeRequests(
  subject: SizingSubject,
  profile: UsageProfile,
  strategy: RequestStrategy,
): ProposedRequests {
  const confidence = Math.min(
    (profile.end - profile.start) / secondsPerDay,
    profile.cpu.samples / recommenderParameter("vpa.samplesPerDay").value,
  );
  return {
    cpu: proposedCpu(subject, profile, strategy, confidence),
    memory: proposedMemory(subject, profile, strategy, confidence),
    confidence,
  };
}

interface Estimate {
  readonly target: number;
  readonly lower: number;
  readonly upper: number;
}

function proposedCpu(
  { current, limits, autoscaled, guaranteed }: SizingSubject,
  profile: UsageProfile,
  strategy: RequestStrategy,
  confidence: number,
): ProposedResource {
  const estimate =
    strategy === "histogram"
      ? histogramEstimate((share) => profile.decayingCpu.percentile(share) * 1000, confidence)
      : exactly(profile.largestPodPercentile);
  const before = current.cpuMillicores;
  const minimum = parameter(strategy === "histogram" ? "vpa.podMinimumCpu" : "krr.minimumCpu");
  const result = (proposed: number, because: RequestBasis) => resource(before, proposed, estimate, because, millicore);
  if (autoscaled.has("cpu")) return result(before, "autoscaler");
  const floor = Math.min(minimum, before);
  if (throttledSamples(profile, limits.cpuMillicores) > throttledShare && estimate.target <= before) {
    return result(before, "throttled");
  }
  if (guaranteed.cpu && profile.cpu.peak > estimate.target) return result(profile.cpu.peak, "guaranteed");
  return estimate.target < floor ? result(floor, "minimum") : result(estimate.target, "usage");
}

function proposedMemory(
  subject: SizingSubject,
  profile: UsageProfile,
  strategy: RequestStrategy,
  confidence: number,
): ProposedResource {
  const { current, autoscaled } = subject;
  const estimate =
    strategy === "histogram"
      ? histogramEstimate((share) => profile.decayingMemory.percentile(share), confidence)
      : exactly(profile.memory.peak * (1 + parameter("krr.memoryBuffer")));
  const before = current.memoryBytes;
  const floors = memoryFloors(subject, profile, strategy);
  const [highest] = floors.toSorted((left, right) => right.bytes - left.bytes);
  const result = (proposed: number, because: RequestBasis) => resource(before, proposed, estimate, because, mebibyte);
  // What kills the pods comes before what the autoscaler makes of it.
  if (autoscaled.has("memory") && (highest?.bytes ?? 0) <= before) return result(before, "autoscaler");
  if (highest !== undefined && highest.bytes > estimate.target) return result(highest.bytes, highest.because);
  // The histogram holds what a kill asks for, as if it had been used.
  if (profile.oomKills > 0 && estimate.target > before) return result(estimate.target, "oomKill");
  const minimum = Math.min(parameter(strategy === "histogram" ? "vpa.podMinimumMemory" : "krr.minimumMemory"), before);
  return estimate.target < minimum ? result(minimum, "minimum") : result(estimate.target, "usage");
}

interface MemoryFloor {
  readonly bytes: number;
  readonly because: RequestBasis;
}

/** What memory must not be below: in bytes, with what says so. */
export function memoryFloors(
  { heap, limits, guaranteed }: SizingSubject,
  profile: UsageProfile,
  strategy: RequestStrategy,
): readonly MemoryFloor[] {
  const { killedAtBytes, memory } = profile;
  const afterKill = (bytes: number) =>
    strategy === "histogram"
      ? Math.max(bytes * parameter("vpa.oomBumpRatio"), bytes + parameter("vpa.oomBumpBytes"))
      : bytes * (1 + parameter("krr.oomBuffer"));
  return [
    { bytes: memory.peak, because: "peak" },
    ...(killedAtBytes === undefined ? [] : [{ bytes: afterKill(killedAtBytes), because: "oomKill" } as const]),
    ...(heap?.kind === "fixed" ? [{ bytes: heap.bytes * (1 + javaOutsideHeap), because: "heap" } as const] : []),
    // Where the limit is the request, it comes down with it, and its own margin is all there is.
    ...(guaranteed.memory
      ? [{ bytes: memory.peak * (1 + parameter("krr.memoryBuffer")), because: "guaranteed" } as const]
      : []),
    ...(guaranteed.memory && heap?.kind === "followsLimit"
      ? [{ bytes: limits.memoryBytes ?? 0, because: "heap" } as const]
      : []),
  ];
}

/** VPA: percentiles with a margin, and bounds that close in on them as confidence grows. */
function histogramEstimate(percentile: (share: number) => number, confidence: number): Estimate {
  const margin = 1 + parameter("vpa.safetyMargin");
  return {
    target: percentile(parameter("vpa.targetPercentile")) * margin,
    lower: percentile(parameter("vpa.lowerPercentile")) * margin * (1 + 0.001 / confidence) ** -2,
    upper: percentile(parameter("vpa.upperPercentile")) * margin * (1 + 1 / confidence),
  };
}

function exactly(target: number): Estimate {
  return { target, lower: target, upper: target };
}

/** Rounded up to whole steps; what is kept stays as it is. */
function resource(
  current: number,
  proposed: number,
  { lower, upper }: Estimate,
  because: RequestBasis,
  step: number,
): ProposedResource {
  // Products of bucket ends carry rounding errors: a hair above a step is that step.
  const up = (value: number) => Math.ceil(value / step - 1e-6) * step;
  const rounded = proposed === current ? current : up(proposed);
  return {
    current,
    proposed: rounded,
    lower: Math.min(rounded, up(lower)),
    upper: Math.max(rounded, up(upper)),
    because,
  };
}

function parameter(name: Parameters<typeof recommenderParameter>[0]): number {
  return recommenderParameter(name).value;
}

function hours(seconds: number): string {
  return `${Number((seconds / 3600).toFixed(1))} h`;
}
