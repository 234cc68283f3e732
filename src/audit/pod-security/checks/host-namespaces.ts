import type { PodSecurityCheck } from "../pod-security-check.ts";
import { forbidTrue } from "./forbidden-values.ts";

const sharedWithNode = ["hostNetwork", "hostPID", "hostIPC"];

export const hostNamespaces: PodSecurityCheck = {
  id: "hostNamespaces",
  part: 2,
  level: "baseline",
  demand: "pods may not use the network, process or IPC namespace of the node",
  versions: [{ since: 0, evaluate: (pod) => sharedWithNode.flatMap((field) => forbidTrue(pod, ["spec", field])) }],
};
