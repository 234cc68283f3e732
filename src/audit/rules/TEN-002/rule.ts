import { scopeKey } from "../../../estate/kubernetes/object-index.ts";
import { type ResourceQuota, readResourceQuotas } from "../../../estate/kubernetes/resource-quota.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { missingForAbsence } from "../../evidence.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { namespaceOutcome } from "../../tenancy/subject-outcome.ts";
import { type TenantNamespace, tenantNamespaces } from "../../tenancy/tenant-namespaces.ts";

/** What a quota has to bound, each under the names that the API knows it by. */
const wantedKeys: readonly (readonly [string, ...string[]])[] = [
  ["requests.cpu", "cpu"],
  ["requests.memory", "memory"],
  ["limits.memory"],
  ["pods", "count/pods"],
];

/** TEN-002: what the pods of a namespace may take together is bounded. */
export const resourceQuota: Rule = {
  id: "TEN-002",
  name: "resource-quota",
  title: "Every namespace of a tenant has a ResourceQuota on CPU, memory and pods.",
  severity: { high: "high", medium: "medium", low: "low" },
  inputs: ["manifests", "namespaces", "tenants"],
  judges: "objects",
  peers: [{ tool: "kyverno", check: "add-ns-quota" }],
  *evaluate({ estate }) {
    const quotas = Map.groupBy(readResourceQuotas(lookupOf(estate).objects), scopeKey);
    const missing = missingForAbsence(estate);
    for (const namespace of tenantNamespaces(estate)) {
      yield judge(namespace, quotas.get(scopeKey(namespace)) ?? [], missing);
    }
  },
};

function judge(namespace: TenantNamespace, quotas: readonly ResourceQuota[], missing: readonly string[]): RuleOutcome {
  const name = namespace.namespace;
  const ordinary = quotas.filter(({ scoped }) => !scoped);
  const keys = new Set(ordinary.flatMap(({ hard }) => Object.keys(hard)));
  const unbounded = wantedKeys.filter((aliases) => !aliases.some((key) => keys.has(key))).map(([key]) => key);
  if (unbounded.length === 0) return namespaceOutcome(namespace, { verdict: "pass", message: "" });
  if (missing.length > 0) {
    return namespaceOutcome(namespace, {
      verdict: "notEvaluable",
      missing,
      message: `No quota on ${unbounded.join(", ")} of namespace ${name} was seen, but the input does not prove that there is none.`,
    });
  }
  const [first] = ordinary.length > 0 ? ordinary : quotas;
  const place = first === undefined ? {} : { place: first.place };
  const fix = { description: `Bound ${unbounded.join(", ")} by what the tenant was promised.` };
  if (first === undefined) {
    return namespaceOutcome(namespace, {
      verdict: "fail",
      part: "1",
      message: `Namespace ${name} has no ResourceQuota: its ${namespace.workloads.length} ${namespace.workloads.length === 1 ? "workload" : "workloads"} may take all that the node pools can grow to.`,
      fix,
    });
  }
  if (ordinary.length === 0) {
    return namespaceOutcome(namespace, {
      ...place,
      verdict: "fail",
      part: "3",
      message: `ResourceQuota ${quotas.map((quota) => quota.name).join(", ")} of namespace ${name} holds only for pods of some scopes: ordinary pods are not bounded.`,
      fix,
    });
  }
  return namespaceOutcome(namespace, {
    ...place,
    verdict: "fail",
    part: "2",
    message: `ResourceQuota ${ordinary.map((quota) => quota.name).join(", ")} of namespace ${name} does not bound ${unbounded.join(", ")}.`,
    fix,
  });
}
