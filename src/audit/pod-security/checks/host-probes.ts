import { ofContainers } from "../container-deviations.ts";
import type { PodSecurityCheck } from "../pod-security-check.ts";
import { forbidText } from "./forbidden-values.ts";

const handlers = [
  ["livenessProbe"],
  ["readinessProbe"],
  ["startupProbe"],
  ["lifecycle", "postStart"],
  ["lifecycle", "preStop"],
];
const hosts = handlers.flatMap((handler) =>
  ["httpGet", "tcpSocket"].map((action): readonly string[] => [...handler, action, "host"]),
);

export const hostProbesAndHostLifecycle: PodSecurityCheck = {
  id: "hostProbesAndHostLifecycle",
  part: 12,
  level: "baseline",
  demand: "probes and lifecycle hooks may name no host: the kubelet would call it from the node",
  versions: [
    {
      since: 34,
      evaluate: (pod) =>
        ofContainers(pod, (container) => hosts.flatMap((field) => forbidText(container, field, (host) => host === ""))),
    },
  ],
};
