import type { AssumptionRule } from "./assumption-rule.ts";

/** How requests fail while a version is judged. */
export const requestsFailIndependently: AssumptionRule<{ readonly rates: string }> = {
  id: "ASM-245",
  name: "requests-fail-independently",
  text: () =>
    "Traffic is constant, and each request to the new version fails or is slow by itself with the same chance: nothing measured says how failures cluster.",
  value: ({ rates }) => rates,
  replaceBy: "--error-rate and --slow-rate of a canary that was measured",
};

/** Errors of a version that is as good as the one before. */
export const healthyVersionErrorRate: AssumptionRule<{ readonly rate: string; readonly permitted: string }> = {
  id: "ASM-246",
  name: "healthy-version-error-rate",
  text: ({ permitted }) =>
    `A healthy version fails a tenth of what the policy permits (${permitted}): nothing measured says how many of its requests fail.`,
  value: ({ rate }) => rate,
  replaceBy: "--healthy-error-rate",
};

/** What an error rate says nothing about. */
export const otherMetricsPass: AssumptionRule<{ readonly metric: string }> = {
  id: "ASM-247",
  name: "other-metrics-pass",
  text: ({ metric }) =>
    `The regression shows in errors and slow requests alone, so ${metric} passes whenever it is measured.`,
  value: () => "passes",
  replaceBy: "AnalysisTemplate.spec.metrics[] or Canary.spec.analysis.metrics[] on errors or latency",
};

/** What the exposure is measured against. */
export const rolloutErrorBudget: AssumptionRule<{ readonly objective: string }> = {
  id: "ASM-248",
  name: "rollout-error-budget",
  text: ({ objective }) =>
    `The error budget is that of ${objective} over 30 days of the same traffic: the policy names no objective.`,
  value: ({ objective }) => objective,
  replaceBy: "--objective",
};

/** What a policy leaves to persons, pods or the mesh. */
export const rolloutConditionNotDeclared: AssumptionRule<{ readonly what: string; readonly value: string }> = {
  id: "ASM-249",
  name: "rollout-condition-not-declared",
  text: ({ what }) => `The policy does not say ${what}.`,
  value: ({ value }) => value,
  replaceBy: "--approval-minutes, --start-seconds or --match-share",
};

/** Every rule that fills a gap of a rollout policy. */
export const rolloutRules = [
  requestsFailIndependently,
  healthyVersionErrorRate,
  otherMetricsPass,
  rolloutErrorBudget,
  rolloutConditionNotDeclared,
] as const;
