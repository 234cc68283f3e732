import { notReadable, ofContainers } from "../container-deviations.ts";
import { booleanAt, unreadable } from "../pod-fields.ts";
import type { Deviation, PodSecurityCheck } from "../pod-security-check.ts";
import type { StandardContainer, StandardPod } from "../standard-pod.ts";
import { exemptWindows } from "./pod-exemptions.ts";

export const allowPrivilegeEscalation: PodSecurityCheck = {
  id: "allowPrivilegeEscalation",
  part: 14,
  level: "restricted",
  demand: "containers must forbid that a process gains more privileges than its parent",
  versions: [
    { since: 8, evaluate: mayEscalate },
    { since: 25, evaluate: exemptWindows(mayEscalate) },
  ],
};

function mayEscalate(pod: StandardPod): readonly Deviation[] {
  return ofContainers(pod, inspect);
}

function inspect(container: StandardContainer): readonly Deviation[] {
  const field = ["securityContext", "allowPrivilegeEscalation"];
  const path = [...container.path, ...field];
  const value = booleanAt(container.value, field);
  if (value === false) return [];
  if (value === unreadable) return [notReadable(path, container)];
  const words = value ? "allows privilege escalation" : "does not set allowPrivilegeEscalation to false";
  return [{ container, path, words, remedies: [{ path, value: false }] }];
}
