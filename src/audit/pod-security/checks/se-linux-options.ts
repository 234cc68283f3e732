import { ofContainers } from "../container-deviations.ts";
import type { CheckVersion, Deviation, PodSecurityCheck } from "../pod-security-check.ts";
import type { StandardContainer, StandardPod } from "../standard-pod.ts";
import { forbidText } from "./forbidden-values.ts";

export const containerTypes: readonly string[] = ["", "container_t", "container_init_t", "container_kvm_t"];

/** Since Kubernetes 1.31. */
export const engineType = "container_engine_t";

export const seLinuxOptions: PodSecurityCheck = {
  id: "seLinuxOptions",
  part: 8,
  level: "baseline",
  demand: "the SELinux type must be one of containers, and user and role may not be set",
  versions: [
    { since: 0, evaluate: withTypes(containerTypes) },
    { since: 31, evaluate: withTypes([...containerTypes, engineType]) },
  ],
};

function withTypes(types: readonly string[]): CheckVersion["evaluate"] {
  const isUnset = (text: string) => text === "";
  const inspect = (subject: StandardContainer | StandardPod): readonly Deviation[] => {
    const options = ["path" in subject ? [] : ["spec"], ["securityContext", "seLinuxOptions"]].flat();
    return [
      ...forbidText(subject, [...options, "type"], (type) => types.includes(type)),
      ...forbidText(subject, [...options, "user"], isUnset),
      ...forbidText(subject, [...options, "role"], isUnset),
    ];
  };
  return (pod) => [...inspect(pod), ...ofContainers(pod, inspect)];
}
