import type { ChargedResources } from "../allocation/share-charges.ts";
import type { MeasuredDemand } from "../allocation/share-pool.ts";
import { type Charges, chargeTable } from "./charge-table.ts";
import { targetFinder } from "./find-target.ts";
import type { UsageProblems } from "./usage-problems.ts";
import type { UsageSample } from "./usage-sample.ts";
import type { UsageTargets } from "./usage-targets.ts";

/** What the usage of a window comes to. */
export interface MeteredUsage {
  /** Mean charge of each workload on each pool: max(request, usage) at every step, then averaged. */
  readonly charged: ChargedResources;
  readonly window: { readonly start: number; readonly end: number } | undefined;
  readonly stepSeconds: number | undefined;
  readonly steps: number;
  /** Samples that counted. */
  readonly samples: number;
}

export interface UsageMeter {
  /** Samples in the order of their time. */
  readonly add: (samples: readonly UsageSample[]) => void;
  readonly finish: () => MeteredUsage;
}

/** A pod that was seen: which workload it is of and in which step last. */
interface SeenPod {
  readonly target: number;
  step: number;
}

const nobody = -1;
const bytesPerGiB = 1024 ** 3;
/** Names of pods that are kept although they were not seen in the last step, before they are forgotten. */
const forgottenFrom = 200_000;

/**
 * Charges pods for the larger of request and usage at every sampling step, and scales charges down to what a pool has
 * where requests and bursts together pass it. Memory follows the number of pods, not the length of the window.
 */
export function createUsageMeter(
  targets: UsageTargets,
  problems: UsageProblems,
  options: { readonly stepSeconds?: number } = {},
): UsageMeter {
  const find = targetFinder(targets.workloads);
  const table = chargeTable(targets, problems);
  const seen = new Map<string, Map<string, SeenPod>>();
  let stepSeconds = options.stepSeconds;
  let start: number | undefined;
  let time = Number.NEGATIVE_INFINITY;
  let step = 0;
  let samples = 0;
  let remembered = 0;

  function moveTo(next: number): void {
    if (start === undefined) {
      start = next;
    } else {
      stepSeconds ??= next - time;
      const index = Math.round((next - start) / stepSeconds);
      if (index > step) {
        table.closeStep();
        if (index > step + 1) problems.gap(index - step - 1, time);
        if (remembered > forgottenFrom) remembered = forget(seen, step);
        step = index;
      }
    }
    time = next;
  }

  function podOf(sample: UsageSample): SeenPod {
    const place = `${sample.namespace}\n${sample.cluster ?? ""}\n${sample.environment ?? ""}`;
    const scope = sample.cluster === undefined && sample.environment === undefined ? sample.namespace : place;
    let pods = seen.get(scope);
    if (pods === undefined) {
      pods = new Map();
      seen.set(scope, pods);
    }
    const name = sample.pod ?? `/${sample.workload ?? ""}`;
    let known = pods.get(name);
    if (known === undefined) {
      known = { target: find(sample) ?? nobody, step: -1 };
      pods.set(name, known);
      remembered += 1;
    }
    return known;
  }

  function addOne(sample: UsageSample): void {
    if (sample.time < time) {
      problems.sample("outOfOrder", sample);
      return;
    }
    if (sample.time > time) moveTo(sample.time);
    const pod = podOf(sample);
    if (pod.target === nobody) {
      problems.sample("nobody", sample);
      return;
    }
    if (pod.step === step) {
      problems.sample("duplicate", sample);
      return;
    }
    pod.step = step;
    samples += 1;
    const whole = sample.pod === undefined;
    const cpu = amountOf(sample, sample.cpuCores, 1000, table.mostCpu(pod.target, whole), problems);
    const memory = amountOf(sample, sample.memoryGiB, bytesPerGiB, table.mostMemory(pod.target, whole), problems);
    if (whole) table.addWorkload(pod.target, cpu, memory);
    else table.addPod(pod.target, cpu, memory);
  }

  return {
    add: (batch) => {
      for (const sample of batch) addOne(sample);
    },
    finish: () => {
      if (start === undefined) return { charged: new Map(), window: undefined, stepSeconds, steps: 0, samples };
      table.closeStep();
      const steps = step + 1;
      const window = { start, end: start + steps * (stepSeconds ?? 0) };
      return { charged: chargedResources(targets, table.mean(steps)), window, stepSeconds, steps, samples };
    },
  };
}

/** In base units; 0, which no request is below, where the value cannot count. */
function amountOf(
  sample: UsageSample,
  value: number | undefined,
  factor: number,
  most: number,
  problems: UsageProblems,
): number {
  if (value === undefined) return 0;
  const amount = value * factor;
  if (amount >= 0 && amount <= most) return amount;
  problems.sample(Number.isNaN(amount) ? "notANumber" : amount < 0 ? "negative" : "aboveCapacity", sample);
  return 0;
}

/** Forgets pods that were not there in the last step: over a long window, most of them are gone for good. */
function forget(seen: ReadonlyMap<string, Map<string, SeenPod>>, step: number): number {
  let kept = 0;
  for (const pods of seen.values()) {
    for (const [name, pod] of pods) if (pod.step < step) pods.delete(name);
    kept += pods.size;
  }
  return kept;
}

function chargedResources(targets: UsageTargets, mean: Charges): ChargedResources {
  const charged = new Map<string, Map<string, MeasuredDemand>>();
  for (const [index, { pool, target }] of mean.places.entries()) {
    const key = targets.pools[pool]?.key;
    const id = targets.workloads[target]?.id;
    if (key === undefined || id === undefined) continue;
    const own = charged.get(key) ?? new Map<string, MeasuredDemand>();
    own.set(id, { cpuMillicores: mean.cpu[index] ?? 0, memoryBytes: mean.memory[index] ?? 0 });
    charged.set(key, own);
  }
  return charged;
}
