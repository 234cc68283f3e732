import { targetFinder } from "../../usage/find-target.ts";
import type { UsageProblems } from "../../usage/usage-problems.ts";
import type { UsageSample } from "../../usage/usage-sample.ts";
import type { UsageTarget, UsageTargets } from "../../usage/usage-targets.ts";
import { closeStep, finished, type GrowingProfile, newProfile, readProfileSettings } from "./growing-profile.ts";
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
  /** The same without what kills asked for. */
  usedPeak: number;
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
  const settings = readProfileSettings();
  const building = new Map<number, GrowingProfile>();
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
    const pod = podOf(sample);
    if (pod === undefined) {
      problems.sample("nobody", sample);
      return;
    }
    if (pod.lastTime === sample.time) {
      problems.sample("duplicate", sample);
      return;
    }
    pod.lastTime = sample.time;
    count(sample, pod, profileOf(pod.target, sample.time));
  }

  /** The pod of a sample, known or new; undefined when no workload declares it. */
  function podOf(sample: UsageSample): SeenPod | undefined {
    const name = sample.pod ?? `/${sample.workload ?? ""}`;
    const key = `${sample.namespace}\n${sample.cluster ?? ""}\n${sample.environment ?? ""}\n${name}`;
    if (seen.has(key)) return seen.get(key);
    const target = find(sample);
    if (target === undefined) {
      // Strangers are looked up again rather than remembered without bound.
      if (seen.size <= mostPods) seen.set(key, undefined);
      return undefined;
    }
    const pod = {
      target,
      cpu: new SampleCounts("cpu"),
      lastTime: Number.NaN,
      intervalEnd: undefined,
      peak: 0,
      usedPeak: 0,
    };
    seen.set(key, pod);
    const profile = profileOf(target, sample.time);
    if (sample.pod === undefined) profile.sharedOut = true;
    else profile.pods += 1;
    return pod;
  }

  function profileOf(target: number, at: number): GrowingProfile {
    let profile = building.get(target);
    if (profile === undefined) {
      profile = newProfile(settings, at);
      building.set(target, profile);
    }
    return profile;
  }

  function count(sample: UsageSample, pod: SeenPod, profile: GrowingProfile): void {
    const capacity = capacities[pod.target];
    const target = targets.workloads[pod.target];
    if (capacity === undefined || target === undefined) return;
    const shares = sample.pod === undefined ? Math.max(1, capacity.pods) : 1;
    const cpu = amountOf(sample, sample.cpuCores, 1000 / shares, capacity.cpuMillicores, problems);
    const memory = amountOf(sample, sample.memoryGiB, bytesPerGiB / shares, capacity.memoryBytes, problems);
    profile.end = sample.time;
    closeStep(profile, capacity.pods, sample.time);
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
  function addMemory(profile: GrowingProfile, pod: SeenPod, memory: number, at: number): void {
    profile.memory.add(memory);
    const isNew = pod.intervalEnd === undefined || at >= pod.intervalEnd;
    pod.usedPeak = isNew ? memory : Math.max(pod.usedPeak, memory);
    addPeak(profile, pod, memory, at);
  }

  function addPeak(profile: GrowingProfile, pod: SeenPod, memory: number, at: number): void {
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
    profile: GrowingProfile,
    pod: SeenPod,
    kills: number,
    memory: number,
    limit: ProfiledLimits | undefined,
    target: UsageTarget,
    at: number,
  ): void {
    const killedAt = Math.max(memory, pod.usedPeak, limit?.memoryLimitBytes ?? target.request.memoryBytes);
    profile.oomKills += kills;
    profile.killedAtBytes = Math.max(profile.killedAtBytes ?? 0, killedAt);
    addPeak(profile, pod, Math.max(killedAt * settings.oomBumpRatio, killedAt + settings.oomBumpBytes), at);
  }

  function forget(): void {
    for (const [key, pod] of seen) {
      if (pod !== undefined && pod.lastTime >= time) continue;
      if (pod !== undefined) fold(pod);
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
        closeStep(profile, capacities[index]?.pods ?? 0, Number.POSITIVE_INFINITY);
        return workload === undefined ? [] : [[workload, finished(workload, profile)]];
      });
      return new Map(profiles.toSorted(([left], [right]) => (left < right ? -1 : 1)));
    },
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
