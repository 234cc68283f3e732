import { asList, asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import { inspectLabelSelector, matchesLabels } from "../../../estate/kubernetes/selector.ts";
import type { Estate, PlacedObject } from "../../../estate/model/estate.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { objectOutcome } from "../../estate-lookup/object-outcome.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { namespacesOf, platformTenant, type TenantNamespace } from "../../tenancy/tenant-namespaces.ts";

const group = "admissionregistration.k8s.io";

/** TEN-017: a tenant's webhook sees and stops nothing of others. */
export const tenantWebhooks: Rule = {
  id: "TEN-017",
  name: "tenant-webhooks",
  title: "Admission webhooks of a tenant reach only its own namespaces.",
  severity: { high: "critical", medium: "high", low: "medium" },
  inputs: ["manifests", "tenants"],
  judges: "objects",
  peers: [
    { tool: "kubescape", check: "C-0036" },
    { tool: "kubescape", check: "C-0039" },
  ],
  *evaluate({ estate }) {
    const kinds = [`ValidatingWebhookConfiguration.${group}`, `MutatingWebhookConfiguration.${group}`];
    for (const placed of lookupOf(estate).objects.ofKind(...kinds)) {
      if (placed.tenant === platformTenant) continue;
      const webhooks = asList(placed.object.value.webhooks);
      for (const [position, webhook] of webhooks.entries()) {
        yield judge(estate, placed, { webhook: asObject(webhook), position });
      }
    }
  },
};

interface Webhook {
  readonly webhook: { readonly [key: string]: unknown };
  readonly position: number;
}

function judge(estate: Estate, placed: PlacedObject, { webhook, position }: Webhook): RuleOutcome {
  const field = ["webhooks", position, "namespaceSelector"];
  const name = asText(webhook.name) ?? `number ${position + 1}`;
  const onlyClusterScoped = asList(webhook.rules).every((rule) => asObject(rule).scope === "Cluster");
  const selector = inspectLabelSelector(webhook.namespaceSelector);
  if (selector !== undefined && selector.problems.length > 0) {
    return objectOutcome(estate, placed, {
      verdict: "notEvaluable",
      field,
      missing: ["unparsable-dependency"],
      message: `The namespace selector of webhook ${name} cannot be read.`,
    });
  }
  const foreign = namespacesOf(estate).filter(
    ({ cluster, environment, tenant, labels }) =>
      cluster === placed.cluster &&
      environment === placed.environment &&
      tenant !== placed.tenant &&
      (selector === undefined || matchesLabels(selector.selector, labels)),
  );
  const isUnbounded = selector === undefined || selector.selector.requirements.length === 0;
  const [first] = foreign;
  if (first === undefined && !isUnbounded) return objectOutcome(estate, placed, { verdict: "pass", message: "" });
  const stops = (webhook.failurePolicy ?? "Fail") === "Fail";
  const reached =
    first === undefined || onlyClusterScoped ? "the whole cluster" : reachedInWords(first, foreign.length);
  return objectOutcome(estate, placed, {
    verdict: "fail",
    part: isUnbounded && stops ? "2" : "1",
    field,
    message: `Webhook ${name} of tenant ${placed.tenant} reaches ${reached}${stops ? `: while it is down, with failurePolicy Fail, nothing that it watches can be created or changed there` : ": it sees what others create"}.`,
    fix: {
      description: `Select the tenant's own namespaces, as with kubernetes.io/metadata.name in a namespaceSelector.`,
    },
  });
}

function reachedInWords({ namespace, tenant }: TenantNamespace, count: number): string {
  const more = count === 1 ? "" : ` and ${count - 1} more ${count === 2 ? "namespace" : "namespaces"}`;
  return `namespace ${namespace} of ${tenant}${more}`;
}
