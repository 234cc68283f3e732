import type { AssumptionRule } from "./assumption-rule.ts";

/** Policies mean different things to different engines. */
export const undeclaredEngine: AssumptionRule<object> = {
  id: "ASM-170",
  name: "policy-engine-undeclared",
  text: () =>
    "The cluster declares no policy engine; policies are read by the letter of the Kubernetes API, as if an engine enforced every standard kind, and ipBlock meant addresses outside the cluster only.",
  value: () => "api-standard",
  replaceBy: "Cluster.spec.network.policyEngine",
};

export const reachabilityAssumptionRules = [undeclaredEngine] as const;
