import { notReadable, ofContainers } from "../container-deviations.ts";
import { fieldAt, isAbsent, readableText } from "../pod-fields.ts";
import type { Deviation, PodSecurityCheck } from "../pod-security-check.ts";
import type { StandardPod } from "../standard-pod.ts";
import { inherited } from "./inherited-setting.ts";
import { exemptWindows } from "./pod-exemptions.ts";
import { profileDeviations, readProfile } from "./profile-type.ts";

const podAnnotation = "seccomp.security.alpha.kubernetes.io/pod";
const containerAnnotation = "container.seccomp.security.alpha.kubernetes.io/";

export const seccompProfileBaseline: PodSecurityCheck = {
  id: "seccompProfile_baseline",
  part: 10,
  level: "baseline",
  demand: "the seccomp profile may not be turned off",
  versions: [
    { since: 0, evaluate: annotated },
    { since: 19, evaluate: unconfined },
  ],
};

export const seccompProfileRestricted: PodSecurityCheck = {
  id: "seccompProfile_restricted",
  part: 17,
  level: "restricted",
  demand: "a seccomp profile must be set: RuntimeDefault or Localhost",
  versions: [
    { since: 19, evaluate: confined, overrides: ["seccompProfile_baseline"] },
    { since: 25, evaluate: exemptWindows(confined), overrides: ["seccompProfile_baseline"] },
  ],
};

/** Before Kubernetes 1.19 profiles were set by annotations. */
function annotated(pod: StandardPod): readonly Deviation[] {
  return [
    ...annotationDeviation(pod, podAnnotation),
    ...pod.containers.flatMap(({ name }) => annotationDeviation(pod, `${containerAnnotation}${name}`)),
  ];
}

function annotationDeviation(pod: StandardPod, key: string): readonly Deviation[] {
  const path = ["metadata", "annotations", key];
  const value = fieldAt(pod.value, path);
  if (isAbsent(value)) return [];
  const profile = readableText(value);
  if (profile === undefined) return [notReadable(path)];
  const isAllowed = profile === "runtime/default" || profile === "docker/default" || profile.startsWith("localhost/");
  return isAllowed ? [] : [{ path, words: `sets annotation ${key} to "${profile}"` }];
}

function unconfined(pod: StandardPod): readonly Deviation[] {
  return [
    ...profileDeviations(pod, "seccompProfile"),
    ...ofContainers(pod, (container) => profileDeviations(container, "seccompProfile")),
  ];
}

/** Containers inherit the pod's profile. A pod's own bad profile is one even where all containers replace it. */
function confined(pod: StandardPod): readonly Deviation[] {
  return inherited(pod, {
    read: (subject) => readProfile(subject, "seccompProfile"),
    field: ["securityContext", "seccompProfile", "type"],
    words: "sets no seccomp profile",
    value: "RuntimeDefault",
  });
}
