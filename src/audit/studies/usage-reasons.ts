import type { Reason } from "../../estate/figures/figure.ts";
import type { UsageProfile } from "../../finops/right-sizing/requests/usage-profile.ts";
import { timeText } from "../../finops/usage/usage-problems.ts";
import type { UsageStudy } from "./estate-studies.ts";

/** What a figure stands on that comes of measured usage. */
export function usageReasons({ source }: UsageStudy, profile: UsageProfile): readonly Reason[] {
  const window = `${timeText(profile.start)} to ${timeText(profile.end)}`;
  const measured = (name: string, value: number, unit: string): Reason => ({
    kind: "measurement",
    name,
    value,
    unit,
    source,
    window,
  });
  return [
    measured("samples", profile.cpu.samples, "samples"),
    measured("P95 of CPU of a pod", Math.ceil(profile.cpu.percentile(0.95)), "millicores"),
    measured("peak of memory of a pod", Math.ceil(profile.memory.peak / 1024 ** 2), "MiB"),
  ];
}

const secondsPerDay = 86_400;
/** The last sample of a week stands a step before its end. */
const stepOfWindow = 0.01;

/** Days of samples. */
export function daysOf({ start, end }: Pick<UsageProfile, "start" | "end">): number {
  return ((end - start) * (1 + stepOfWindow)) / secondsPerDay;
}
