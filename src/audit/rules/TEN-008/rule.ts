import { podSecurityOutcomes } from "../../pod-security/workload-pods.ts";
import type { Rule } from "../../rule.ts";
import { namespacesOf } from "../../tenancy/tenant-namespaces.ts";
import { policyForPods } from "../../tenancy/wanted-level.ts";
import { podSecurityAdmission } from "./admission.ts";
import { podSecurityPeers } from "./peers.ts";

/**
 * TEN-008: pods conform to the Pod Security level of their namespace. Admission enforces it on pods only, so a Deployment
 * that violates it is taken in and its pods never start. Each control is a sub-verdict of its own.
 */
export const podSecurity: Rule = {
  id: "TEN-008",
  name: "pod-security",
  title: "Pods conform to the Pod Security level of their namespace.",
  severity: { high: "high", medium: "high", low: "medium" },
  inputs: ["manifests", "namespaces"],
  admission: podSecurityAdmission,
  judges: "pods",
  peers: podSecurityPeers,
  *evaluate({ estate }) {
    for (const namespace of namespacesOf(estate)) {
      const { policy, because } = policyForPods(estate, namespace);
      if (policy.level === "privileged") continue;
      for (const workload of namespace.workloads) {
        if (!workload.opaque) yield* podSecurityOutcomes(workload, policy, because);
      }
    }
  },
};
