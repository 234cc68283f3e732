import type { Container, Workload } from "../../../estate/kubernetes/workload.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { notReadable } from "../../unreadable-outcome.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";
import { requestsAdmission } from "./admission.ts";

/** AVL-011: containers request CPU and memory and limit their memory, after LimitRange defaults. */
export const requestsAndLimits: Rule = {
  id: "AVL-011",
  name: "requests-and-limits",
  title: "Every container requests CPU and memory and limits its memory.",
  severity: { high: "high", medium: "medium", low: "low" },
  inputs: ["manifests"],
  admission: requestsAdmission,
  judges: "pods",
  peers: [
    { tool: "kube-linter", check: "unset-cpu-requirements", part: "1" },
    { tool: "kube-linter", check: "unset-memory-requirements", part: "2" },
    { tool: "kube-linter", check: "unset-memory-requirements", part: "3" },
    { tool: "kube-score", check: "container-resources" },
    { tool: "polaris", check: "cpuRequestsMissing", part: "1" },
    { tool: "polaris", check: "memoryRequestsMissing", part: "2" },
    { tool: "polaris", check: "memoryLimitsMissing", part: "3" },
    { tool: "kubescape", check: "C-0268", part: "1" },
    { tool: "kubescape", check: "C-0269", part: "2" },
    { tool: "kubescape", check: "C-0271", part: "3" },
    { tool: "trivy", check: "KSV-0015", part: "1" },
    { tool: "trivy", check: "KSV-0016", part: "2" },
    { tool: "trivy", check: "KSV-0018", part: "3" },
    { tool: "checkov", check: "CKV_K8S_10", part: "1" },
    { tool: "checkov", check: "CKV_K8S_12", part: "2" },
    { tool: "checkov", check: "CKV_K8S_13", part: "3" },
    { tool: "datree", check: "CONTAINERS_MISSING_CPU_REQUEST_KEY", part: "1" },
    { tool: "datree", check: "CONTAINERS_MISSING_MEMORY_REQUEST_KEY", part: "2" },
    { tool: "datree", check: "CONTAINERS_MISSING_MEMORY_LIMIT_KEY", part: "3" },
    { tool: "kyverno", check: "require-requests-limits" },
    { tool: "gatekeeper", check: "containerrequests" },
    { tool: "gatekeeper", check: "containerlimits", part: "3" },
  ],
  *evaluate({ estate }) {
    for (const workload of estate.workloads) {
      if (workload.opaque) continue;
      for (const container of workload.containers) {
        if (container.role === "main" || container.role === "sidecar") yield judge(workload, container);
      }
    }
  },
};

function judge(workload: Workload, container: Container): RuleOutcome {
  const unread = workload.unreadable.find(({ path }) => container.path.every((step, index) => path[index] === step));
  if (unread !== undefined) return notReadable(workload, unread, container);
  const { requests, limits } = container;
  const missing = [
    ...(requests.cpuMillicores === undefined ? [{ part: "1", words: "CPU request" }] : []),
    ...(requests.memoryBytes === undefined ? [{ part: "2", words: "memory request" }] : []),
    ...(limits.memoryBytes === undefined ? [{ part: "3", words: "memory limit" }] : []),
  ];
  const [first] = missing;
  if (first === undefined) return passed(workload, container);
  return workloadOutcome(workload, {
    verdict: "fail",
    part: first.part,
    container,
    place: workload.object.locate([...container.path, "resources"]),
    message: `Container ${container.name} of ${workload.label} has no ${missing.map(({ words }) => words).join(", no ")}: ${consequence(first.part)}.`,
    fix: { description: "State what it needs, from its measured use." },
  });
}

function consequence(part: string): string {
  return part === "3"
    ? "a leak in it takes memory from its neighbours until the node kills something"
    : "the scheduler packs it as if it needed next to nothing, and it is the first to be evicted";
}
