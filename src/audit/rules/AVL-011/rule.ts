import type { Container, Workload } from "../../../estate/kubernetes/workload.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import type { ParameterValues, RuleParameter } from "../../rule-parameter.ts";
import { notReadable } from "../../unreadable-outcome.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";
import { requestsAdmission } from "./admission.ts";

const memoryLimit: RuleParameter = {
  name: "memoryLimit",
  description:
    "Whether a memory limit has to equal the memory request, so that no container lives on memory of others.",
  default: "any",
  strict: "equalsRequest",
  allowed: ["any", "equalsRequest"],
};
const cpuLimit: RuleParameter = {
  name: "cpuLimit",
  description: "Whether containers have to limit CPU, may not, or may do as they like.",
  default: "ignore",
  allowed: ["ignore", "require", "forbid"],
};

/** AVL-011: containers request CPU and memory and limit their memory, after LimitRange defaults. */
export const requestsAndLimits: Rule = {
  id: "AVL-011",
  name: "requests-and-limits",
  title: "Every container requests CPU and memory and limits its memory.",
  severity: { high: "high", medium: "medium", low: "low" },
  inputs: ["manifests"],
  admission: requestsAdmission,
  judges: "pods",
  parameters: [memoryLimit, cpuLimit],
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
  *evaluate({ estate, parameters }) {
    for (const workload of estate.workloads) {
      if (workload.opaque) continue;
      for (const container of workload.containers) {
        if (container.role === "main" || container.role === "sidecar") yield* judge(workload, container, parameters);
      }
    }
  },
};

function* judge(workload: Workload, container: Container, parameters: ParameterValues): Iterable<RuleOutcome> {
  const unread = workload.unreadable.find(({ path }) => container.path.every((step, index) => path[index] === step));
  if (unread !== undefined) {
    yield notReadable(workload, unread, container);
    return;
  }
  const faults = [
    ...unstated(container),
    ...unequalMemory(container, parameters),
    ...wrongCpuLimit(container, parameters),
  ];
  if (faults.length === 0) yield passed(workload, container);
  for (const { part, words, fix } of faults) {
    yield workloadOutcome(workload, {
      verdict: "fail",
      part,
      container,
      field: [...container.path, "resources"],
      message: `Container ${container.name} of ${workload.label} ${words}.`,
      fix: { description: fix },
    });
  }
}

interface Fault {
  readonly part: string;
  readonly words: string;
  readonly fix: string;
}

function* unstated({ requests, limits }: Container): Iterable<Fault> {
  const fix = "State what it needs, from its measured use.";
  if (requests.cpuMillicores === undefined) {
    yield { part: "1", words: "has no CPU request: the scheduler packs it as if it needed next to none", fix };
  }
  if (requests.memoryBytes === undefined) {
    const words =
      "has no memory request: the scheduler packs it as if it needed none, and it is the first to be evicted";
    yield { part: "2", words, fix };
  }
  if (limits.memoryBytes === undefined) {
    const words = "has no memory limit: a leak in it takes memory from its neighbours until the node kills something";
    yield { part: "3", words, fix };
  }
}

function* unequalMemory({ requests, limits }: Container, parameters: ParameterValues): Iterable<Fault> {
  const [request, limit] = [requests.memoryBytes, limits.memoryBytes];
  if (parameters[memoryLimit.name] !== "equalsRequest" || request === undefined || limit === undefined) return;
  if (request === limit) return;
  yield {
    part: "4",
    words: `may use ${toMebibytes(limit)} MiB of memory and requests ${toMebibytes(request)} MiB: what lies between is promised to others too`,
    fix: "Request what it may use.",
  };
}

function* wrongCpuLimit({ limits }: Container, parameters: ParameterValues): Iterable<Fault> {
  const wanted = parameters[cpuLimit.name];
  const limit = limits.cpuMillicores;
  if (wanted === "require" && limit === undefined) {
    yield { part: "5", words: "has no CPU limit, which this estate requires", fix: "State a CPU limit." };
  }
  if (wanted === "forbid" && limit !== undefined) {
    const words = `limits CPU to ${limit} m, which this estate forbids: it is throttled while the node idles`;
    yield { part: "5", words, fix: "Leave the CPU limit out; requests share out what is there." };
  }
}

function toMebibytes(bytes: number): number {
  return Math.round(bytes / 1024 ** 2);
}
