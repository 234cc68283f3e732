import { recommenderParameter } from "../../../catalog/request-recommenders.ts";
import { bucketScheme } from "./bucket-scheme.ts";
import { DecayingHistogram } from "./decaying-histogram.ts";
import { SampleCounts } from "./sample-counts.ts";
import type { UsageProfile } from "./usage-profile.ts";

/** How samples are weighed, as the catalog has it. */
export type ProfileSettings = ReturnType<typeof readProfileSettings>;

/** A profile as it grows. */
export interface GrowingProfile {
  start: number;
  end: number;
  pods: number;
  sharedOut: boolean;
  readonly cpu: SampleCounts;
  readonly memory: SampleCounts;
  readonly decayingCpu: DecayingHistogram;
  readonly decayingMemory: DecayingHistogram;
  largestPodPercentile: number;
  oomKills: number;
  killedAtBytes: number | undefined;
  /** Sums of the current step. */
  sumTime: number;
  podsInStep: number;
  cpuSum: number;
  memorySum: number;
  cpuSumPeak: number;
  memorySumPeak: number;
}

/** The parameters of VPA and KRR that profiles depend on. */
export function readProfileSettings() {
  const value = (name: Parameters<typeof recommenderParameter>[0]) => recommenderParameter(name).value;
  const growth = value("vpa.bucketGrowth");
  return {
    cpuScheme: bucketScheme(value("vpa.cpuFirstBucket"), growth, value("vpa.cpuMost")),
    memoryScheme: bucketScheme(value("vpa.memoryFirstBucket"), growth, value("vpa.memoryMost")),
    halfLife: value("vpa.halfLife"),
    cpuWeight: value("vpa.cpuSampleWeight"),
    memoryWeight: value("vpa.memorySampleWeight"),
    memoryInterval: value("vpa.memoryInterval"),
    oomBumpRatio: value("vpa.oomBumpRatio"),
    oomBumpBytes: value("vpa.oomBumpBytes"),
    cpuPercentile: value("krr.cpuPercentile"),
  };
}

/** A profile before its first sample. */
export function newProfile(settings: ProfileSettings, time: number): GrowingProfile {
  return {
    start: time,
    end: time,
    pods: 0,
    sharedOut: false,
    cpu: new SampleCounts("cpu"),
    memory: new SampleCounts("memory"),
    decayingCpu: new DecayingHistogram(settings.cpuScheme, settings.halfLife, settings.cpuWeight),
    decayingMemory: new DecayingHistogram(settings.memoryScheme, settings.halfLife, settings.memoryWeight),
    largestPodPercentile: 0,
    oomKills: 0,
    killedAtBytes: undefined,
    sumTime: time,
    podsInStep: 0,
    cpuSum: 0,
    memorySum: 0,
    cpuSumPeak: 0,
    memorySumPeak: 0,
  };
}

/**
 * Closes the step when the time moves on. Of fewer pods than run at the least not all were sampled: the others are taken to
 * have used as much.
 */
export function closeStep(profile: GrowingProfile, pods: number, time: number): void {
  if (time === profile.sumTime) return;
  const scale = profile.podsInStep === 0 ? 0 : Math.max(1, pods / profile.podsInStep);
  profile.cpuSumPeak = Math.max(profile.cpuSumPeak, profile.cpuSum * scale);
  profile.memorySumPeak = Math.max(profile.memorySumPeak, profile.memorySum * scale);
  profile.sumTime = time;
  profile.podsInStep = 0;
  profile.cpuSum = 0;
  profile.memorySum = 0;
}

/** What a profile came to. */
export function finished(workload: string, profile: GrowingProfile): UsageProfile {
  const { start, end, pods, sharedOut, cpu, memory, decayingCpu, decayingMemory, oomKills, killedAtBytes } = profile;
  return {
    workload,
    start,
    end,
    pods,
    sharedOut,
    cpu,
    memory,
    decayingCpu,
    decayingMemory,
    largestPodPercentile: profile.largestPodPercentile,
    totalPeak: { cpuMillicores: profile.cpuSumPeak, memoryBytes: profile.memorySumPeak },
    oomKills,
    killedAtBytes,
  };
}
