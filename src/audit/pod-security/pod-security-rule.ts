import type { Rule } from "../rule.ts";
import { podSecurity } from "../rules/TEN-008/rule.ts";
import { formatPolicy, type PodSecurityPolicy } from "./pod-security-policy.ts";
import { podSecurityOutcomes } from "./workload-pods.ts";

/** TEN-008 with one policy for every pod of the input, whatever its namespace enforces. */
export function podSecurityRule(policy: PodSecurityPolicy): Rule {
  return {
    ...podSecurity,
    title: `Pods conform to ${formatPolicy(policy)} of the Pod Security Standards.`,
    *evaluate({ estate }) {
      for (const workload of estate.workloads) {
        if (!workload.opaque) yield* podSecurityOutcomes(workload, policy, "");
      }
    },
  };
}
