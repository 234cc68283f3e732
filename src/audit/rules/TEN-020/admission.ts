import type { AdmissionCheck } from "../../admission-policies/admission-check.ts";

/** Whether roles are bound to an account is not seen at admission: only tokens that never end are. */
export const accountTokenAdmission: readonly AdmissionCheck[] = [
  {
    part: "3",
    on: "secrets",
    expression: "object.?type.orValue('Opaque') != 'kubernetes.io/service-account-token'",
    message: "Tokens of service accounts must not be kept in Secrets, where they never end.",
  },
];
