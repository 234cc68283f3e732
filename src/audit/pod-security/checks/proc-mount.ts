import { ofContainers } from "../container-deviations.ts";
import type { Deviation, PodSecurityCheck } from "../pod-security-check.ts";
import type { StandardPod } from "../standard-pod.ts";
import { forbidText } from "./forbidden-values.ts";
import { exemptUserNamespaces } from "./pod-exemptions.ts";

export const procMount: PodSecurityCheck = {
  id: "procMount",
  part: 9,
  level: "baseline",
  demand: "/proc must be masked",
  versions: [
    { since: 0, evaluate: unmasked },
    { since: 35, evaluate: exemptUserNamespaces(unmasked) },
  ],
};

export const procMountRestricted: PodSecurityCheck = {
  id: "procMount_restricted",
  part: 19,
  level: "restricted",
  demand: "/proc must be masked, in a user namespace too",
  versions: [{ since: 35, evaluate: unmasked, overrides: ["procMount"] }],
};

function unmasked(pod: StandardPod): readonly Deviation[] {
  return ofContainers(pod, (container) =>
    forbidText(container, ["securityContext", "procMount"], (type) => type === "Default"),
  );
}
