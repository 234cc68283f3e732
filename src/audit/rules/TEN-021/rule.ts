import { type BehaviourVerdict, tenancyBehaviourNames, tenancyBehaviours } from "../../../tenancy/rbac/behaviours.ts";
import { type TenantFence, tenantFence } from "../../../tenancy/rbac/tenant-fence.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { clusterRbac } from "../../tenancy/cluster-rbac.ts";
import { clusterOutcome } from "../../tenancy/subject-outcome.ts";
import { platformTenant, tenantNamespaces } from "../../tenancy/tenant-namespaces.ts";

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
        yield* judge(fence, about);
      }
    }
  },
};

type About = (
  verdict: Pick<RuleOutcome, "verdict" | "message" | "part" | "missing" | "severity" | "fix">,
) => RuleOutcome;

function* judge({ tenant, cluster, behaviours }: TenantFence, about: About): Iterable<RuleOutcome> {
  const broken = behaviours.filter(({ verdict }) => verdict === "broken");
  const open = behaviours.filter(({ verdict }) => verdict === "notEvaluable");
  for (const { behaviour, because } of broken) {
    const { sort, text } = tenancyBehaviours[behaviour];
    yield about({
      verdict: "fail",
      part: String(tenancyBehaviourNames.indexOf(behaviour) + 1),
      message: `It is not so that tenant ${tenant} ${text} on ${cluster}: ${because}.`,
      fix: { description: fixes[sort] },
      // What a tenant lacks, or may not do itself, is no hole in the fence.
      ...(sort === "allowed" || behaviour === "imagePull" ? { severity: "info" as const } : {}),
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
