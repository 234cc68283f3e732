import { formatFieldPath } from "../../estate/kubernetes/field-path.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { Binding } from "../../tenancy/rbac/bindings.ts";
import { lookupOf } from "../estate-lookup/estate-lookup.ts";
import { objectOutcome } from "../estate-lookup/object-outcome.ts";
import type { RuleOutcome } from "../rule.ts";
import type { SubjectVerdict } from "./subject-outcome.ts";

/** An outcome about a RoleBinding or ClusterRoleBinding of the manifests, in the first environment of the cluster that has it. */
export function bindingOutcome(
  estate: Estate,
  cluster: string,
  binding: Binding,
  { field, place, ...verdict }: SubjectVerdict,
): RuleOutcome {
  const { kind, name, namespace } = binding;
  const environments = estate.environments.map((environment) => environment.name);
  const placed = environments
    .map((environment) =>
      lookupOf(estate).objects.find({ environment, cluster, namespace }, `${kind}.rbac.authorization.k8s.io`, name),
    )
    .find((found) => found !== undefined);
  if (placed !== undefined) {
    const { tenant, ...said } = verdict;
    const at = { ...(field === undefined ? {} : { field }), ...(place === undefined ? {} : { place }) };
    const outcome = objectOutcome(estate, placed, { ...said, ...at });
    return tenant === undefined ? outcome : { ...outcome, tenant };
  }
  return {
    environment: undefined,
    tenant: binding.tenant,
    ...verdict,
    subject: [cluster, namespace, kind, name].filter((part) => part !== undefined).join("/"),
    subjectLabel: `${kind}/${name}`,
    namespace,
    place: place ?? binding.place ?? { precision: "file", source: "" },
    ...(field === undefined ? {} : { path: formatFieldPath(field) }),
  };
}
