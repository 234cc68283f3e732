import type { Estate } from "../../../estate/model/estate.ts";
import {
  type BehaviourVerdict,
  type TenancyBehaviour,
  tenancyBehaviourNames,
  tenancyBehaviours,
} from "../../../tenancy/rbac/behaviours.ts";
import { type TenantFence, tenantFence } from "../../../tenancy/rbac/tenant-fence.ts";
import type { FindingSeverity } from "../../finding.ts";
import type { PodSecurityLevel } from "../../pod-security/pod-security-check.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { clusterRbac } from "../../tenancy/cluster-rbac.ts";
import { clusterOutcome } from "../../tenancy/subject-outcome.ts";
import { platformTenant, tenantNamespaces } from "../../tenancy/tenant-namespaces.ts";
import { wantedLevel } from "../../tenancy/wanted-level.ts";

/** TEN-021: a tenant cannot undo its own fence, and finds inside it what it needs. */
export const ownFence: Rule = {
  id: "TEN-021",
  name: "own-fence",
  title: "No tenant can undo what fences it in.",
  severity: { high: "critical", medium: "high", low: "low" },
  inputs: ["rbac", "namespaces", "tenants"],
  judges: "objects",
  *evaluate({ estate }) {
    const declared = estate.tenants.filter(({ name, place }) => name !== platformTenant && place !== undefined);
    if (declared.length < 2) return;
    for (const rbac of clusterRbac(estate)) {
      const cluster = estate.clusters.find(({ name }) => name === rbac.cluster);
      if (cluster === undefined) continue;
      for (const { name, place } of declared) {
        const fence = tenantFence(estate, rbac, name);
        const namespace = tenantNamespaces(estate).find(
          (each) => each.cluster === cluster.name && each.tenant === name,
        );
        if (fence.namespaces.length === 0 || namespace === undefined || place === undefined) continue;
        const about = (
          verdict: Pick<RuleOutcome, "verdict" | "message" | "part" | "missing" | "severity" | "fix">,
        ) => ({
          ...clusterOutcome(estate, cluster, { ...verdict, place: namespace.place() }),
          subject: `Tenant/${cluster.name}/${name}`,
          subjectLabel: `Tenant/${name}`,
          tenant: name,
        });
        const severityOf = weights(estate, about({ verdict: "pass", message: "" }), wantedLevel(estate, namespace));
        yield* judge(fence, about, severityOf);
      }
    }
  },
};

type About = (
  verdict: Pick<RuleOutcome, "verdict" | "message" | "part" | "missing" | "severity" | "fix">,
) => RuleOutcome;

type SeverityOf = (behaviour: TenancyBehaviour) => FindingSeverity | undefined;

/** What only the level `restricted` of the Pod Security Standards denies. */
const beyondBaseline: ReadonlySet<TenancyBehaviour> = new Set(["privilegeEscalation", "runAsRoot"]);

/**
 * What a tenant can undo by its own rights has the severity of the rule. What nothing denies at admission has yet to be
 * tried, and weighs medium at most. Information only: what another rule says namespace by namespace (quotas), what the
 * tenant lacks, and what goes beyond the Pod Security level that it needs.
 */
function weights({ environments }: Estate, { environment }: RuleOutcome, wanted: PodSecurityLevel): SeverityOf {
  const criticality = environments.find(({ name }) => name === environment)?.criticality ?? "high";
  return (behaviour) => {
    const { sort } = tenancyBehaviours[behaviour];
    if (sort === "deniedByRbac") return undefined;
    if (sort !== "deniedByAdmission" || behaviour === "imagePull") return "info";
    // A quota without node ports is TEN-004's, an open one is TEN-024's.
    if (behaviour === "nodePort") return "low";
    if (wanted !== "restricted" && beyondBaseline.has(behaviour)) return "info";
    return criticality === "low" ? undefined : "medium";
  };
}

function* judge(
  { tenant, cluster, behaviours }: TenantFence,
  about: About,
  severityOf: SeverityOf,
): Iterable<RuleOutcome> {
  const broken = behaviours.filter(({ verdict }) => verdict === "broken");
  const open = behaviours.filter(({ verdict }) => verdict === "notEvaluable");
  for (const { behaviour, because } of broken) {
    const { sort, text } = tenancyBehaviours[behaviour];
    const severity = severityOf(behaviour);
    yield about({
      verdict: "fail",
      part: String(tenancyBehaviourNames.indexOf(behaviour) + 1),
      message: `Nothing makes sure that tenant ${tenant} ${text} on ${cluster}: ${because}.`,
      fix: { description: fixes[sort] },
      ...(severity === undefined ? {} : { severity }),
    });
  }
  if (open.length > 0)
    yield about({ verdict: "notEvaluable", missing: ["partial-input"], message: openInWords(tenant, cluster, open) });
  if (broken.length + open.length === 0) yield about({ verdict: "pass", message: "" });
}

function openInWords(tenant: string, cluster: string, open: readonly BehaviourVerdict[]): string {
  const texts = open.slice(0, 3).map(({ behaviour }) => tenancyBehaviours[behaviour].text);
  const more = open.length > 3 ? ` and ${open.length - 3} more` : "";
  return `Whether tenant ${tenant} on ${cluster} ${texts.join(", ")}${more} cannot be told: ${open[0]?.because ?? ""}.`;
}

const fixes = {
  deniedByRbac:
    "Take the right out of the roles that its subjects are bound to; a fence that a tenant must not touch is the platform's.",
  deniedByAdmission:
    "Enforce it at admission: a Pod Security level on the Namespace, a quota, or a policy that denies.",
  present: "Give each of its namespaces a ResourceQuota.",
  allowed: "Bind a Role that lets the tenant's own people do it in their namespaces.",
} as const;
