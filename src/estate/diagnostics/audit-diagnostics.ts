import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { didYouMean, shorten } from "./wording.ts";

interface Naming {
  /** Where the name is written, such as `an exemption of Tenant/retail`. */
  readonly from: string;
  /** Names that would have done. */
  readonly candidates: readonly string[];
}

export const auditRuleUnknown: DiagnosticRule<Naming & { readonly rule: string }> = {
  code: "EST-600",
  name: "audit-rule-unknown",
  severity: "error",
  message: ({ from, rule }) => `There is no audit rule ${shorten(rule)}, which ${from} names.`,
  hint: ({ rule, candidates }) => `${didYouMean(rule, candidates)} "scantling audit --list" prints every rule.`,
};

export const auditProfileUnknown: DiagnosticRule<Naming & { readonly profile: string }> = {
  code: "EST-601",
  name: "audit-profile-unknown",
  severity: "error",
  message: ({ from, profile }) =>
    `There is no audit profile "${shorten(profile)}", which ${from} names: the default one is used.`,
  hint: ({ profile, candidates }) => didYouMean(profile, candidates),
};

export const auditParameterUnknown: DiagnosticRule<Naming & { readonly rule: string; readonly parameter: string }> = {
  code: "EST-602",
  name: "audit-parameter-unknown",
  severity: "error",
  message: ({ rule, parameter }) => `Audit rule ${rule} has no parameter "${shorten(parameter)}".`,
  hint: ({ parameter, candidates }) =>
    candidates.length === 0 ? "The rule has no parameters: remove it." : didYouMean(parameter, candidates),
};

export const auditParameterValue: DiagnosticRule<{
  readonly rule: string;
  readonly parameter: string;
  readonly expected: string;
  readonly found: string;
}> = {
  code: "EST-603",
  name: "audit-parameter-value",
  severity: "error",
  message: ({ rule, parameter, expected, found }) =>
    `Parameter ${parameter} of audit rule ${rule} must be ${expected}, but is ${shorten(found)}: its default is used.`,
  hint: ({ expected }) => `Write ${expected} here.`,
};

interface Exempting {
  /** Whose exemption, such as `Tenant/retail`. */
  readonly from: string;
  readonly rule: string;
}

export const exemptionExpired: DiagnosticRule<Exempting & { readonly until: string; readonly owner: string }> = {
  code: "EST-604",
  name: "exemption-expired",
  severity: "warning",
  message: ({ from, rule, until, owner }) =>
    `The exemption of ${from} from ${rule} ended on ${until}: what it covered counts again (owner: ${shorten(owner)}).`,
  hint: () => "Fix what it covered and remove it, or agree on a new last day.",
};

export const exemptionCoversNothing: DiagnosticRule<Exempting & { readonly selector: string }> = {
  code: "EST-605",
  name: "exemption-covers-nothing",
  severity: "warning",
  message: ({ from, rule, selector }) =>
    `The exemption of ${from} from ${rule} is for ${shorten(selector)}, and there is no such object.`,
  hint: () => "Correct its selector, or remove it.",
};

export const exemptionNotNeeded: DiagnosticRule<Exempting> = {
  code: "EST-606",
  name: "exemption-not-needed",
  severity: "note",
  message: ({ from, rule }) => `The exemption of ${from} from ${rule} covers no finding any more and can be removed.`,
};

export const baselineUnreadable: DiagnosticRule<{ readonly path: string; readonly reason: string }> = {
  code: "EST-607",
  name: "baseline-unreadable",
  severity: "error",
  message: ({ path, reason }) => `"${shorten(path)}" is no audit baseline: ${reason}.`,
  hint: () => 'Write one with "scantling audit PATH --write-baseline FILE".',
};

export const baselineRuleUnknown: DiagnosticRule<Naming & { readonly rule: string }> = {
  code: "EST-608",
  name: "baseline-rule-unknown",
  severity: "warning",
  message: ({ from, rule }) => `${from} holds findings of ${shorten(rule)}, and there is no such audit rule.`,
  hint: ({ rule, candidates }) =>
    `${didYouMean(rule, candidates)} Write the baseline anew with --write-baseline to drop them.`,
};

export const baselineObjectAbsent: DiagnosticRule<{ readonly from: string; readonly objects: readonly string[] }> = {
  code: "EST-609",
  name: "baseline-object-absent",
  severity: "warning",
  message: ({ from, objects }) =>
    `${from} holds findings of objects that are not there: ${objects.slice(0, 4).map(shorten).join(", ")}${objects.length > 4 ? ` and ${objects.length - 4} more` : ""}.`,
  hint: () => "Audit the same paths as when it was written, or write it anew with --write-baseline.",
};

export const baselineFixed: DiagnosticRule<{ readonly from: string; readonly count: number }> = {
  code: "EST-610",
  name: "baseline-fixed",
  severity: "note",
  message: ({ from, count }) =>
    `${count} of the findings of ${from.replace(/^The/, "the")} ${count === 1 ? "is" : "are"} fixed: write it anew, so that they cannot come back unseen.`,
};

export const auditRuleDefect: DiagnosticRule<{ readonly rule: string; readonly reason: string }> = {
  code: "EST-611",
  name: "audit-rule-defect",
  severity: "error",
  message: ({ rule, reason }) =>
    `Audit rule ${rule} failed, so it is not evaluable here; the other rules were judged (${shorten(reason)}).`,
  hint: () => "This is a defect of Scantling: please report it with the input that caused it.",
};

export const ignoredCheckUnknown: DiagnosticRule<{ readonly tool: string; readonly check: string }> = {
  code: "EST-612",
  name: "ignored-check-unknown",
  severity: "note",
  message: ({ tool, check }) =>
    `An annotation ignores check ${shorten(check)} of ${tool}, which no rule here covers: nothing is suppressed by it.`,
};

export const reportNotRead: DiagnosticRule<{ readonly kind: string }> = {
  code: "EST-613",
  name: "report-not-read",
  severity: "note",
  message: ({ kind }) => `This ${shorten(kind)} was written by Scantling and is not part of the estate.`,
};

export const findingDowntimeUntried: DiagnosticRule<{ readonly changes: number }> = {
  code: "EST-616",
  name: "finding-downtime-untried",
  severity: "note",
  message: ({ changes }) =>
    `What ${changes} more ${changes === 1 ? "change" : "changes"} would take off the downtime was not worked out: the worst findings come first. Audit fewer rules or environments to have it.`,
};

/** Every rule of audits, for the catalogue. */
export const auditDiagnosticRules = [
  auditRuleUnknown,
  auditProfileUnknown,
  auditParameterUnknown,
  auditParameterValue,
  exemptionExpired,
  exemptionCoversNothing,
  exemptionNotNeeded,
  baselineUnreadable,
  baselineRuleUnknown,
  baselineObjectAbsent,
  baselineFixed,
  auditRuleDefect,
  ignoredCheckUnknown,
  reportNotRead,
  findingDowntimeUntried,
] as const;
