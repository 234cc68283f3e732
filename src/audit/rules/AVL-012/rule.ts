import { hasSizeLimit, isInMemory, type LocalVolume, localVolumesOf } from "../../../estate/kubernetes/pod-volumes.ts";
import type { Container, Workload } from "../../../estate/kubernetes/workload.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { notReadable } from "../../unreadable-outcome.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

/** AVL-012: what a pod writes to the disk of its node is counted and bounded. */
export const ephemeralStorageBounded: Rule = {
  id: "AVL-012",
  name: "ephemeral-storage-bounded",
  title: "What a pod writes to the disk of its node is requested and bounded.",
  severity: { high: "medium", medium: "low", low: undefined },
  inputs: ["manifests"],
  peers: [
    { tool: "kube-score", check: "container-ephemeral-storage-request-and-limit", part: "1" },
    { tool: "kyverno", check: "require-emptydir-requests-and-limits", part: "2" },
  ],
  judges: "pods",
  *evaluate({ estate }) {
    for (const workload of estate.workloads) {
      if (workload.opaque) continue;
      for (const container of workload.containers) {
        if (container.role === "main" || container.role === "sidecar") yield judgeContainer(workload, container);
      }
      const volumes = localVolumesOf(workload).filter(({ kind }) => kind === "emptyDir");
      if (volumes.length > 0) yield judgeVolumes(workload, volumes);
    }
  },
};

function judgeContainer(workload: Workload, container: Container): RuleOutcome {
  const unread = workload.unreadable.find(({ path }) => container.path.every((step, index) => path[index] === step));
  if (unread !== undefined) return notReadable(workload, unread, container);
  const missing = [
    ...(container.requests.ephemeralStorageBytes === undefined ? ["request"] : []),
    ...(container.limits.ephemeralStorageBytes === undefined ? ["limit"] : []),
  ];
  if (missing.length === 0) return passed(workload, container);
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "1",
    container,
    field: [...container.path, "resources"],
    message: `Container ${container.name} of ${workload.label} has no ephemeral-storage ${missing.join(" and no ephemeral-storage ")}: its logs and files may fill the disk of the node, and the kubelet then evicts what it finds.`,
    fix: { description: "State what it writes besides its volumes, logs included, from what it was seen to use." },
  });
}

function judgeVolumes(workload: Workload, volumes: readonly LocalVolume[]): RuleOutcome {
  const bounded = isMemoryBounded(workload);
  const open = volumes.filter((volume) => !hasSizeLimit(volume) && !(isInMemory(volume) && bounded));
  const [first] = open;
  if (first === undefined) return passed(workload);
  const names = open.map(({ name }) => name).join(", ");
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "2",
    field: first.path,
    message: `${open.length === 1 ? "Volume" : "Volumes"} ${names} of ${workload.label} ${open.length === 1 ? "has" : "have"} no sizeLimit: ${open.some(isInMemory) ? "what is written there takes the memory of the node" : "what is written there may fill the disk that all pods of the node share"}.`,
    fix: { description: "Set sizeLimit to the most that it should hold; a pod that goes beyond is evicted by itself." },
  });
}

/** Files on tmpfs count as memory of the container that wrote them, so memory limits on all containers bound them. */
function isMemoryBounded({ containers, podLimits }: Workload): boolean {
  if (podLimits.memoryBytes === undefined) return false;
  return containers.every(
    ({ role, limits }) => role === "init" || role === "ephemeral" || limits.memoryBytes !== undefined,
  );
}
