import { ofContainers } from "../container-deviations.ts";
import type { PodSecurityCheck } from "../pod-security-check.ts";
import { forbidTrue } from "./forbidden-values.ts";

export const privileged: PodSecurityCheck = {
  id: "privileged",
  part: 1,
  level: "baseline",
  demand: "no container may be privileged",
  versions: [
    { since: 0, evaluate: (pod) => ofContainers(pod, (each) => forbidTrue(each, ["securityContext", "privileged"])) },
  ],
};
