import { scopeKey } from "../../../estate/kubernetes/object-index.ts";
import { readResourceQuotas } from "../../../estate/kubernetes/resource-quota.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { missingForAbsence } from "../../evidence.ts";
import type { Rule } from "../../rule.ts";
import { namespaceOutcome } from "../../tenancy/subject-outcome.ts";
import { tenantNamespaces } from "../../tenancy/tenant-namespaces.ts";

/** Objects that cost money by being there, and what bounds their number or size. */
const costly: readonly { readonly words: string; readonly bounds: (key: string) => boolean }[] = [
  {
    words: "load balancers (services.loadbalancers)",
    bounds: (key) => ["services.loadbalancers", "services", "count/services"].includes(key),
  },
  {
    words: "node ports (services.nodeports)",
    bounds: (key) => ["services.nodeports", "services", "count/services"].includes(key),
  },
  {
    words: "disk space (requests.storage)",
    bounds: (key) => key === "requests.storage" || key.endsWith(".storageclass.storage.k8s.io/requests.storage"),
  },
];

/** TEN-004: a tenant cannot order load balancers, node ports and disks without end. */
export const objectCountQuota: Rule = {
  id: "TEN-004",
  name: "object-count-quota",
  title: "Quotas bound the load balancers, node ports and disks of every namespace of a tenant.",
  severity: { high: "medium", medium: "low", low: undefined },
  inputs: ["manifests", "namespaces", "tenants"],
  judges: "objects",
  *evaluate({ estate }) {
    const quotas = Map.groupBy(readResourceQuotas(lookupOf(estate).objects), scopeKey);
    const missing = missingForAbsence(estate);
    for (const namespace of tenantNamespaces(estate)) {
      const own = (quotas.get(scopeKey(namespace)) ?? []).filter(({ scoped }) => !scoped);
      const keys = own.flatMap(({ hard }) => Object.keys(hard));
      const open = costly.filter(({ bounds }) => !keys.some(bounds)).map(({ words }) => words);
      const what = open.join(", ");
      if (open.length === 0) yield namespaceOutcome(namespace, { verdict: "pass", message: "" });
      else if (missing.length > 0) {
        yield namespaceOutcome(namespace, {
          verdict: "notEvaluable",
          missing,
          message: `No quota of namespace ${namespace.namespace} on ${what} was seen, but the input does not prove that there is none.`,
        });
      } else {
        yield namespaceOutcome(namespace, {
          verdict: "fail",
          ...(own[0] === undefined ? {} : { place: own[0].place }),
          message: `No quota of namespace ${namespace.namespace} bounds its ${what}: each one is billed as soon as it exists.`,
          fix: { description: "Bound each by what the tenant needs, 0 where it needs none." },
        });
      }
    }
  },
};
