import { notReadable } from "../container-deviations.ts";
import { booleanAt, unreadable } from "../pod-fields.ts";
import type { Deviation, PodSecurityCheck } from "../pod-security-check.ts";
import type { StandardContainer, StandardPod } from "../standard-pod.ts";
import { inherited } from "./inherited-setting.ts";
import { exemptUserNamespaces } from "./pod-exemptions.ts";

export const runAsNonRoot: PodSecurityCheck = {
  id: "runAsNonRoot",
  part: 15,
  level: "restricted",
  demand: "containers must be kept from running as root",
  versions: [
    { since: 0, evaluate: mayBeRoot },
    { since: 35, evaluate: exemptUserNamespaces(mayBeRoot) },
  ],
};

const field = ["securityContext", "runAsNonRoot"];

/** A stated `false` deviates wherever it stands: on a pod whose containers all say true, and in a container of a pod that does. */
function mayBeRoot(pod: StandardPod): readonly Deviation[] {
  return inherited(pod, { read, field, words: "does not set runAsNonRoot to true", value: true });
}

function read(subject: StandardContainer | StandardPod): "unset" | "allowed" | Deviation {
  const isContainer = "path" in subject;
  const below = isContainer ? field : ["spec", ...field];
  const path = [...(isContainer ? subject.path : []), ...below];
  const container = isContainer ? subject : undefined;
  const value = booleanAt(subject.value, below);
  if (value === undefined) return "unset";
  if (value === true) return "allowed";
  if (value === unreadable) return notReadable(path, container);
  return {
    path,
    words: "sets runAsNonRoot to false",
    remedies: [{ path, value: true }],
    ...(container === undefined ? {} : { container }),
  };
}
