import type { AdmissionCheck } from "../../admission-policies/admission-check.ts";

export const serviceExposureAdmission: readonly AdmissionCheck[] = [
  {
    part: "1",
    on: "services",
    expression: "object.spec.?type.orValue('ClusterIP') != 'NodePort'",
    message: "Services must not open ports on every node.",
  },
  {
    part: "2",
    on: "services",
    expression: "size(object.spec.?externalIPs.orValue([])) == 0",
    message: "Services must not take external addresses.",
  },
];
