import type { Deviation, PodSecurityCheck } from "./pod-security-check.ts";
import { checksOfPolicy } from "./pod-security-checks.ts";
import type { PodSecurityPolicy } from "./pod-security-policy.ts";
import type { StandardPod } from "./standard-pod.ts";

/** What one check says of a pod. */
export interface CheckResult {
  readonly check: PodSecurityCheck;
  /** `notEvaluable`: nothing deviates for certain, and something that decides cannot be read. */
  readonly verdict: "pass" | "fail" | "notEvaluable";
  /** Containers in the order init, regular, ephemeral. */
  readonly deviations: readonly Deviation[];
}

/** Every check of the policy with its verdict, also after the first that fails. */
export function evaluatePod(pod: StandardPod, policy: PodSecurityPolicy): readonly CheckResult[] {
  return checksOfPolicy(policy).map(({ check, version }) => {
    const deviations = version.evaluate(pod);
    const certain = deviations.filter(({ unknown }) => unknown !== true);
    if (certain.length > 0) return { check, verdict: "fail", deviations: certain };
    return { check, verdict: deviations.length > 0 ? "notEvaluable" : "pass", deviations };
  });
}
