import type { AdmissionCheck } from "../../admission-policies/admission-check.ts";

export const unhealthyEvictionAdmission: readonly AdmissionCheck[] = [
  {
    on: "disruptionBudgets",
    expression: "object.spec.?unhealthyPodEvictionPolicy.orValue('IfHealthyBudget') == 'AlwaysAllow'",
    message: "Disruption budgets must let pods go that are not healthy (unhealthyPodEvictionPolicy: AlwaysAllow).",
  },
];
