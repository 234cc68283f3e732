import type { Rule } from "../../rule.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

const defaultNamespace = "default";

/** TEN-001: nothing runs in the namespace that everybody lands in who names none. */
export const noDefaultNamespace: Rule = {
  id: "TEN-001",
  name: "no-default-namespace",
  title: "No workload runs in the namespace default.",
  severity: { high: "medium", medium: "medium", low: "low" },
  inputs: ["manifests"],
  judges: "pods",
  peers: [
    { tool: "kube-linter", check: "use-namespace" },
    { tool: "trivy", check: "KSV-0110" },
    { tool: "checkov", check: "CKV_K8S_21" },
    { tool: "kyverno", check: "disallow-default-namespace" },
    { tool: "kubescape", check: "C-0061" },
  ],
  *evaluate({ estate }) {
    for (const workload of estate.workloads) {
      if (workload.namespace !== defaultNamespace) {
        yield passed(workload);
        continue;
      }
      const isStated = workload.object.namespace !== undefined;
      yield workloadOutcome(workload, {
        verdict: "fail",
        field: isStated ? ["metadata", "namespace"] : [],
        message: `${workload.label} ${isStated ? "is in" : "names no namespace, so it lands in"} the namespace default: quotas, policies and roles of one application would hold for whatever else is there.`,
        fix: { description: "Give the application a namespace of its own." },
      });
    }
  },
};
