import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { didYouMean, shorten } from "./wording.ts";

export const sizedWorkloadUnknown: DiagnosticRule<{ readonly name: string; readonly candidates: readonly string[] }> = {
  code: "EST-770",
  name: "sized-workload-unknown",
  severity: "error",
  message: ({ name }) => `No workload that runs on a node is called "${shorten(name)}", so there is nothing to sweep.`,
  hint: ({ name, candidates }) => didYouMean(name, candidates),
};

export const sizedWorkloadAmbiguous: DiagnosticRule<{ readonly name: string; readonly candidates: readonly string[] }> =
  {
    code: "EST-771",
    name: "sized-workload-ambiguous",
    severity: "error",
    message: ({ name, candidates }) =>
      `${candidates.length} workloads are called "${shorten(name)}", so it is not known which to sweep.`,
    hint: ({ candidates }) => `Name one of them in full: ${candidates.slice(0, 5).join(", ")}.`,
  };

export const sizingUsageEmpty: DiagnosticRule<{ readonly source: string }> = {
  code: "EST-772",
  name: "sizing-usage-empty",
  severity: "warning",
  message: ({ source }) => `${shorten(source)} has no usable sample, so no requests can be derived from it.`,
  hint: () => "The first line of a CSV is its header: time, namespace, pod or workload, cpuCores, memoryGiB.",
};

export const sizingDiagnosticRules = [sizedWorkloadUnknown, sizedWorkloadAmbiguous, sizingUsageEmpty] as const;
