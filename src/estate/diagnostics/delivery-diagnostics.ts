import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { shorten } from "./wording.ts";

export const policyMissing: DiagnosticRule<{ readonly file: string }> = {
  code: "EST-848",
  name: "rollout-policy-missing",
  severity: "error",
  message: ({ file }) => `${shorten(file)} holds no rollout policy, so there is nothing to evaluate.`,
  hint: () =>
    "Give a Flagger Canary, an Argo Rollouts Rollout with its AnalysisTemplates, a Deployment, or feature flags of App Configuration.",
};

export const policyFieldUnusable: DiagnosticRule<{
  readonly subject: string;
  readonly field: string;
  readonly problem: string;
  readonly remedy: string;
}> = {
  code: "EST-849",
  name: "rollout-field-unusable",
  severity: "error",
  message: ({ subject, field, problem }) => `${shorten(field)} of ${shorten(subject)} cannot be used: ${problem}.`,
  hint: ({ remedy }) => remedy,
};

export const rolloutWithoutAnalysis: DiagnosticRule<{ readonly subject: string }> = {
  code: "EST-814",
  name: "rollout-without-analysis",
  severity: "warning",
  message: ({ subject }) =>
    `${shorten(subject)} judges no metric, so it promotes every version whose pods start: it catches no regression by itself.`,
  hint: () => "Add metrics to the analysis, or hold a step until a person or an alert has looked.",
};

export const metricNotEvaluable: DiagnosticRule<{
  readonly subject: string;
  readonly metric: string;
  readonly problem: string;
}> = {
  code: "EST-815",
  name: "rollout-metric-not-evaluable",
  severity: "warning",
  message: ({ subject, metric, problem }) =>
    `Metric ${shorten(metric)} of ${shorten(subject)} is taken to pass always: ${problem}.`,
  hint: () =>
    "Give the metric a name or query that says whether it counts errors, successes or slow requests, and a condition that compares it with a number.",
};

export const analysisTemplateMissing: DiagnosticRule<{
  readonly subject: string;
  readonly template: string;
  readonly kind: string;
}> = {
  code: "EST-829",
  name: "analysis-template-missing",
  severity: "error",
  message: ({ subject, template, kind }) =>
    `${shorten(subject)} is judged by ${kind} ${shorten(template)}, which is not among the documents: the policy is not evaluable.`,
  hint: ({ kind }) => `Put the ${kind} into the same file, or name its file with another --policy.`,
};

export const rolloutInputUnusable: DiagnosticRule<{
  readonly input: string;
  readonly value: string;
  readonly range: string;
}> = {
  code: "EST-819",
  name: "rollout-input-unusable",
  severity: "error",
  message: ({ input, value, range }) => `${input} is ${shorten(value)}, which is not ${range}: nothing is evaluated.`,
  hint: ({ range }) => `Write a number ${range}.`,
};

/** Every problem of rollout policies, for the catalogue of diagnostics. */
export const deliveryDiagnosticRules = [
  policyMissing,
  policyFieldUnusable,
  rolloutWithoutAnalysis,
  metricNotEvaluable,
  analysisTemplateMissing,
  rolloutInputUnusable,
] as const;
