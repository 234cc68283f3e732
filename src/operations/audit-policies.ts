import type { AdmissionCheck } from "../audit/admission-policies/admission-check.ts";
import { exemptionConditions } from "../audit/admission-policies/exemption-condition.ts";
import { kyvernoPolicy, validatingAdmissionPolicies } from "../audit/admission-policies/policy-manifests.ts";
import type { RuleOutcome } from "../audit/rule.ts";
import { rules as allRules } from "../audit/rules/rules.ts";
import { effectiveRules, ruleCode, ruleIdOf } from "../audit/settings/effective-rules.ts";
import type { JsonObject } from "../estate/kubernetes/kubernetes-object.ts";
import type { Exemption } from "../estate/model/audit-settings.ts";
import type { Estate } from "../estate/model/estate.ts";
import type { AuditRunOptions } from "./audit.ts";

export type PolicyForm = "validatingAdmissionPolicy" | "kyverno";

/** Policies for the rules that admission can enforce. */
export interface AuditPolicies {
  /** Objects by the rule that they enforce, sorted by rule. */
  readonly policies: readonly { readonly rule: string; readonly objects: readonly JsonObject[] }[];
  /** Rules that look at more than one object, or at what is no object. */
  readonly inexpressible: readonly string[];
  /** Exemptions that a policy cannot make: it would turn away what they cover. */
  readonly exemptions: readonly Exemption[];
}

/**
 * Admission policies of the rules that the profile and the Estate turn on. Severity is that of the most critical
 * environment; sub-verdicts that are not said there are left out.
 */
export function auditPolicies(estate: Estate, form: PolicyForm, options: AuditRunOptions): AuditPolicies {
  const { rules: effective } = effectiveRules(allRules, estate.audit, options.profile);
  const wanted = effective
    .filter(({ rule }) => options.rules === undefined || options.rules.some((code) => ruleIdOf(code) === rule.id))
    .toSorted((left, right) => (left.rule.id < right.rule.id ? -1 : 1));
  // A tenant's exemption holds in its own namespaces: one that names none reaches further than a policy can see.
  const ofTenants = estate.tenants.flatMap((tenant) => tenant.exemptions);
  const exemptions = [...estate.audit.exemptions, ...ofTenants.filter(({ namespace }) => namespace !== undefined)];
  const lost = new Set(ofTenants.filter(({ namespace, until }) => namespace === undefined && until >= options.today));
  const scope = {
    today: options.today,
    environments: options.environments ?? estate.environments.map(({ name }) => name),
  };
  const policies = wanted.flatMap(({ rule, severityOf }) => {
    const checks = (rule.admission ?? []).filter(
      ({ part }) =>
        (options.rules === undefined ||
          options.rules.includes(rule.id) ||
          options.rules.includes(ruleCode(rule, part))) &&
        severityOf(placeless(part), "high") !== undefined,
    );
    const severity = severityOf(placeless(undefined), "high");
    if (checks.length === 0 || severity === undefined) return [];
    const own = exemptions.filter((exemption) => ruleIdOf(exemption.rule) === rule.id);
    const { conditions, inexpressible } = exemptionConditions(
      own.filter((exemption) => exemption.rule === rule.id),
      scope,
    );
    const parts = own.filter((exemption) => exemption.rule !== rule.id);
    for (const exemption of [...inexpressible, ...exemptionConditions(parts, scope).inexpressible]) lost.add(exemption);
    const admitted = {
      rule,
      checks: checks.map((check) => withExemptions(check, rule.id, parts, scope)),
      severity,
      conditions,
    };
    const objects = form === "kyverno" ? [kyvernoPolicy(admitted)] : validatingAdmissionPolicies(admitted);
    return [{ rule: rule.id, objects }];
  });
  const expressed = new Set(policies.map(({ rule }) => rule));
  return {
    policies,
    inexpressible: wanted.map(({ rule }) => rule.id).filter((id) => !expressed.has(id)),
    exemptions: [...lost],
  };
}

/** An exemption from one sub-verdict leaves the others standing. */
function withExemptions(
  check: AdmissionCheck,
  rule: string,
  exemptions: readonly Exemption[],
  scope: { readonly today: string; readonly environments: readonly string[] },
): AdmissionCheck {
  const own = exemptions.filter((exemption) => exemption.rule === ruleCode({ id: rule }, check.part));
  const conditions = exemptionConditions(own, scope).conditions.map(({ expression }) => expression);
  if (conditions.length === 0) return check;
  return { ...check, expression: `!(${conditions.join(" && ")}) || (${check.expression})` };
}

/** An outcome of which only the sub-verdict counts. */
function placeless(part: string | undefined): RuleOutcome {
  return {
    verdict: "fail",
    ...(part === undefined ? {} : { part }),
    subject: "",
    subjectLabel: "",
    environment: undefined,
    tenant: undefined,
    namespace: undefined,
    place: { precision: "file", source: "" },
    message: "",
  };
}
