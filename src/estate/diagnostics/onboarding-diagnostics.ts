import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { didYouMean, type Suggesting, shorten } from "./wording.ts";

export const answersMissing: DiagnosticRule<{ readonly command: string; readonly flags: readonly string[] }> = {
  code: "EST-920",
  name: "answers-missing",
  severity: "error",
  message: ({ command, flags }) => `"scantling ${command}" needs ${flags.join(", ")}.`,
  hint: ({ command }) =>
    `Add them, or run it on a terminal, where it asks: scantling ${command} --help says what they mean.`,
};

export const onboardingNameUnknown: DiagnosticRule<Suggesting & { readonly what: string; readonly name: string }> = {
  code: "EST-921",
  name: "onboarding-name-unknown",
  severity: "error",
  message: ({ what, name }) => `There is no ${what} ${shorten(name)}.`,
  hint: ({ name, candidates }) => didYouMean(name, candidates),
};

export const onboardingNameTaken: DiagnosticRule<{ readonly what: string; readonly name: string }> = {
  code: "EST-922",
  name: "onboarding-name-taken",
  severity: "error",
  message: ({ what, name }) => `${what} ${shorten(name)} is there already.`,
  hint: () => "Choose another name, or edit the document that is there.",
};

export const onboardingNameRefused: DiagnosticRule<{ readonly name: string; readonly wanted: string }> = {
  code: "EST-923",
  name: "onboarding-name-refused",
  severity: "error",
  message: ({ name, wanted }) => `Kubernetes refuses ${JSON.stringify(shorten(name))}: it wants ${wanted}.`,
  hint: () => "Choose a name such as web-shop.",
};

export const namespaceOfAnother: DiagnosticRule<{ readonly namespace: string; readonly owner: string }> = {
  code: "EST-924",
  name: "namespace-of-another",
  severity: "error",
  message: ({ namespace, owner }) => `Namespace ${shorten(namespace)} belongs to tenant ${shorten(owner)}.`,
  hint: () => "Give the application a namespace of its own with --namespace.",
};

export const answerUnusable: DiagnosticRule<{
  readonly flag: string;
  readonly given: string;
  readonly wanted: string;
}> = {
  code: "EST-925",
  name: "answer-unusable",
  severity: "error",
  message: ({ flag, given, wanted }) => `${flag} ${JSON.stringify(shorten(given))} is not ${wanted}.`,
  hint: ({ wanted }) => `Write ${wanted}.`,
};

export const onboardingNotPossible: DiagnosticRule<{ readonly what: string; readonly reason: string }> = {
  code: "EST-926",
  name: "onboarding-not-possible",
  severity: "error",
  message: ({ what, reason }) => `${shorten(what)} cannot be done: ${reason}.`,
  hint: () => "Nothing was written. Change what stands in the way, and run it again.",
};

export const classUnknown: DiagnosticRule<Suggesting & { readonly name: string }> = {
  code: "EST-927",
  name: "application-class-unknown",
  severity: "warning",
  message: ({ name }) => `The platform product has no application class ${shorten(name)}: it carries nothing.`,
  hint: ({ name, candidates }) => didYouMean(name, candidates),
};

interface OverBudget {
  readonly tenant: string;
  /** Amounts of a month, with their currency. */
  readonly monthly: string;
  readonly budget: string;
  readonly over: string;
}

export const tenantOverBudget: DiagnosticRule<OverBudget> = {
  code: "EST-928",
  name: "tenant-over-budget",
  severity: "warning",
  message: ({ tenant, monthly, budget, over }) =>
    `Tenant ${shorten(tenant)} costs ${monthly} a month, ${over} more than its budget of ${budget}.`,
  hint: ({ tenant }) =>
    `Raise spec.budget.monthlyCost of Tenant/${shorten(tenant)}, let it share more, or ask for less: scantling cost allocate says what costs it.`,
};

export const onboardingDiagnosticRules = [
  answersMissing,
  onboardingNameUnknown,
  onboardingNameTaken,
  onboardingNameRefused,
  namespaceOfAnother,
  answerUnusable,
  onboardingNotPossible,
  classUnknown,
  tenantOverBudget,
] as const;
