import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { minorVersion } from "../estate-lookup/cluster-facts.ts";
import { newestPolicyMinor } from "../pod-security/pod-security-checks.ts";
import { platformTenant } from "../tenancy/tenant-namespaces.ts";
import { levelByTrust } from "../tenancy/wanted-level.ts";
import type { AdmissionScope } from "./admission-check.ts";

/** What policies have to be told of namespaces, because the API server does not know tenants. Sorted. */
export interface NamespaceKnowledge {
  readonly tenants: readonly string[];
  /** Of tenants whose data are in the upper half of the estate's classes. */
  readonly classifiedTenants: readonly string[];
  /** Of tenants that are trusted so little that their pods must be restricted. */
  readonly restricted: readonly string[];
  /** Kubernetes minor version that `latest` stands for in labels of Pod Security. */
  readonly latestMinor: number;
}

/** Namespaces that the cluster or its provider runs: a policy that turns away what is in them can stop the cluster. */
const managedNamespaces: readonly string[] = ["gatekeeper-system", "kube-node-lease", "kube-public", "kube-system"];

/** What the estate knows of its namespaces. */
export function namespaceKnowledge(estate: Estate): NamespaceKnowledge {
  const tenants = estate.tenants.filter(({ name }) => name !== platformTenant);
  const namespaces = (selected: typeof tenants) => [...new Set(selected.flatMap((each) => each.namespaces))].toSorted();
  const rank = (classification: string | undefined) => estate.classifications.indexOf(classification ?? "");
  const minors = new Set(estate.clusters.map(({ name }) => minorVersion(estate, name)));
  const [onlyMinor] = minors;
  return {
    tenants: namespaces(tenants),
    classifiedTenants: namespaces(
      tenants.filter(
        ({ classification }) => rank(classification) >= 0 && rank(classification) >= estate.classifications.length / 2,
      ),
    ),
    restricted: namespaces(tenants.filter(({ trust }) => levelByTrust[trust] === "restricted")),
    latestMinor: minors.size === 1 && onlyMinor !== undefined ? onlyMinor : newestPolicyMinor,
  };
}

/** Namespaces of a scope: all but some, or only some. */
export function namespacesInScope(
  scope: AdmissionScope,
  known: NamespaceKnowledge,
): { readonly operator: "In" | "NotIn"; readonly values: readonly string[] } {
  return scope === "everyone"
    ? { operator: "NotIn", values: managedNamespaces }
    : { operator: "In", values: known[scope].filter((each) => !managedNamespaces.includes(each)) };
}

/** The same as the selector of a binding. */
export function namespaceSelector(scope: AdmissionScope, known: NamespaceKnowledge): JsonObject {
  return { matchExpressions: [{ key: "kubernetes.io/metadata.name", ...namespacesInScope(scope, known) }] };
}
