import { asList, asObject, asText } from "../../estate/kubernetes/json-value.ts";
import { namespaceLabels } from "../../estate/kubernetes/namespace-labels.ts";
import type { ObjectIndex } from "../../estate/kubernetes/object-index.ts";
import { matchesLabels, readLabelSelector } from "../../estate/kubernetes/selector.ts";
import type { PlacedObject } from "../../estate/model/estate.ts";

/** A policy that speaks of a field, and whether it denies in a namespace. */
export interface AdmissionPolicy {
  readonly label: string;
  readonly speaksOf: (field: string) => boolean;
  /** `unknown`: whether and where it denies is written in objects that are not read. */
  readonly denies: (namespace: string) => boolean | "unknown";
}

/** The admission policies of one cluster; what their conditions say is taken as it reads, not evaluated. */
export function admissionPolicies(index: ObjectIndex, cluster: string): readonly AdmissionPolicy[] {
  const bindings = index.ofKind("ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io");
  const inNamespace = (selector: unknown, namespace: string) => {
    const read = readLabelSelector(selector ?? {});
    return read !== undefined && matchesLabels(read, namespaceLabels(index, { environment: "", cluster, namespace }));
  };
  return [
    ...index.ofKind("ValidatingAdmissionPolicy.admissionregistration.k8s.io").map((placed) =>
      policy(placed, (namespace) =>
        bindings.some(({ object }) => {
          const { policyName, validationActions, matchResources } = asObject(object.value.spec);
          const isBound = policyName === placed.object.name && asList(validationActions).includes("Deny");
          return isBound && inNamespace(asObject(matchResources).namespaceSelector, namespace);
        }),
      ),
    ),
    ...index.ofKind("ClusterPolicy.kyverno.io").map((placed) => policy(placed, () => isEnforced(placed))),
    ...index
      .ofKind("Policy.kyverno.io")
      .map((placed) => policy(placed, (namespace) => placed.namespace === namespace && isEnforced(placed))),
    ...index.ofKind("ConstraintTemplate.templates.gatekeeper.sh").map((placed) => policy(placed, () => "unknown")),
  ];
}

function policy(placed: PlacedObject, denies: AdmissionPolicy["denies"]): AdmissionPolicy {
  const text = JSON.stringify(placed.object.value);
  return {
    label: `${placed.object.kind} ${placed.object.name}`,
    speaksOf: (field) => text.includes(field),
    denies,
  };
}

/** Kyverno audits unless the policy, or each of its rules, says Enforce. */
function isEnforced({ object }: PlacedObject): boolean {
  const { validationFailureAction, rules } = asObject(object.value.spec);
  const isEnforce = (value: unknown) => asText(value)?.toLowerCase() === "enforce";
  if (isEnforce(validationFailureAction)) return true;
  const validations = asList(rules).map((rule) => asObject(asObject(rule).validate));
  return validations.length > 0 && validations.every(({ failureAction }) => isEnforce(failureAction));
}
