import { ofContainers } from "../container-deviations.ts";
import type { PodSecurityCheck } from "../pod-security-check.ts";
import { forbidTrue } from "./forbidden-values.ts";

const field = ["securityContext", "windowsOptions", "hostProcess"];

export const windowsHostProcess: PodSecurityCheck = {
  id: "windowsHostProcess",
  part: 6,
  level: "baseline",
  demand: "Windows containers may not run as processes of the node",
  versions: [
    {
      since: 0,
      evaluate: (pod) => [
        ...forbidTrue(pod, ["spec", ...field]),
        ...ofContainers(pod, (container) => forbidTrue(container, field)),
      ],
    },
  ],
};
