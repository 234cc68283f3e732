import { type AuditOptions, auditEstate } from "../../audit/audit-estate.ts";
import type { AuditReport } from "../../audit/finding.ts";
import type { PodSecurityPolicy } from "../../audit/pod-security/pod-security-policy.ts";
import { podSecurityRule } from "../../audit/pod-security/pod-security-rule.ts";
import { rules } from "../../audit/rules/rules.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { placementOnDemand } from "../../scheduling/placement-on-demand.ts";

/** What narrows an audit to the Pod Security Standards: one policy for every pod, and no other rule. */
export function onlyPodSecurity(policy: PodSecurityPolicy): Pick<AuditOptions, "rules" | "only"> {
  const standard = podSecurityRule(policy);
  return { rules: rules.map((rule) => (rule.id === standard.id ? standard : rule)), only: [standard.id] };
}

/** Holds every pod of the estate to one level and version of the Pod Security Standards; findings name their `control`. */
export function auditPodSecurity(
  estate: Estate,
  catalog: Catalog,
  policy: PodSecurityPolicy,
  options: Omit<AuditOptions, "rules" | "only">,
): AuditReport {
  return auditEstate(estate, placementOnDemand(estate, catalog), catalog, { ...options, ...onlyPodSecurity(policy) });
}
