import type { RuleAdmission } from "../../admission-policies/admission-check.ts";

export const unhealthyEvictionAdmission: RuleAdmission = {
  checks: [
    {
      on: "disruptionBudgets",
      expression: "object.spec.?unhealthyPodEvictionPolicy.orValue('IfHealthyBudget') == 'AlwaysAllow'",
      message: "Disruption budgets must let pods go that are not healthy (unhealthyPodEvictionPolicy: AlwaysAllow).",
    },
  ],
};
