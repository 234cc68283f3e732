import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { sizingUsageEmpty } from "../../estate/diagnostics/sizing-diagnostics.ts";
import type { SizingSubject } from "../../finops/right-sizing/requests/sizing-subject.ts";
import type { UsageProfile } from "../../finops/right-sizing/requests/usage-profile.ts";
import { createUsageProfiler } from "../../finops/right-sizing/requests/usage-profiler.ts";
import { readUsage } from "../../finops/usage/read-usage.ts";
import { countUsageProblems, timeText } from "../../finops/usage/usage-problems.ts";
import type { UsageTargets } from "../../finops/usage/usage-targets.ts";
import type { MeasuredInput } from "./cost-allocation.ts";

/** What the usage said of every workload. */
export interface ProfiledUsage {
  readonly profiles: ReadonlyMap<string, UsageProfile>;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly problems: { readonly [problem: string]: number };
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads usage to its end and profiles it. */
export async function profileUsage(
  targets: UsageTargets,
  subjects: readonly SizingSubject[],
  input: MeasuredInput,
  options: { readonly onProgress?: ((text: string) => void) | undefined; readonly signal?: AbortSignal | undefined },
): Promise<ProfiledUsage> {
  const { source } = input;
  const problems = countUsageProblems();
  const batches = "chunks" in input ? readUsage(input.chunks, problems) : input.measured.batches;
  const limits = new Map(
    subjects.map(({ workload, limits: { memoryBytes } }) => [workload.id, { memoryLimitBytes: memoryBytes }]),
  );
  const profiler = createUsageProfiler(targets, limits, problems);
  let readSamples = 0;
  for await (const samples of batches) {
    options.signal?.throwIfAborted();
    profiler.add(samples);
    readSamples += samples.length;
    options.onProgress?.(`${readSamples.toLocaleString("en-US")} samples of usage`);
  }
  const profiles = profiler.finish();
  const all = [...profiles.values()];
  const counted = all.reduce((sum, { cpu, memory }) => sum + Math.max(cpu.samples, memory.samples), 0);
  return {
    profiles,
    from: all.length === 0 ? undefined : timeText(Math.min(...all.map(({ start }) => start))),
    to: all.length === 0 ? undefined : timeText(Math.max(...all.map(({ end }) => end))),
    problems: problems.counts(),
    diagnostics: [
      ...("measured" in input ? input.measured.diagnostics() : []),
      // That nothing counts has other consequences here than for an allocation.
      ...problems.diagnostics(source, 1),
      ...(counted === 0 ? [diagnose(sizingUsageEmpty, { source })] : []),
    ],
  };
}
