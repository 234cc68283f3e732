import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { Container, Workload } from "../../../estate/kubernetes/workload.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

/** AVL-009: containers behind a Service say when they are ready, and a stuck one is restarted. */
export const probes: Rule = {
  id: "AVL-009",
  name: "probes",
  title: "Containers behind a Service have a readiness probe whose port exists, and liveness differs from readiness.",
  severity: { high: "high", medium: "medium", low: "low" },
  inputs: ["manifests"],
  judges: "replicas",
  peers: [
    { tool: "kube-linter", check: "no-readiness-probe", part: "1" },
    { tool: "kube-linter", check: "no-liveness-probe", part: "2" },
    { tool: "kube-linter", check: "readiness-port", part: "4" },
    { tool: "kube-linter", check: "liveness-port", part: "4" },
    { tool: "kube-score", check: "pod-probes" },
    { tool: "kube-score", check: "pod-probes-identical", part: "3" },
    { tool: "polaris", check: "readinessProbeMissing", part: "1" },
    { tool: "polaris", check: "livenessProbeMissing", part: "2" },
    { tool: "kubescape", check: "C-0018", part: "1" },
    { tool: "kubescape", check: "C-0056", part: "2" },
    { tool: "checkov", check: "CKV_K8S_9", part: "1" },
    { tool: "checkov", check: "CKV_K8S_8", part: "2" },
    { tool: "datree", check: "CONTAINERS_MISSING_READINESSPROBE_KEY", part: "1" },
    { tool: "datree", check: "CONTAINERS_MISSING_LIVENESSPROBE_KEY", part: "2" },
    { tool: "kyverno", check: "require-pod-probes" },
    { tool: "gatekeeper", check: "requiredprobes" },
  ],
  *evaluate({ estate }) {
    const behindService = new Set(estate.services.flatMap((service) => service.workloads));
    for (const workload of estate.workloads) {
      if (workload.opaque || workload.run === "task") continue;
      for (const container of workload.containers) {
        if (container.role === "main") yield judge(workload, container, behindService.has(workload.id));
      }
    }
  },
};

function judge(workload: Workload, container: Container, behindService: boolean): RuleOutcome {
  const readiness = probe(container, "readinessProbe");
  const liveness = probe(container, "livenessProbe");
  const name = `Container ${container.name} of ${workload.label}`;
  if (behindService && readiness === undefined && mayServe(workload, container)) {
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "1",
      container,
      message: `${name} is behind a Service and has no readiness probe: it gets traffic before it can serve.`,
      fix: { description: "Probe the path or port that tells it can serve." },
    });
  }
  const unresolved = unresolvedPort(container, ["readinessProbe", "livenessProbe", "startupProbe"]);
  if (unresolved !== undefined) {
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "4",
      container,
      place: workload.object.locate([...container.path, unresolved.probe]),
      message: `${name}: the ${unresolved.probe} names port "${unresolved.port}", which the container does not declare.`,
      fix: { description: "Name a port of the container, or give its number." },
    });
  }
  if (liveness !== undefined && readiness !== undefined && sameProbe(liveness, readiness)) {
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "3",
      severity: "medium",
      container,
      place: workload.object.locate([...container.path, "livenessProbe"]),
      message: `${name} has equal liveness and readiness probes: what should only stop its traffic restarts it instead.`,
      fix: { description: "Let liveness fail later than readiness, or probe something simpler." },
    });
  }
  if (liveness === undefined && behindService) {
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "2",
      severity: "low",
      container,
      message: `${name} has no liveness probe: when it hangs, nobody restarts it.`,
      fix: { description: "Add a liveness probe that does not depend on other services." },
    });
  }
  return passed(workload, container);
}

function probe(container: Container, field: string): JsonObject | undefined {
  const value = container.value[field];
  return isObject(value) ? value : undefined;
}

/**
 * A pod is ready when all its containers are, and only those that serve a port need to say so. Declared ports are mere
 * information in Kubernetes: where no container declares any, each of them may be the one that serves.
 */
function mayServe({ containers }: Workload, container: Container): boolean {
  return declaresPorts(container) || !containers.some(declaresPorts);
}

function declaresPorts({ value }: Container): boolean {
  return Array.isArray(value["ports"]) && value["ports"].length > 0;
}

function unresolvedPort(container: Container, fields: readonly string[]): { probe: string; port: string } | undefined {
  const declared = new Set(
    (Array.isArray(container.value["ports"]) ? container.value["ports"] : [])
      .filter(isObject)
      .map((port) => port["name"]),
  );
  for (const field of fields) {
    const value = probe(container, field);
    const handler = [value?.["httpGet"], value?.["tcpSocket"]].find(isObject);
    const port = handler?.["port"];
    if (typeof port === "string" && !/^\d+$/.test(port) && !declared.has(port)) return { probe: field, port };
  }
  return undefined;
}

const defaults = {
  initialDelaySeconds: 0,
  periodSeconds: 10,
  timeoutSeconds: 1,
  successThreshold: 1,
  failureThreshold: 3,
};

function sameProbe(left: JsonObject, right: JsonObject): boolean {
  return canonical({ ...defaults, ...left }) === canonical({ ...defaults, ...right });
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, nested: unknown) =>
    isObject(nested)
      ? Object.fromEntries(Object.entries(nested).sort(([left], [right]) => (left < right ? -1 : 1)))
      : nested,
  );
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
