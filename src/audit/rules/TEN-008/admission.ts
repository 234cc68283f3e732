import type { AdmissionCheck } from "../../admission-policies/admission-check.ts";

/** Parts of the baseline level that hold whatever the namespace enforces. */
export const podSecurityAdmission: readonly AdmissionCheck[] = [
  {
    part: "1",
    on: "podTemplates",
    expression: "variables.containers.all(c, !c.?securityContext.?privileged.orValue(false))",
    message: "Containers must not be privileged.",
  },
  {
    part: "2",
    on: "podTemplates",
    expression:
      "!variables.podSpec.?hostNetwork.orValue(false) && !variables.podSpec.?hostPID.orValue(false) && !variables.podSpec.?hostIPC.orValue(false)",
    message: "Pods must not share network, process ids or IPC with their node.",
  },
  {
    part: "3",
    on: "podTemplates",
    expression: "variables.podSpec.?volumes.orValue([]).all(v, !has(v.hostPath))",
    message: "Pods must not mount directories of their node.",
  },
  {
    part: "4",
    on: "podTemplates",
    expression: "variables.containers.all(c, c.?ports.orValue([]).all(p, p.?hostPort.orValue(0) == 0))",
    message: "Containers must not take ports of their node.",
  },
];
