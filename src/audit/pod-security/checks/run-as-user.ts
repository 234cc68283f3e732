import { notReadable, ofContainers } from "../container-deviations.ts";
import { integerAt, unreadable } from "../pod-fields.ts";
import type { Deviation, PodSecurityCheck } from "../pod-security-check.ts";
import type { StandardContainer, StandardPod } from "../standard-pod.ts";
import { exemptUserNamespaces } from "./pod-exemptions.ts";

export const runAsUser: PodSecurityCheck = {
  id: "runAsUser",
  part: 16,
  level: "restricted",
  demand: "neither the pod nor a container may name user 0",
  versions: [
    { since: 23, evaluate: asRoot },
    { since: 35, evaluate: exemptUserNamespaces(asRoot) },
  ],
};

function asRoot(pod: StandardPod): readonly Deviation[] {
  return [...inspect(pod), ...ofContainers(pod, inspect)];
}

function inspect(subject: StandardContainer | StandardPod): readonly Deviation[] {
  const isContainer = "path" in subject;
  const field = ["securityContext", "runAsUser"];
  const below = isContainer ? field : ["spec", ...field];
  const path = [...(isContainer ? subject.path : []), ...below];
  const container = isContainer ? subject : undefined;
  const user = integerAt(subject.value, below);
  if (user === unreadable) return [notReadable(path, container)];
  if (user !== 0) return [];
  return [{ path, words: "sets runAsUser to 0", ...(container === undefined ? {} : { container }) }];
}
