import { asList, asObject } from "../../estate/kubernetes/json-value.ts";
import type { Estate, PlacedObject } from "../../estate/model/estate.ts";
import { lookupOf } from "../estate-lookup/estate-lookup.ts";

const admission = "admissionregistration.k8s.io";

/** True when an admission policy that is enforced on the cluster speaks of tolerations or node names. */
export function boundsTolerations(estate: Estate, cluster: string): boolean {
  return enforcedPolicies(estate, cluster).some(({ object }) => {
    const text = JSON.stringify(object.value.spec ?? {});
    return text.includes("toleration") || text.includes("nodeName");
  });
}

/**
 * Admission policies of a cluster that refuse what they forbid: a ValidatingAdmissionPolicy with a binding that denies, and
 * policies of Kyverno and constraints of Gatekeeper in enforcing mode.
 */
function enforcedPolicies(estate: Estate, cluster: string): readonly PlacedObject[] {
  const { objects } = lookupOf(estate);
  const here = (placed: PlacedObject) => placed.cluster === cluster;
  const denying = new Set(
    objects
      .ofKind(`ValidatingAdmissionPolicyBinding.${admission}`)
      .filter(here)
      .filter(({ object }) => asList(asObject(object.value.spec).validationActions).includes("Deny"))
      .map(({ object }) => asObject(object.value.spec).policyName),
  );
  const built = objects
    .ofKind(`ValidatingAdmissionPolicy.${admission}`)
    .filter(({ object }) => denying.has(object.name));
  const kyverno = objects.ofKind("ClusterPolicy.kyverno.io", "Policy.kyverno.io").filter(enforcesInKyverno);
  const gatekeeper = estate.objects.filter(
    ({ object }) =>
      object.apiVersion.startsWith("constraints.gatekeeper.sh/") &&
      (asObject(object.value.spec).enforcementAction ?? "deny") === "deny",
  );
  return [...built, ...kyverno, ...gatekeeper].filter(here);
}

function enforcesInKyverno({ object }: PlacedObject): boolean {
  const spec = asObject(object.value.spec);
  const rules = asList(spec.rules).map((rule) => asObject(asObject(rule).validate).failureAction);
  return [spec.validationFailureAction, ...rules].some((action) => String(action).toLowerCase() === "enforce");
}
