import type { UsageSample } from "./usage-sample.ts";
import type { UsageTarget } from "./usage-targets.ts";

/** Index of the workload that a sample is of; undefined when none is, or when several could be. */
export type FindTarget = (sample: UsageSample) => number | undefined;

/**
 * Finds the workload of a sample by what it names, or by the name of the pod: of the workloads of the namespace whose
 * name the pod's begins with, the one with the longest name.
 */
export function targetFinder(targets: readonly UsageTarget[]): FindTarget {
  const byNamespace = Map.groupBy([...targets.keys()], (index) => targets[index]?.namespace ?? "");
  return (sample) => {
    const candidates = (byNamespace.get(sample.namespace) ?? []).filter((index) => {
      const target = targets[index];
      return (
        target !== undefined &&
        (sample.cluster === undefined || sample.cluster === target.cluster) &&
        (sample.environment === undefined || sample.environment === target.environment) &&
        matches(sample, target)
      );
    });
    const longest = Math.max(...candidates.map((index) => targets[index]?.name.length ?? 0));
    const [best, ...others] = candidates.filter((index) => targets[index]?.name.length === longest);
    return others.length > 0 ? undefined : best;
  };
}

function matches({ workload, pod }: UsageSample, { kind, name }: UsageTarget): boolean {
  if (workload !== undefined) return workload === name || workload === `${kind}/${name}`;
  return pod !== undefined && (pod === name || pod.startsWith(`${name}-`));
}
