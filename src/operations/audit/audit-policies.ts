import type { AdmissionCheck } from "../../audit/admission-policies/admission-check.ts";
import {
  type ExemptionContext,
  exemptionConditions,
  type GrantedExemption,
} from "../../audit/admission-policies/exemption-condition.ts";
import { type NamespaceKnowledge, namespaceKnowledge } from "../../audit/admission-policies/namespace-knowledge.ts";
import {
  type AdmittedCheck,
  type AdmittedRule,
  kyvernoPolicy,
  validatingAdmissionPolicies,
} from "../../audit/admission-policies/policy-manifests.ts";
import { type WithoutPolicy, withoutPolicy } from "../../audit/admission-policies/without-policy.ts";
import type { FindingSeverity } from "../../audit/finding.ts";
import type { RuleOutcome } from "../../audit/rule.ts";
import { rules as allRules } from "../../audit/rules/rules.ts";
import { effectiveRules, ruleCode, ruleIdOf } from "../../audit/settings/effective-rules.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { Exemption } from "../../estate/model/audit-settings.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { AuditRunOptions } from "./audit.ts";

export type PolicyForm = "validatingAdmissionPolicy" | "kyverno";

/** Policies for the rules that admission can enforce. */
export interface AuditPolicies {
  /** Objects by the rule that they enforce, sorted by rule. */
  readonly policies: readonly { readonly rule: string; readonly objects: readonly JsonObject[] }[];
  /** What is audited and has no policy: rules and sub-verdicts, by reason. */
  readonly inexpressible: readonly WithoutPolicy[];
  /** Exemptions that a policy cannot make: it would turn away what they cover. */
  readonly exemptions: readonly Exemption[];
}

type EffectiveRule = ReturnType<typeof effectiveRules>["rules"][number];

/**
 * Admission policies of the rules that the profile and the Estate turn on. Severity is that of the most critical
 * environment; sub-verdicts that are not said there are left out.
 */
export function auditPolicies(estate: Estate, form: PolicyForm, options: AuditRunOptions): AuditPolicies {
  const { rules: effective } = effectiveRules(allRules, estate.audit, options.profile);
  const wanted = effective
    .filter(({ rule }) => options.rules === undefined || options.rules.some((code) => ruleIdOf(code) === rule.id))
    .toSorted((left, right) => (left.rule.id < right.rule.id ? -1 : 1));
  const exempting: Exempting = {
    granted: grantedExemptions(estate),
    context: {
      today: options.today,
      environments: options.environments ?? estate.environments.map(({ name }) => name),
    },
    lost: new Set(),
  };
  const known = namespaceKnowledge(estate);
  const policies = wanted.flatMap((each) => {
    const checks = wantedChecks(each, options.rules, known);
    if (checks.length === 0) return [];
    const admitted = withExemptions(each.rule, checks, exempting, known);
    const objects = form === "kyverno" ? [kyvernoPolicy(admitted)] : validatingAdmissionPolicies(admitted);
    return [{ rule: each.rule.id, objects }];
  });
  const expressed = new Set(policies.map(({ rule }) => rule));
  return {
    policies,
    inexpressible: withoutPolicy(
      wanted.map(({ rule }) => rule),
      expressed,
    ),
    exemptions: [...exempting.lost],
  };
}

/** Those that are asked for, said at all, and for namespaces that there are. */
function wantedChecks(
  { rule, parameters, severityOf }: EffectiveRule,
  codes: readonly string[] | undefined,
  known: NamespaceKnowledge,
): readonly AdmittedCheck[] {
  return (rule.admission?.checks ?? []).flatMap((check): readonly AdmittedCheck[] => {
    const { part, scope = "everyone", when } = check;
    if (when !== undefined && parameters[when.parameter] !== when.value) return [];
    const isAsked = codes === undefined || codes.includes(rule.id) || codes.includes(ruleCode(rule, part));
    const severity = severityOf(outcomeOf(check), "high");
    if (!isAsked || severity === undefined) return [];
    return scope === "everyone" || known[scope].length > 0 ? [{ check, severity }] : [];
  });
}

interface Exempting {
  readonly granted: readonly GrantedExemption[];
  readonly context: ExemptionContext;
  /** Collects what no policy can make. */
  readonly lost: Set<Exemption>;
}

/** A tenant's own hold in its namespaces, those of the Estate everywhere. */
function grantedExemptions({ audit, tenants }: Estate): readonly GrantedExemption[] {
  return [
    ...audit.exemptions.map((exemption) => ({ exemption, within: undefined })),
    ...tenants.flatMap(({ exemptions, namespaces }) =>
      exemptions.map((exemption) => ({ exemption, within: namespaces })),
    ),
  ];
}

/** An exemption from the rule spares its objects; one from a sub-verdict leaves the others standing. */
function withExemptions(
  rule: AdmittedRule["rule"],
  checks: readonly AdmittedCheck[],
  { granted, context, lost }: Exempting,
  known: NamespaceKnowledge,
): AdmittedRule {
  const conditionsFor = (code: string, on: AdmissionCheck["on"]) => {
    const own = granted.filter(({ exemption }) => exemption.rule === code);
    const { conditions, inexpressible } = exemptionConditions(own, on, context);
    for (const exemption of inexpressible) lost.add(exemption);
    return conditions;
  };
  return {
    rule,
    known,
    conditionsOf: (subject) => conditionsFor(rule.id, subject),
    checks: checks.map(({ check, severity }) => {
      const conditions = check.part === undefined ? [] : conditionsFor(ruleCode(rule, check.part), check.on);
      if (conditions.length === 0) return { check, severity };
      const applies = conditions.map(({ expression }) => expression).join(" && ");
      return { check: { ...check, expression: `!(${applies}) || (${check.expression})` }, severity };
    }),
  };
}

/** An outcome of which only the sub-verdict and its weight count. */
function outcomeOf({ part, severity }: { readonly part?: string; readonly severity?: FindingSeverity }): RuleOutcome {
  return {
    verdict: "fail",
    ...(part === undefined ? {} : { part }),
    ...(severity === undefined ? {} : { severity }),
    subject: "",
    subjectLabel: "",
    environment: undefined,
    tenant: undefined,
    namespace: undefined,
    place: { precision: "file", source: "" },
    message: "",
  };
}
