import type { Estate } from "../../../estate/model/estate.ts";
import type { Tenant } from "../../../estate/model/tenant.ts";
import { ruleInWords } from "../../../tenancy/rbac/access-rule.ts";
import type { Rbac } from "../../../tenancy/rbac/build-rbac.ts";
import { dangerousPowers, type Power } from "../../../tenancy/rbac/dangerous-powers.ts";
import { subjectInWords } from "../../../tenancy/rbac/subject.ts";
import { namespacesOf, tenantSubjects } from "../../../tenancy/rbac/tenant-subjects.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { bindingOutcome } from "../../tenancy/binding-outcome.ts";
import { clusterRbac } from "../../tenancy/cluster-rbac.ts";
import { platformTenant } from "../../tenancy/tenant-namespaces.ts";

/** TEN-018: nobody of a tenant may step beyond its namespaces or make himself more than he was given. */
export const dangerousRights: Rule = {
  id: "TEN-018",
  name: "dangerous-rights",
  title: "No subject of a tenant has rights that lead beyond its namespaces.",
  severity: { high: "critical", medium: "high", low: "medium" },
  inputs: ["manifests", "rbac", "tenants"],
  judges: "objects",
  peers: [
    { tool: "kube-linter", check: "cluster-admin-role-binding" },
    { tool: "kube-linter", check: "wildcard-in-rules" },
    { tool: "kube-linter", check: "access-to-secrets" },
    { tool: "kubescape", check: "C-0035" },
    { tool: "kubescape", check: "C-0015" },
    { tool: "kubescape", check: "C-0065" },
    { tool: "trivy", check: "KSV-0044" },
    { tool: "trivy", check: "KSV-0050" },
    { tool: "trivy", check: "KSV-0111" },
    { tool: "checkov", check: "CKV_K8S_49" },
  ],
  *evaluate({ estate }) {
    for (const rbac of clusterRbac(estate)) {
      for (const tenant of estate.tenants) {
        if (tenant.name !== platformTenant) yield* judge(estate, rbac, tenant);
      }
    }
  },
};

interface Holding {
  readonly power: Power;
  readonly who: string;
}

/** One outcome for each binding and place it grants in: whoever it grants to, it is there that it is put right. */
function* judge(estate: Estate, rbac: Rbac, tenant: Tenant): Iterable<RuleOutcome> {
  const own = namespacesOf(estate, rbac.cluster, tenant.name);
  const held: Holding[] = [];
  for (const { subject } of tenantSubjects(estate, rbac, tenant.name)) {
    for (const power of dangerousPowers(rbac, subject, own)) {
      // What everybody has on every cluster is no doing of the tenant's.
      const { name, namespace, grant } = power;
      if (grant.binding.place === undefined) continue;
      if (name === "wildcard" && namespace !== undefined && own.has(namespace)) continue;
      held.push({ power, who: subjectInWords(subject) });
    }
  }
  const byBinding = Map.groupBy(held, ({ power }) => {
    const { kind, namespace, name } = power.grant.binding;
    return `${kind}/${namespace ?? ""}/${name}`;
  });
  if (held.length === 0 && rbac.bindings.some(({ place }) => place !== undefined)) {
    yield passedTenant(rbac.cluster, tenant);
  }
  for (const group of byBinding.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const { binding, rule } = first.power.grant;
    const who = [...new Set(group.map((holding) => holding.who))];
    const powers = [...new Set(group.map(({ power }) => power.text))];
    const where = placeInWords(group.map(({ power }) => power));
    const others = who.length > 1 ? ` and ${who.length - 1} more` : "";
    yield bindingOutcome(estate, rbac.cluster, binding, {
      tenant: tenant.name,
      verdict: "fail",
      message: `By ${binding.kind} ${binding.name}, ${who[0] ?? ""}${others} of tenant ${tenant.name} ${powers.join(", ")}${where} (${binding.role.kind} ${binding.role.name}: ${ruleInWords(rule)}).`,
      fix: { description: "Bind a Role of the tenant's own namespace with the verbs and resources that are used." },
    });
  }
}

/** Powers over the cluster say so themselves. */
const ofCluster: ReadonlySet<Power["name"]> = new Set([
  "clusterAdmin",
  "nodesProxy",
  "createPersistentVolumes",
  "approveCertificates",
  "writeWebhooks",
  "writeNamespaces",
]);

function placeInWords(powers: readonly Power[]): string {
  const namespace = powers[0]?.namespace;
  if (namespace !== undefined) return ` in namespace ${namespace}`;
  return powers.every(({ name }) => ofCluster.has(name)) ? "" : ", in every namespace";
}

function passedTenant(cluster: string, { name, place }: Tenant): RuleOutcome {
  return {
    verdict: "pass",
    message: "",
    subject: `Tenant/${cluster}/${name}`,
    subjectLabel: `Tenant/${name}`,
    environment: undefined,
    tenant: name,
    namespace: undefined,
    place: place ?? { precision: "file", source: "" },
  };
}
