import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { FindingSeverity } from "../finding.ts";
import type { Rule } from "../rule.ts";
import { ruleCode } from "../settings/effective-rules.ts";
import { isAtLeast } from "../settings/severity-order.ts";
import type { AdmissionCheck, AdmissionSubject } from "./admission-check.ts";
import { admissionResources, admissionVariables, platformNamespaces } from "./admission-resources.ts";

/** A rule with what decides its policy. */
export interface AdmittedRule {
  readonly rule: Pick<Rule, "id" | "name" | "title">;
  readonly checks: readonly AdmissionCheck[];
  /** High and critical ones turn objects away; others are only recorded. */
  readonly severity: FindingSeverity;
  /** CEL that must hold for an object to be judged at all. */
  readonly conditions: readonly { readonly name: string; readonly expression: string }[];
}

/** A ValidatingAdmissionPolicy with its binding for each kind of object that the rule looks at (Kubernetes 1.30 or newer). */
export function validatingAdmissionPolicies(admitted: AdmittedRule): readonly JsonObject[] {
  const { rule, checks, severity, conditions } = admitted;
  return [...Map.groupBy(checks, ({ on }) => on)].flatMap(([subject, own]) => {
    const name = `scantling-${rule.id}-${subject}`.toLowerCase();
    const variables = admissionVariables(subject);
    const policy = {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicy",
      metadata: { name, annotations: { "scantling/rule": rule.id, "scantling/title": rule.title } },
      spec: {
        failurePolicy: "Fail",
        matchConstraints: { resourceRules: resourceRules(subject) },
        ...(conditions.length === 0 ? {} : { matchConditions: conditions }),
        ...(variables.length === 0 ? {} : { variables }),
        validations: own.map(({ part, expression, message }) => ({
          expression,
          message: `${ruleCode(rule, part)}: ${message}`,
        })),
      },
    };
    const binding = {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicyBinding",
      metadata: { name },
      spec: {
        policyName: name,
        validationActions: isAtLeast(severity, "high") ? ["Deny"] : ["Audit", "Warn"],
        matchResources: {
          namespaceSelector: {
            matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "NotIn", values: platformNamespaces }],
          },
        },
      },
    };
    return [policy, binding];
  });
}

function resourceRules(subject: AdmissionSubject): readonly JsonObject[] {
  return admissionResources[subject].map(({ apiGroup, resources }) => ({
    apiGroups: [apiGroup],
    apiVersions: ["v1"],
    operations: ["CREATE", "UPDATE"],
    resources,
  }));
}

/** A Kyverno ClusterPolicy with one rule for each kind of object (Kyverno 1.13 or newer). */
export function kyvernoPolicy({ rule, checks, severity, conditions }: AdmittedRule): JsonObject {
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
      rules: [...Map.groupBy(checks, ({ on }) => on)].map(([subject, own]) => {
        const variables = admissionVariables(subject);
        return {
          name: `${rule.id}-${subject}`.toLowerCase(),
          match: {
            any: [{ resources: { kinds: kindsOf(subject), operations: ["CREATE", "UPDATE"] } }],
          },
          exclude: { any: [{ resources: { namespaces: platformNamespaces } }] },
          ...(conditions.length === 0 ? {} : { celPreconditions: conditions }),
          validate: {
            failureAction: isAtLeast(severity, "high") ? "Enforce" : "Audit",
            cel: {
              ...(variables.length === 0 ? {} : { variables }),
              expressions: own.map(({ part, expression, message }) => ({
                expression,
                message: `${ruleCode(rule, part)}: ${message}`,
              })),
            },
          },
        };
      }),
    },
  };
}

function kindsOf(subject: AdmissionSubject): readonly string[] {
  return admissionResources[subject].flatMap(({ kinds }) => kinds);
}
