import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import {
  usageAboveCapacity,
  usageDuplicate,
  usageEmpty,
  usageGap,
  usageNegative,
  usageNotANumber,
  usageOfNobody,
  usageOutOfOrder,
  usageScaledDown,
  usageUnreadable,
} from "../../estate/diagnostics/finops-diagnostics.ts";
import type { UsageSample } from "./usage-sample.ts";

/** What can be wrong with a sample. */
type SampleProblem = "notANumber" | "negative" | "aboveCapacity" | "duplicate" | "outOfOrder" | "nobody";

const rules = {
  notANumber: usageNotANumber,
  negative: usageNegative,
  aboveCapacity: usageAboveCapacity,
  duplicate: usageDuplicate,
  outOfOrder: usageOutOfOrder,
  nobody: usageOfNobody,
} as const;

/** Problems of a usage file, counted: a million bad samples are one diagnostic. */
export interface UsageProblems {
  readonly sample: (problem: SampleProblem, sample: UsageSample) => void;
  readonly unreadable: (place: string, problem: string) => void;
  readonly gap: (steps: number, after: number) => void;
  readonly scaledDown: (pool: string, resource: "CPU" | "memory") => void;
  readonly counts: () => { readonly [problem in SampleProblem | "unreadable"]: number };
  readonly diagnostics: (source: string, usable: number) => readonly Diagnostic[];
}

export function countUsageProblems(): UsageProblems {
  const found = new Map<SampleProblem, { count: number; readonly first: string }>();
  const scaled = new Map<string, number>();
  let unreadable: { count: number; readonly first: string; readonly problem: string } | undefined;
  let gaps: { gaps: number; steps: number; readonly first: string } | undefined;
  return {
    sample: (problem, sample) => {
      const known = found.get(problem);
      if (known === undefined) found.set(problem, { count: 1, first: nameOf(sample) });
      else known.count += 1;
    },
    unreadable: (first, problem) => {
      if (unreadable === undefined) unreadable = { count: 1, first, problem };
      else unreadable.count += 1;
    },
    gap: (steps, after) => {
      if (gaps === undefined) gaps = { gaps: 1, steps, first: timeText(after) };
      else {
        gaps.gaps += 1;
        gaps.steps += steps;
      }
    },
    scaledDown: (pool, resource) => {
      const key = `${resource} of pool ${pool}`;
      scaled.set(key, (scaled.get(key) ?? 0) + 1);
    },
    counts: () => ({
      notANumber: found.get("notANumber")?.count ?? 0,
      negative: found.get("negative")?.count ?? 0,
      aboveCapacity: found.get("aboveCapacity")?.count ?? 0,
      duplicate: found.get("duplicate")?.count ?? 0,
      outOfOrder: found.get("outOfOrder")?.count ?? 0,
      nobody: found.get("nobody")?.count ?? 0,
      unreadable: unreadable?.count ?? 0,
    }),
    diagnostics: (source, usable) => [
      ...(unreadable === undefined ? [] : [diagnose(usageUnreadable, unreadable)]),
      ...[...found].map(([problem, counted]) => diagnose(rules[problem], counted)),
      ...(gaps === undefined ? [] : [diagnose(usageGap, gaps)]),
      ...[...scaled].map(([pool, steps]) => diagnose(usageScaledDown, { capacity: pool, steps })),
      ...(usable === 0 ? [diagnose(usageEmpty, { source })] : []),
    ],
  };
}

function nameOf({ time, namespace, pod, workload }: UsageSample): string {
  return `${namespace}/${pod ?? workload ?? ""} at ${timeText(time)}`;
}

/** `2026-11-22T10:00:00Z`. */
export function timeText(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString().replace(".000Z", "Z");
}
