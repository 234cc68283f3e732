import { asList, asObject, asText, isJsonObject } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { ServiceEndpoint, Workload } from "../../../estate/kubernetes/workload.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { holdsVariable } from "../../estate-lookup/unresolved.ts";
import { missingForAbsence } from "../../evidence.ts";
import { additionFix } from "../../fixes/manifest-fix.ts";
import { selectorLabels } from "../../fixes/selector-labels.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

const field = ["spec", "serviceName"];

/** AVL-018: the pods of a StatefulSet have names that resolve, by a headless Service that selects them. */
export const headlessService: Rule = {
  id: "AVL-018",
  name: "headless-service",
  title: "A StatefulSet names a headless Service that selects its pods, so that each has a name of its own.",
  severity: { high: "medium", medium: "medium", low: "low" },
  inputs: ["manifests"],
  peers: [{ tool: "kube-score", check: "statefulset-has-servicename" }],
  judges: "pods",
  *evaluate({ estate }) {
    const missing = missingForAbsence(estate);
    const { serviceNames } = lookupOf(estate);
    for (const workload of estate.workloads) {
      if (workload.kind !== "StatefulSet" || workload.opaque) continue;
      const name = asText(asObject(workload.object.value.spec).serviceName);
      const service = name === undefined ? undefined : serviceNames.find(workload, name);
      yield service === undefined ? withoutService(workload, name, missing) : judge(workload, service);
    }
  },
};

function withoutService(workload: Workload, name: string | undefined, missing: readonly string[]): RuleOutcome {
  if (name === undefined) {
    return workloadOutcome(workload, {
      verdict: "fail",
      field,
      message: `${workload.label} names no Service: its pods have no names in DNS, so peers and clients cannot tell one from another.`,
      fix: { description: "Add a headless Service and name it; the field cannot be changed, so create the set anew." },
    });
  }
  const reasons = holdsVariable(name) ? ["unresolved-variable"] : missing;
  if (reasons.length > 0) {
    return workloadOutcome(workload, {
      verdict: "notEvaluable",
      field,
      missing: reasons,
      message: `No Service ${name} was seen for ${workload.label}, but the input does not prove that there is none.`,
    });
  }
  return workloadOutcome(workload, {
    verdict: "fail",
    field,
    message: `${workload.label} names Service ${name}, which namespace ${workload.namespace} does not have: names such as ${workload.name}-0.${name} do not resolve.`,
    fix: additionFix("Add the headless Service.", serviceManifest(workload, name)),
  });
}

function judge(workload: Workload, service: ServiceEndpoint): RuleOutcome {
  if (!service.headless) {
    return workloadOutcome(workload, {
      verdict: "fail",
      place: service.object.locate(["spec", "clusterIP"]),
      message: `Service ${service.name} of ${workload.label} is not headless: its name leads to any of the pods, and ${workload.name}-0.${service.name} to none.`,
      fix: { description: "Set clusterIP: None; the field cannot be changed, so create the Service anew." },
    });
  }
  if (!service.workloads.includes(workload.id)) {
    return workloadOutcome(workload, {
      verdict: "fail",
      place: service.object.locate(["spec", "selector"]),
      message: `Headless Service ${service.name} does not select the pods of ${workload.label}: names such as ${workload.name}-0.${service.name} do not resolve.`,
      fix: { description: "Let its selector match the labels of the pod template." },
    });
  }
  return passed(workload);
}

function serviceManifest(workload: Workload, name: string): JsonObject {
  const ports = workload.containers
    .flatMap(({ value }) => asList(value.ports).filter(isJsonObject))
    .flatMap(({ name: portName, containerPort, protocol }) =>
      typeof containerPort === "number"
        ? [
            {
              name: asText(portName) ?? `port-${containerPort}`,
              port: containerPort,
              ...(typeof protocol === "string" && protocol !== "TCP" ? { protocol } : {}),
            },
          ]
        : [],
    );
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace: workload.namespace },
    spec: { clusterIP: "None", selector: selectorLabels(workload), ...(ports.length === 0 ? {} : { ports }) },
  };
}
