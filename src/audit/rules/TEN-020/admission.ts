import type { RuleAdmission } from "../../admission-policies/admission-check.ts";

/**
 * Pods of the default account fail whether or not a role is bound to it, so that check is of no single sub-verdict. By then
 * the API server has mounted the token, unless the pod or its account says no.
 */
export const accountTokenAdmission: RuleAdmission = {
  checks: [
    {
      on: "pods",
      scope: "tenants",
      expression:
        "variables.podSpec.?serviceAccountName.orValue('default') != 'default' || !variables.podSpec.?volumes.orValue([]).exists(v, v.name.startsWith('kube-api-access-'))",
      message:
        "Pods that use the service account default must not mount its token (automountServiceAccountToken: false).",
    },
    {
      part: "3",
      on: "secrets",
      expression: "object.?type.orValue('Opaque') != 'kubernetes.io/service-account-token'",
      message: "Tokens of service accounts must not be kept in Secrets, where they never end.",
    },
  ],
  beyond: [{ parts: ["1"], reason: "of accounts other than default, the roles that are bound to them decide" }],
};
