import {
  auditParameterUnknown,
  auditParameterValue,
  auditProfileUnknown,
  auditRuleUnknown,
} from "../../estate/diagnostics/audit-diagnostics.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import type { AuditSettings, RuleSetting } from "../../estate/model/audit-settings.ts";
import type { FindingSeverity } from "../finding.ts";
import type { Rule, RuleOutcome } from "../rule.ts";
import type { ParameterValue, ParameterValues, RuleParameter } from "../rule-parameter.ts";
import { type AuditProfile, auditProfiles, type Criticality, defaultProfile } from "./profiles.ts";
import { isAtLeast, movedBy } from "./severity-order.ts";

/** A rule as profile and Estate want it. */
interface EffectiveRule {
  readonly rule: Rule;
  readonly parameters: ParameterValues;
  /** Severity of an outcome in an environment of a criticality; undefined: it is not said. */
  readonly severityOf: (outcome: RuleOutcome, criticality: Criticality) => FindingSeverity | undefined;
}

interface EffectiveRules {
  readonly profile: AuditProfile;
  readonly rules: readonly EffectiveRule[];
  readonly diagnostics: readonly Diagnostic[];
}

/** `AVL-007`, or `AVL-007.4` for a sub-verdict. */
export function ruleCode(rule: Pick<Rule, "id">, part: string | undefined): string {
  return part === undefined ? rule.id : `${rule.id}.${part}`;
}

/** Rule without sub-verdict. */
export function ruleIdOf(code: string): string {
  return code.split(".", 1)[0] ?? code;
}

/**
 * The rules that are on, with parameters and severities. The profile decides first, then the Estate's setting of the
 * rule, then its setting of the sub-verdict. A sub-verdict that weighs less than its rule keeps its own severity unless
 * it is set itself.
 */
export function effectiveRules(
  rules: readonly Rule[],
  settings: AuditSettings,
  requestedProfile: string | undefined,
): EffectiveRules {
  const diagnostics: Diagnostic[] = [];
  const profile = findProfile(settings, requestedProfile, diagnostics);
  const ids = rules.map(({ id }) => id);
  for (const [code, { place }] of settings.rules) {
    if (ids.includes(ruleIdOf(code))) continue;
    const parameters = { rule: code, from: "Estate.spec.audit.rules", candidates: ids };
    diagnostics.push(diagnose(auditRuleUnknown, parameters, { place }));
  }
  const effective = rules
    .filter(({ id }) => settings.rules.get(id)?.enabled !== false)
    .map((rule) => ({
      rule,
      parameters: parametersOf(rule, profile, settings.rules.get(rule.id), diagnostics),
      severityOf: (outcome: RuleOutcome, criticality: Criticality) =>
        severityOf(rule, outcome, criticality, { profile, settings }),
    }));
  return { profile, rules: effective, diagnostics };
}

function findProfile(settings: AuditSettings, requested: string | undefined, diagnostics: Diagnostic[]): AuditProfile {
  const wanted = requested ?? settings.profile;
  if (wanted === undefined) return defaultProfile;
  const found = auditProfiles.find(({ name }) => name === wanted);
  if (found !== undefined) return found;
  const from = requested === undefined ? "Estate.spec.audit.profile" : "--profile";
  const parameters = { profile: wanted, from, candidates: auditProfiles.map(({ name }) => name) };
  diagnostics.push(
    diagnose(auditProfileUnknown, parameters, requested === undefined ? { place: settings.profilePlace } : {}),
  );
  return defaultProfile;
}

interface Standing {
  readonly profile: AuditProfile;
  readonly settings: AuditSettings;
}

function severityOf(
  rule: Rule,
  outcome: RuleOutcome,
  criticality: Criticality,
  { profile, settings }: Standing,
): FindingSeverity | undefined {
  const ofPart = outcome.part === undefined ? undefined : settings.rules.get(ruleCode(rule, outcome.part));
  if (ofPart?.enabled === false) return undefined;
  const setting = ofPart?.severity[criticality];
  if (setting !== undefined) return setting === "none" ? undefined : setting;
  const ofRule = settings.rules.get(rule.id)?.severity[criticality];
  const base = ofRule ?? profile.severity(rule, criticality);
  if (base === undefined || base === "none") return undefined;
  const own = outcome.severity ?? base;
  const severity = ofRule === undefined ? movedBy(own, outcome.severitySteps ?? 0) : own;
  // A verdict that counts or is missing is not weighed: only findings are left out for weighing too little.
  return outcome.verdict === "fail" && !isAtLeast(severity, profile.leastSeverity) ? undefined : severity;
}

function parametersOf(
  rule: Rule,
  profile: AuditProfile,
  setting: RuleSetting | undefined,
  diagnostics: Diagnostic[],
): ParameterValues {
  const parameters = rule.parameters ?? [];
  const values: { [name: string]: ParameterValue } = {};
  for (const parameter of parameters)
    values[parameter.name] = (profile.strictParameters ? parameter.strict : undefined) ?? parameter.default;
  for (const [name, value] of Object.entries(setting?.parameters ?? {})) {
    const parameter = parameters.find((candidate) => candidate.name === name);
    const problem = parameter === undefined ? unknownParameter(rule, name) : wrongValue(rule, parameter, value);
    if (problem === undefined) values[name] = value;
    else diagnostics.push({ ...problem, ...(setting === undefined ? {} : { place: setting.place }) });
  }
  return values;
}

function unknownParameter(rule: Rule, parameter: string): Diagnostic {
  const candidates = (rule.parameters ?? []).map(({ name }) => name);
  return diagnose(auditParameterUnknown, { rule: rule.id, parameter, from: "Estate.spec.audit.rules", candidates });
}

function wrongValue(rule: Rule, parameter: RuleParameter, value: ParameterValue): Diagnostic | undefined {
  const { allowed, name } = parameter;
  const isType = typeof value === typeof parameter.default;
  if (isType && (allowed === undefined || allowed.includes(value))) return undefined;
  const expected =
    allowed === undefined
      ? { number: "a number", string: "a text", boolean: "true or false" }[kindOf(parameter.default)]
      : `one of ${allowed.join(", ")}`;
  return diagnose(auditParameterValue, { rule: rule.id, parameter: name, expected, found: JSON.stringify(value) });
}

function kindOf(value: ParameterValue): "number" | "string" | "boolean" {
  if (typeof value === "number") return "number";
  return typeof value === "string" ? "string" : "boolean";
}
