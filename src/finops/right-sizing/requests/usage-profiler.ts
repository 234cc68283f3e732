import { recommenderParameter } from "../../../catalog/request-recommenders.ts";
import { targetFinder } from "../../usage/find-target.ts";
import type { UsageProblems } from "../../usage/usage-problems.ts";
import type { UsageSample } from "../../usage/usage-sample.ts";
import type { UsageTarget, UsageTargets } from "../../usage/usage-targets.ts";
import { bucketScheme } from "./bucket-scheme.ts";
import { DecayingHistogram } from "./decaying-histogram.ts";
import { SampleCounts } from "./sample-counts.ts";
import type { UsageProfile } from "./usage-profile.ts";

/** Turns samples into what requests are derived from, workload by workload. */
export interface UsageProfiler {
  /** Samples in the order of their time. */
  readonly add: (samples: readonly UsageSample[]) => void;
  /** By workload id. */
  readonly finish: () => ReadonlyMap<string, UsageProfile>;
}

/** The most that a pod of a workload can have used, and at what memory its containers are killed. */
export interface ProfiledLimits {
  readonly memoryLimitBytes: number | undefined;
}

const bytesPerGiB = 1024 ** 3;
/** Pods that are kept apart; beyond, those not seen in the last step are folded into their workload. */
const mostPods = 20_000;

interface SeenPod {
  readonly target: number;
  readonly cpu: SampleCounts;
  lastTime: number;
  /** End of the interval of which VPA keeps the peak, and the peak. */
  intervalEnd: number | undefined;
  peak: number;
}

interface Building {
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

/**
 * Profiles samples as they come: memory follows the number of pods, not the length of the window. Samples that cannot
 * count (not a number, negative, above the node, twice, backwards in time, of nobody) are counted and left out.
 */
export function createUsageProfiler(
  targets: UsageTargets,
  limits: ReadonlyMap<string, ProfiledLimits>,
  problems: UsageProblems,
): UsageProfiler {
  const find = targetFinder(targets.workloads);
  const settings = readSettings();
  const building = new Map<number, Building>();
  const seen = new Map<string, SeenPod | undefined>();
  const capacities = targets.workloads.map((target) => capacityOf(targets, target));
  const clock = stepClock(problems);
  let time = Number.NEGATIVE_INFINITY;

  function addOne(sample: UsageSample): void {
    if (sample.time < time) {
      problems.sample("outOfOrder", sample);
      return;
    }
    if (sample.time > time) {
      clock(sample.time);
      if (seen.size > mostPods) forget();
      time = sample.time;
    }
    const key = `${sample.namespace}\n${sample.cluster ?? ""}\n${sample.environment ?? ""}\n${sample.pod ?? `/${sample.workload ?? ""}`}`;
    let pod = seen.get(key);
    if (pod === undefined) {
      const target = seen.has(key) ? undefined : find(sample);
      if (target === undefined) {
        seen.set(key, undefined);
        problems.sample("nobody", sample);
        return;
      }
      pod = { target, cpu: new SampleCounts("cpu"), lastTime: Number.NaN, intervalEnd: undefined, peak: 0 };
      seen.set(key, pod);
      const profile = profileOf(target, sample.time);
      if (sample.pod === undefined) profile.sharedOut = true;
      else profile.pods += 1;
    }
    if (pod.lastTime === sample.time) {
      problems.sample("duplicate", sample);
      return;
    }
    pod.lastTime = sample.time;
    count(sample, pod, profileOf(pod.target, sample.time));
  }

  function profileOf(target: number, at: number): Building {
    let profile = building.get(target);
    if (profile === undefined) {
      profile = newProfile(settings, at);
      building.set(target, profile);
    }
    return profile;
  }

  function count(sample: UsageSample, pod: SeenPod, profile: Building): void {
    const capacity = capacities[pod.target];
    const target = targets.workloads[pod.target];
    if (capacity === undefined || target === undefined) return;
    const shares = sample.pod === undefined ? Math.max(1, capacity.pods) : 1;
    const cpu = amountOf(sample, sample.cpuCores, 1000 / shares, capacity.cpuMillicores, problems);
    const memory = amountOf(sample, sample.memoryGiB, bytesPerGiB / shares, capacity.memoryBytes, problems);
    profile.end = sample.time;
    sumUp(profile, capacity.pods, sample.time);
    profile.podsInStep += shares;
    profile.cpuSum += (cpu ?? 0) * shares;
    profile.memorySum += (memory ?? 0) * shares;
    if (cpu !== undefined) {
      profile.cpu.add(cpu);
      pod.cpu.add(cpu);
      profile.decayingCpu.add(cpu / 1000, settings.cpuWeight, sample.time);
    }
    if (memory !== undefined) addMemory(profile, pod, memory, sample.time);
    const kills = sample.oomKills ?? 0;
    if (kills > 0) addKill(profile, pod, kills, memory ?? 0, limits.get(target.id), target, sample.time);
  }

  /** One sample an interval and pod: the peak so far, which replaces the smaller one before. */
  function addMemory(profile: Building, pod: SeenPod, memory: number, at: number): void {
    profile.memory.add(memory);
    addPeak(profile, pod, memory, at);
  }

  function addPeak(profile: Building, pod: SeenPod, memory: number, at: number): void {
    pod.intervalEnd ??= at;
    if (at < pod.intervalEnd) {
      if (memory <= pod.peak) return;
      if (pod.peak > 0) profile.decayingMemory.subtract(pod.peak, settings.memoryWeight, pod.intervalEnd);
    } else {
      pod.intervalEnd += (Math.floor((at - pod.intervalEnd) / settings.memoryInterval) + 1) * settings.memoryInterval;
    }
    pod.peak = memory;
    profile.decayingMemory.add(memory, settings.memoryWeight, pod.intervalEnd);
  }

  function addKill(
    profile: Building,
    pod: SeenPod,
    kills: number,
    memory: number,
    limit: ProfiledLimits | undefined,
    target: UsageTarget,
    at: number,
  ): void {
    const killedAt = Math.max(memory, pod.peak, limit?.memoryLimitBytes ?? target.request.memoryBytes);
    profile.oomKills += kills;
    profile.killedAtBytes = Math.max(profile.killedAtBytes ?? 0, killedAt);
    addPeak(profile, pod, Math.max(killedAt * settings.oomBumpRatio, killedAt + settings.oomBumpBytes), at);
  }

  function forget(): void {
    for (const [key, pod] of seen) {
      if (pod === undefined || pod.lastTime >= time) continue;
      fold(pod);
      seen.delete(key);
    }
  }

  function fold(pod: SeenPod): void {
    const profile = building.get(pod.target);
    if (profile === undefined) return;
    profile.largestPodPercentile = Math.max(profile.largestPodPercentile, pod.cpu.percentile(settings.cpuPercentile));
  }

  return {
    add: (samples) => {
      for (const sample of samples) addOne(sample);
    },
    finish: () => {
      for (const pod of seen.values()) if (pod !== undefined) fold(pod);
      const profiles = [...building].flatMap(([index, profile]): [string, UsageProfile][] => {
        const workload = targets.workloads[index]?.id;
        sumUp(profile, capacities[index]?.pods ?? 0, Number.POSITIVE_INFINITY);
        return workload === undefined ? [] : [[workload, finished(workload, profile)]];
      });
      return new Map(profiles.toSorted(([left], [right]) => (left < right ? -1 : 1)));
    },
  };
}

function readSettings() {
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

function newProfile(settings: ReturnType<typeof readSettings>, time: number): Building {
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
function sumUp(profile: Building, pods: number, time: number): void {
  if (time === profile.sumTime) return;
  const scale = profile.podsInStep === 0 ? 0 : Math.max(1, pods / profile.podsInStep);
  profile.cpuSumPeak = Math.max(profile.cpuSumPeak, profile.cpuSum * scale);
  profile.memorySumPeak = Math.max(profile.memorySumPeak, profile.memorySum * scale);
  profile.sumTime = time;
  profile.podsInStep = 0;
  profile.cpuSum = 0;
  profile.memorySum = 0;
}

function finished(workload: string, profile: Building): UsageProfile {
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

/** What a node has for one pod, and how many pods the workload has. */
function capacityOf({ pools }: UsageTargets, target: UsageTarget) {
  const nodes = target.pools.flatMap(({ pool }) => pools[pool]?.node ?? []);
  return {
    pods: target.pools.reduce((sum, { pods }) => sum + pods, 0),
    cpuMillicores: Math.max(0, ...nodes.map(({ cpuMillicores }) => cpuMillicores)),
    memoryBytes: Math.max(0, ...nodes.map(({ memoryBytes }) => memoryBytes)),
  };
}

/** In base units; undefined where the value is absent or cannot count. */
function amountOf(
  sample: UsageSample,
  value: number | undefined,
  factor: number,
  most: number,
  problems: UsageProblems,
): number | undefined {
  if (value === undefined) return undefined;
  const amount = value * factor;
  if (amount >= 0 && amount <= most) return amount;
  problems.sample(Number.isNaN(amount) ? "notANumber" : amount < 0 ? "negative" : "aboveCapacity", sample);
  return undefined;
}

/** Counts the steps that are missing; the first two times say how long a step is. */
function stepClock(problems: UsageProblems): (time: number) => void {
  let last: number | undefined;
  let step: number | undefined;
  return (time) => {
    if (last !== undefined) {
      step ??= time - last;
      const steps = Math.round((time - last) / step);
      if (steps > 1) problems.gap(steps - 1, last);
    }
    last = time;
  };
}
