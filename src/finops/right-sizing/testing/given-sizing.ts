import { givenWorkload } from "../../../scheduling/testing/given-workload.ts";
import { countUsageProblems } from "../../usage/usage-problems.ts";
import type { UsageSample } from "../../usage/usage-sample.ts";
import type { UsageTargets } from "../../usage/usage-targets.ts";
import type { SizingSubject } from "../requests/sizing-subject.ts";
import { createUsageProfiler } from "../requests/usage-profiler.ts";

const mebibyte = 2 ** 20;
const gibibyte = 2 ** 30;

/** `web` with two pods on a node of 4 cores and 16 GiB, each asking for 500m and 1 GiB. */
const givenTargets: UsageTargets = {
  pools: [
    {
      key: "main/user",
      node: { cpuMillicores: 4_000, memoryBytes: 16 * gibibyte },
      total: { cpuMillicores: 8_000, memoryBytes: 32 * gibibyte },
      fixed: { cpuMillicores: 0, memoryBytes: 0 },
    },
  ],
  workloads: [
    {
      id: "prod/main/shop/Deployment/web",
      environment: "prod",
      cluster: "main",
      namespace: "shop",
      kind: "Deployment",
      name: "web",
      request: { cpuMillicores: 500, memoryBytes: gibibyte },
      pools: [{ pool: 0, pods: 2 }],
    },
  ],
};

/** `web` of the targets. */
export function givenSubject(given: Partial<SizingSubject> = {}): SizingSubject {
  return {
    workload: givenWorkload({ name: "web", replicas: 2, cpu: 500, memoryMiB: 1024 }),
    pools: [{ key: "main/user", pods: 2 }],
    pods: 2,
    current: { cpuMillicores: 500, memoryBytes: gibibyte },
    guaranteed: { cpu: false, memory: false },
    overhead: { cpuMillicores: 0, memoryBytes: 0 },
    limits: {},
    heap: undefined,
    autoscaled: new Set(),
    ...given,
  };
}

/** A sample of `web-a`, CPU in millicores and memory in MiB. */
export function givenSample(
  time: number,
  cpu: number,
  memoryMiB: number,
  given: Partial<UsageSample> = {},
): UsageSample {
  return {
    time,
    namespace: "shop",
    pod: "web-a",
    workload: undefined,
    cluster: undefined,
    environment: undefined,
    cpuCores: cpu / 1000,
    memoryGiB: (memoryMiB * mebibyte) / gibibyte,
    ...given,
  };
}

/** The profile of `web` after the samples, with what was wrong with them. */
export function profiled(samples: readonly UsageSample[], memoryLimitBytes?: number) {
  const problems = countUsageProblems();
  const limits = new Map([["prod/main/shop/Deployment/web", { memoryLimitBytes }]]);
  const profiler = createUsageProfiler(givenTargets, limits, problems);
  profiler.add(samples);
  const profile = profiler.finish().get("prod/main/shop/Deployment/web");
  return { profile, problems };
}

/** The profile, where there is one for certain. */
export function profileOf(samples: readonly UsageSample[], memoryLimitBytes?: number) {
  const { profile } = profiled(samples, memoryLimitBytes);
  if (profile === undefined) throw new Error("no sample counted");
  return profile;
}
