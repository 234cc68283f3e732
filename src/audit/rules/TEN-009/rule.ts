import { asText } from "../../../estate/kubernetes/json-value.ts";
import { type LocalVolume, localVolumesOf } from "../../../estate/kubernetes/pod-volumes.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { platformTenant } from "../../tenancy/tenant-namespaces.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";
import { nodeFilesAdmission } from "./admission.ts";
import { sensitivePaths } from "./sensitive-paths.ts";

/** TEN-009: no pod reaches into the file system of its node. */
export const noNodeFiles: Rule = {
  id: "TEN-009",
  name: "no-node-files",
  title: "No pod of a tenant mounts directories of the node, least of all to write or those of the runtime.",
  severity: { high: "critical", medium: "high", low: "medium" },
  inputs: ["manifests"],
  admission: nodeFilesAdmission,
  judges: "pods",
  peers: [
    { tool: "kube-linter", check: "writable-host-mount", part: "1" },
    { tool: "kube-linter", check: "sensitive-host-mounts", part: "2" },
    { tool: "kube-linter", check: "docker-sock", part: "2" },
    { tool: "kubescape", check: "C-0045", part: "1" },
    { tool: "kubescape", check: "C-0074", part: "2" },
    { tool: "checkov", check: "CKV_K8S_27", part: "2" },
    { tool: "trivy", check: "KSV-0006", part: "2" },
  ],
  *evaluate({ estate }) {
    for (const workload of estate.workloads) {
      if (workload.opaque || workload.tenant === platformTenant) continue;
      const mounted = localVolumesOf(workload).filter(({ kind }) => kind === "hostPath");
      if (mounted.length === 0) yield passed(workload);
      for (const volume of mounted) yield judge(workload, volume);
    }
  },
};

function judge(workload: Workload, volume: LocalVolume): RuleOutcome {
  const path = asText(volume.value.path);
  const field = [...volume.path, "path"];
  if (path === undefined || path.includes("${")) {
    return workloadOutcome(workload, {
      verdict: "notEvaluable",
      field,
      missing: [path === undefined ? "unparsable-dependency" : "unresolved-variable"],
      message: `Which directory of the node volume ${volume.name} of ${workload.label} mounts cannot be read.`,
    });
  }
  const isWritable = volume.writablePaths.length > 0;
  const what = `${workload.label} mounts ${path} of its node${isWritable ? ` to write (${volume.writablePaths.join(", ")})` : ""}`;
  if (isSandboxed(workload)) {
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "3",
      field,
      message: `${what}: it reaches through the virtual machine that ${workload.runtimeClassName ?? ""} puts around the pod.`,
      fix: { description: "Use a volume that belongs to the pod." },
    });
  }
  const sensitive = sensitivePaths.find((other) => isWithin(path, other) || isWithin(other, path));
  if (sensitive !== undefined) {
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "2",
      ...(isWritable ? {} : { severity: "high" as const }),
      field,
      message: `${what}, which ${reach(path, sensitive)}: whoever is in the pod can ${isWritable ? "take the node" : "read what the node knows of others"}.`,
      fix: { description: "Leave it to an agent of the platform, or ask the API for what is needed." },
    });
  }
  if (isWritable) {
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "1",
      field,
      message: `${what}: it can fill its disk and leave traces for the pods after it.`,
      fix: { description: "Use an emptyDir or a claim; mount what only has to be read with readOnly: true." },
    });
  }
  return passed(workload);
}

function reach(path: string, sensitive: string): string {
  if (normal(path) === "/") return "is the whole node";
  if (normal(path) === normal(sensitive)) return "gives away the node";
  return isWithin(path, sensitive) ? `is part of ${sensitive}` : `holds ${sensitive}`;
}

function normal(path: string): string {
  const segments = path.split("/").filter((segment) => segment !== "" && segment !== ".");
  return `/${segments.join("/")}`;
}

/** True when the path is the folder or below it; the root counts as itself alone. */
function isWithin(path: string, folder: string): boolean {
  const [inner, outer] = [normal(path), normal(folder)];
  return inner === outer || (outer !== "/" && inner.startsWith(`${outer}/`));
}

function isSandboxed({ runtimeClassName }: Workload): boolean {
  return /^kata(-|$)/.test(runtimeClassName ?? "");
}
