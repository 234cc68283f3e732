import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { FindingSeverity } from "../finding.ts";
import type { Rule } from "../rule.ts";
import { ruleCode } from "../settings/effective-rules.ts";
import { isAtLeast } from "../settings/severity-order.ts";
import type { AdmissionCheck, AdmissionScope, AdmissionSubject } from "./admission-check.ts";
import { admissionResources } from "./admission-resources.ts";
import { type CelVariable, variablesOf } from "./admission-variables.ts";
import { type NamespaceKnowledge, namespaceSelector, namespacesInScope } from "./namespace-knowledge.ts";

/** A check with what the estate makes of it. */
export interface AdmittedCheck {
  readonly check: AdmissionCheck;
  /** High and critical ones turn objects away; others are only recorded. */
  readonly severity: FindingSeverity;
}

/** A rule with what decides its policies. */
export interface AdmittedRule {
  readonly rule: Pick<Rule, "id" | "name" | "title">;
  readonly checks: readonly AdmittedCheck[];
  /** CEL that must hold for an object of a subject to be judged at all. */
  readonly conditionsOf: (subject: AdmissionSubject) => readonly CelVariable[];
  readonly known: NamespaceKnowledge;
}

/** The checks of a rule that one policy holds: same objects, same namespaces, same consequence. */
interface PolicyGroup {
  readonly name: string;
  readonly on: AdmissionSubject;
  readonly scope: AdmissionScope;
  readonly denies: boolean;
  readonly conditions: readonly CelVariable[];
  readonly variables: readonly CelVariable[];
  readonly validations: readonly { readonly expression: string; readonly message: string }[];
}

function groupsOf({ rule, checks, conditionsOf, known }: AdmittedRule): readonly PolicyGroup[] {
  const groups = Map.groupBy(checks, ({ check, severity }) => groupName(rule, check, isAtLeast(severity, "high")));
  return [...groups].flatMap(([name, own]) => {
    const [first] = own;
    if (first === undefined) return [];
    const { on, scope = "everyone" } = first.check;
    const expressions = own.map(({ check }) => check.expression);
    return {
      name,
      on,
      scope,
      denies: isAtLeast(first.severity, "high"),
      conditions: [...changeConditions(on), ...conditionsOf(on)],
      variables: variablesOf(expressions, known),
      validations: own.map(({ check: { part, expression, message } }) => ({
        expression,
        message: `${ruleCode(rule, part)}: ${message}`,
      })),
    };
  });
}

function groupName({ id }: Pick<Rule, "id">, { on, scope }: AdmissionCheck, denies: boolean): string {
  const suffix = `${scope === "classifiedTenants" ? "-classified" : ""}${denies ? "" : "-recorded"}`;
  return `scantling-${id}-${on}${suffix}`.toLowerCase();
}

/** What was there before the policy may still get labels, lose finalizers and be deleted. */
function changeConditions(on: AdmissionSubject): readonly CelVariable[] {
  if (on === "secrets") return [];
  return [{ name: "is-new-or-changed", expression: "oldObject == null || object.spec != oldObject.spec" }];
}

/** The type of a Secret cannot be changed, so only new ones are judged. */
function operationsOf(on: AdmissionSubject): readonly string[] {
  return on === "secrets" ? ["CREATE"] : ["CREATE", "UPDATE"];
}

/** ValidatingAdmissionPolicies with their bindings (Kubernetes 1.30 or newer). */
export function validatingAdmissionPolicies(admitted: AdmittedRule): readonly JsonObject[] {
  const { rule, known } = admitted;
  return groupsOf(admitted).flatMap(({ name, on, scope, denies, conditions, variables, validations }) => [
    {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicy",
      metadata: { name, annotations: { "scantling/rule": rule.id, "scantling/title": rule.title } },
      spec: {
        failurePolicy: "Fail",
        matchConstraints: { resourceRules: resourceRules(on) },
        ...(conditions.length === 0 ? {} : { matchConditions: conditions }),
        ...(variables.length === 0 ? {} : { variables }),
        validations,
      },
    },
    {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicyBinding",
      metadata: { name },
      spec: {
        policyName: name,
        validationActions: denies ? ["Deny"] : ["Audit", "Warn"],
        matchResources: { namespaceSelector: namespaceSelector(scope, known) },
      },
    },
  ]);
}

function resourceRules(subject: AdmissionSubject): readonly JsonObject[] {
  return admissionResources[subject].map(({ apiGroup, resources }) => ({
    apiGroups: [apiGroup],
    apiVersions: ["v1"],
    operations: operationsOf(subject),
    resources,
  }));
}

/** A Kyverno ClusterPolicy with one rule for each group of checks (Kyverno 1.13 or newer). */
export function kyvernoPolicy(admitted: AdmittedRule): JsonObject {
  const { rule, known } = admitted;
  return {
    apiVersion: "kyverno.io/v1",
    kind: "ClusterPolicy",
    metadata: {
      name: `scantling-${rule.id}`.toLowerCase(),
      annotations: {
        "policies.kyverno.io/title": `${rule.id} ${rule.name}`,
        "policies.kyverno.io/description": rule.title,
        // Templates are matched as they are: generated rules would judge them twice.
        "pod-policies.kyverno.io/autogen-controllers": "none",
      },
    },
    spec: {
      background: true,
      rules: groupsOf(admitted).map((group) => kyvernoRule(group, known)),
    },
  };
}

function kyvernoRule(group: PolicyGroup, known: NamespaceKnowledge): JsonObject {
  const { name, on, scope, denies, conditions, variables, validations } = group;
  const { operator, values } = namespacesInScope(scope, known);
  const resources = { kinds: admissionResources[on].flatMap(({ kinds }) => kinds), operations: operationsOf(on) };
  return {
    name,
    match: { any: [{ resources: { ...resources, ...(operator === "In" ? { namespaces: values } : {}) } }] },
    ...(operator === "In" ? {} : { exclude: { any: [{ resources: { namespaces: values } }] } }),
    ...(conditions.length === 0 ? {} : { celPreconditions: conditions }),
    validate: {
      failureAction: denies ? "Enforce" : "Audit",
      cel: { ...(variables.length === 0 ? {} : { variables }), expressions: validations },
    },
  };
}
