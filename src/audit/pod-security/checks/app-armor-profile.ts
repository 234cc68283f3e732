import { notReadable, ofContainers } from "../container-deviations.ts";
import { isAbsent, objectAt, readableText, unreadable } from "../pod-fields.ts";
import type { Deviation, PodSecurityCheck } from "../pod-security-check.ts";
import type { StandardPod } from "../standard-pod.ts";
import { profileDeviations } from "./profile-type.ts";

const annotationPrefix = "container.apparmor.security.beta.kubernetes.io/";

export const appArmorProfile: PodSecurityCheck = {
  id: "appArmorProfile",
  part: 7,
  level: "baseline",
  demand: "the AppArmor profile may not be turned off",
  versions: [{ since: 0, evaluate: appArmorDeviations }],
};

function appArmorDeviations(pod: StandardPod): readonly Deviation[] {
  return [
    ...profileDeviations(pod, "appArmorProfile"),
    ...ofContainers(pod, (container) => profileDeviations(container, "appArmorProfile")),
    ...annotationDeviations(pod),
  ];
}

function annotationDeviations(pod: StandardPod): readonly Deviation[] {
  const annotations = objectAt(pod.value, ["metadata", "annotations"]);
  if (annotations === unreadable) return [notReadable(["metadata", "annotations"])];
  return Object.entries(annotations ?? {}).flatMap(([key, value]): readonly Deviation[] => {
    if (!key.startsWith(annotationPrefix) || isAbsent(value)) return [];
    const path = ["metadata", "annotations", key];
    const profile = readableText(value);
    if (profile === undefined) return [notReadable(path)];
    const isAllowed = profile === "" || profile === "runtime/default" || profile.startsWith("localhost/");
    return isAllowed ? [] : [{ path, words: `sets annotation ${key} to "${profile}"` }];
  });
}
