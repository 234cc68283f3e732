import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { PlacedObject } from "../../../estate/model/estate.ts";
import { type EstateLookup, lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { objectOutcome, passedObject } from "../../estate-lookup/object-outcome.ts";
import { missingForAbsence } from "../../evidence.ts";
import { budgetManifest } from "../../fixes/budget-manifest.ts";
import { additionFix } from "../../fixes/manifest-fix.ts";
import { type AdmissionWebhook, readWebhooks, webhookKinds } from "../../platform/admission-webhooks.ts";
import { isProviderManaged, platformDuty } from "../../platform/platform-duties.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { notReadable, unreadableOf } from "../../unreadable-outcome.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";
import { replicatedWorkloads } from "../../workload-selection.ts";

/** AVL-029: what all applications lean on is not a single pod, and cannot lock itself out. */
export const platformSingletons: Rule = {
  id: "AVL-029",
  name: "platform-singletons",
  title: "Ingress controllers, DNS and admission backends survive the loss of a pod and cannot block their own start.",
  severity: { high: "high", medium: "medium", low: undefined },
  inputs: ["manifests"],
  *evaluate(context) {
    const lookup = lookupOf(context.estate);
    const webhooks = lookup.objects
      .ofKind(...webhookKinds)
      .filter(({ object }) => !isProviderManaged(object))
      .map((placed) => ({ placed, webhooks: readWebhooks(placed, lookup) }));
    const backends = new Map<string, AdmissionWebhook>();
    for (const each of webhooks.flatMap((entry) => entry.webhooks)) {
      for (const id of each.service?.workloads ?? []) if (!backends.has(id)) backends.set(id, each);
    }
    const missing = missingForAbsence(context.estate);
    for (const workload of replicatedWorkloads(context)) {
      if (isProviderManaged(workload.object)) continue;
      const duty = dutyOf(workload, backends.get(workload.id), lookup);
      if (duty !== undefined) yield judge(workload, duty, missing);
    }
    for (const entry of webhooks) yield judgeWebhooks(context, entry.placed, entry.webhooks);
  },
};

function dutyOf(workload: Workload, webhook: AdmissionWebhook | undefined, lookup: EstateLookup): string | undefined {
  if (webhook === undefined) return platformDuty(workload, lookup.servicesOf.get(workload.id) ?? []);
  return webhook.blocks
    ? `answers admission webhook ${webhook.name}, without which the API server refuses what it is asked about`
    : undefined;
}

function judge(workload: Workload, duty: string, missing: readonly string[]): RuleOutcome {
  const unread = unreadableOf(workload, "replicas");
  if (unread !== undefined) return notReadable(workload, unread);
  const replicas = workload.replicas.minimum;
  if (replicas < 2) {
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "1",
      place: workload.replicas.autoscaler?.place ?? workload.object.locate(["spec", "replicas"]),
      message: `${workload.label} ${duty}, and runs ${replicas} ${replicas === 1 ? "replica" : "replicas"}: the drain of one node takes it from every application of ${workload.cluster}.`,
      fix: { description: "Run two replicas at least, on different nodes, with a disruption budget." },
    });
  }
  if (workload.disruptionBudgets.length > 0) return passed(workload);
  if (missing.length > 0) {
    return workloadOutcome(workload, {
      verdict: "notEvaluable",
      part: "1",
      missing,
      message: `${workload.label} ${duty}; no PodDisruptionBudget was seen that selects it, but the input does not prove that there is none.`,
    });
  }
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "1",
    message: `${workload.label} ${duty}, and no PodDisruptionBudget keeps a drain from taking its ${replicas} pods at once.`,
    fix: additionFix("Add a budget that allows one eviction at a time.", budgetManifest(workload)),
  });
}

function judgeWebhooks(
  { estate }: AuditContext,
  placed: PlacedObject,
  webhooks: readonly AdmissionWebhook[],
): RuleOutcome {
  const blocking = webhooks.find(({ blocks, blockedNamespaces }) => blocks && blockedNamespaces.length > 0);
  if (blocking === undefined) return passedObject(estate, placed);
  const { name, field, blockedNamespaces, service } = blocking;
  const own =
    service === undefined ? undefined : blockedNamespaces.find((namespace) => namespace === service.namespace);
  return objectOutcome(estate, placed, {
    verdict: "fail",
    part: "2",
    field,
    message:
      own === undefined
        ? `Webhook ${name} refuses pods when it does not answer (failurePolicy Fail), those of ${blockedNamespaces.join(" and ")} too: while it is down, the cluster cannot bring back what it runs on.`
        : `Webhook ${name} refuses pods when it does not answer (failurePolicy Fail), those of its own namespace ${own} too: once all its pods are gone, it cannot come back.`,
    fix: {
      description: `Leave ${blockedNamespaces.join(" and ")} out by namespaceSelector (kubernetes.io/metadata.name NotIn), or set failurePolicy: Ignore.`,
    },
  });
}
