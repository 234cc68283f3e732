import type { Estate } from "../../estate/model/estate.ts";
import type { Trust } from "../../estate/model/tenant.ts";
import { minorVersion } from "../estate-lookup/cluster-facts.ts";
import type { PodSecurityLevel } from "../pod-security/pod-security-check.ts";
import { compareLevels, type PodSecurityPolicy, policiesOfNamespace } from "../pod-security/pod-security-policy.ts";
import { platformTenant, type TenantNamespace } from "./tenant-namespaces.ts";

/** The least Pod Security level that pods of a tenant need by how far it is trusted: nobody gets the node for the asking. */
export const levelByTrust: { readonly [trust in Trust]: PodSecurityLevel } = {
  team: "baseline",
  internal: "baseline",
  external: "restricted",
  hostile: "restricted",
};

/** The least level for a namespace by the trust of its tenant; the platform may do what it needs. */
export function wantedLevel({ tenants }: Estate, { tenant }: TenantNamespace): PodSecurityLevel {
  if (tenant === platformTenant) return "privileged";
  const trust = tenants.find(({ name }) => name === tenant)?.trust ?? "internal";
  return levelByTrust[trust];
}

/** What the pods of a namespace are held to, and why. */
export interface PodPolicy {
  readonly policy: PodSecurityPolicy;
  readonly because: string;
}

/**
 * What admission enforces in the namespace, or the least level for its tenant where that is stricter. The version `latest`
 * is that of the cluster.
 */
export function policyForPods(estate: Estate, namespace: TenantNamespace): PodPolicy {
  const { enforce } = policiesOfNamespace(namespace.labels);
  const wanted = wantedLevel(estate, namespace);
  const minor = enforce.minor === "latest" ? (minorVersion(estate, namespace.cluster) ?? enforce.minor) : enforce.minor;
  const name = namespace.namespace;
  if (compareLevels(enforce.level, wanted) >= 0) {
    return { policy: { level: enforce.level, minor }, because: `, which namespace ${name} enforces` };
  }
  return { policy: { level: wanted, minor }, because: `, the least for tenant ${namespace.tenant}` };
}
