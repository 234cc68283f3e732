import { asObject } from "../../../estate/kubernetes/json-value.ts";
import { readContainerDefaults } from "../../../estate/kubernetes/limit-range.ts";
import { scopeKey } from "../../../estate/kubernetes/object-index.ts";
import { type ResourceQuota, readResourceQuotas } from "../../../estate/kubernetes/resource-quota.ts";
import type { Container, Workload } from "../../../estate/kubernetes/workload.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { missingForAbsence } from "../../evidence.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { namespaceOutcome } from "../../tenancy/subject-outcome.ts";
import { tenantNamespaces } from "../../tenancy/tenant-namespaces.ts";
import { workloadOutcome } from "../../workload-outcome.ts";

/** TEN-003: containers that state nothing get requests, and quotas do not turn pods away for want of them. */
export const limitRange: Rule = {
  id: "TEN-003",
  name: "limit-range",
  title: "Every namespace of a tenant has a LimitRange that gives containers default requests.",
  severity: { high: "medium", medium: "medium", low: "low" },
  inputs: ["manifests", "namespaces", "tenants"],
  judges: "objects",
  peers: [{ tool: "kyverno", check: "add-ns-quota" }],
  *evaluate({ estate }) {
    const { objects } = lookupOf(estate);
    const defaults = readContainerDefaults(objects);
    const quotas = Map.groupBy(readResourceQuotas(objects), scopeKey);
    const missing = missingForAbsence(estate);
    for (const namespace of tenantNamespaces(estate)) {
      const key = scopeKey(namespace);
      const { cpuMillicores, memoryBytes } = defaults.get(key)?.requests ?? {};
      if (cpuMillicores !== undefined && memoryBytes !== undefined) {
        yield namespaceOutcome(namespace, { verdict: "pass", message: "" });
      } else if (missing.length > 0) {
        yield namespaceOutcome(namespace, {
          verdict: "notEvaluable",
          missing,
          message: `No LimitRange with default requests was seen in namespace ${namespace.namespace}, but the input does not prove that there is none.`,
        });
      } else {
        yield namespaceOutcome(namespace, {
          verdict: "fail",
          part: "1",
          message: `Namespace ${namespace.namespace} has no LimitRange that gives containers default CPU and memory requests: what states none is packed as if it needed nothing.`,
          fix: { description: "Add a LimitRange of type Container with defaultRequest and default from measured use." },
        });
      }
      yield* rejections(namespace.workloads, quotas.get(key) ?? []);
    }
  },
};

const quotaDemands = [
  { keys: ["requests.cpu", "cpu"], words: "CPU request", list: "requests", field: "cpuMillicores", name: "cpu" },
  {
    keys: ["requests.memory", "memory"],
    words: "memory request",
    list: "requests",
    field: "memoryBytes",
    name: "memory",
  },
  { keys: ["limits.cpu"], words: "CPU limit", list: "limits", field: "cpuMillicores", name: "cpu" },
  { keys: ["limits.memory"], words: "memory limit", list: "limits", field: "memoryBytes", name: "memory" },
] as const;

/** Under a quota on a resource every container has to state it, or the API server refuses the pod. */
function* rejections(workloads: readonly Workload[], quotas: readonly ResourceQuota[]): Iterable<RuleOutcome> {
  const ordinary = quotas.filter(({ scoped }) => !scoped);
  const demands = quotaDemands.flatMap((demand) => {
    const quota = ordinary.find(({ hard }) => demand.keys.some((key) => hard[key] !== undefined));
    return quota === undefined ? [] : [{ ...demand, quota }];
  });
  if (demands.length === 0) return;
  for (const workload of workloads) {
    if (workload.opaque || workload.unreadable.some(({ concerns }) => concerns === "resources")) continue;
    const ofPod = asObject(workload.podSpec.resources);
    for (const container of workload.containers.filter(({ role }) => role !== "ephemeral")) {
      const lacking = demands.filter(
        ({ list, field, name }) => container[list][field] === undefined && asObject(ofPod[list])[name] === undefined,
      );
      const [first] = lacking;
      if (first !== undefined) {
        yield rejected(workload, container, { quota: first.quota.name, words: lacking.map(({ words }) => words) });
      }
    }
  }
}

function rejected(
  workload: Workload,
  container: Container,
  { quota, words }: { readonly quota: string; readonly words: readonly string[] },
): RuleOutcome {
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "2",
    severity: "high",
    container,
    field: [...container.path, "resources"],
    message: `Container ${container.name} of ${workload.label} states no ${words.join(", no ")}, ResourceQuota ${quota} bounds it and no LimitRange fills it in: the API server refuses every new pod.`,
    fix: { description: "State it in the container, or add a LimitRange with defaults." },
  });
}
