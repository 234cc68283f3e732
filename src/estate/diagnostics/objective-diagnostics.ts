import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { didYouMean, listed, type Suggesting, shorten } from "./wording.ts";

export const objectivesDisagree: DiagnosticRule<{
  readonly journey: string;
  readonly objective: string;
  readonly slo: string;
  readonly target: string;
}> = {
  code: "EST-228",
  name: "objectives-disagree",
  severity: "warning",
  message: ({ journey, objective, slo, target }) =>
    `Journey ${shorten(journey)} asks for ${objective}, but SLO ${shorten(slo)} says ${target}; the SLO holds.`,
  hint: () => "Leave the objective of the journey out, or make the two equal.",
};

export const objectiveWithoutTarget: DiagnosticRule<{ readonly slo: string }> = {
  code: "EST-229",
  name: "objective-without-target",
  severity: "error",
  message: ({ slo }) =>
    `SLO ${shorten(slo)} has an objective without a target between 0 and 100 %, so nothing can be held against it.`,
  hint: () => "Write target as a ratio (0.999) or targetPercent (99.9).",
};

export const objectiveNotAvailability: DiagnosticRule<{ readonly slo: string }> = {
  code: "EST-230",
  name: "objective-not-availability",
  severity: "note",
  message: ({ slo }) =>
    `SLO ${shorten(slo)} compares a metric with a threshold: it is kept, and not held against the availability of a journey.`,
};

export const dependencyCycle: DiagnosticRule<{ readonly cycle: readonly string[] }> = {
  code: "EST-231",
  name: "dependency-cycle",
  severity: "warning",
  message: ({ cycle }) => `These workloads depend on one another, so each fails with any of them: ${listed(cycle)}.`,
  hint: () => "Where one of them can do without, declare the dependency soft or async in the Application.",
};

export const dependencyOnItself: DiagnosticRule<{ readonly workload: string }> = {
  code: "EST-232",
  name: "dependency-on-itself",
  severity: "error",
  message: ({ workload }) => `${shorten(workload)} is declared to depend on itself.`,
  hint: () => "Take it out, or name the workload that was meant.",
};

export const failureModelUnknown: DiagnosticRule<Suggesting & { readonly name: string }> = {
  code: "EST-234",
  name: "failure-model-unknown",
  severity: "error",
  message: ({ name }) => `spec.failureModel.${shorten(name)} overrides no assumption of the failure model.`,
  hint: ({ name, candidates }) => didYouMean(name, candidates),
};

export const loadProfileEmpty: DiagnosticRule<{ readonly profile: string }> = {
  code: "EST-239",
  name: "load-profile-empty",
  severity: "error",
  message: ({ profile }) =>
    `LoadProfile ${shorten(profile)} has neither shape nor series, so it says nothing of the demand.`,
  hint: () => "Add spec.shape with base and daily peak, or spec.series with a CSV file.",
};

export const exchangeRateMissing: DiagnosticRule<{ readonly currency: string }> = {
  code: "EST-233",
  name: "exchange-rate-missing",
  severity: "error",
  message: ({ currency }) => `Money is declared in ${currency}, but there is no exchange rate for it.`,
  hint: ({ currency }) =>
    `Add spec.exchangeRates.${currency} with perUsd and asOf: prices of the catalog are in US dollars.`,
};

/** Rules of objectives, dependencies and what values stand on, for the catalogue. */
export const objectiveDiagnosticRules = [
  objectivesDisagree,
  objectiveWithoutTarget,
  objectiveNotAvailability,
  dependencyCycle,
  dependencyOnItself,
  failureModelUnknown,
  loadProfileEmpty,
  exchangeRateMissing,
] as const;
