import { notReadable, ofContainers } from "../container-deviations.ts";
import { integerAt, listAt, unreadable } from "../pod-fields.ts";
import type { Deviation, PodSecurityCheck } from "../pod-security-check.ts";
import type { StandardContainer } from "../standard-pod.ts";

export const hostPorts: PodSecurityCheck = {
  id: "hostPorts",
  part: 4,
  level: "baseline",
  demand: "containers may not take ports of the node",
  versions: [{ since: 0, evaluate: (pod) => ofContainers(pod, usedHostPorts) }],
};

function usedHostPorts(container: StandardContainer): readonly Deviation[] {
  const ports = listAt(container.value, ["ports"]);
  if (ports === unreadable) return [notReadable([...container.path, "ports"], container)];
  return ports.flatMap((port, position): readonly Deviation[] => {
    const path = [...container.path, "ports", position, "hostPort"];
    const hostPort = integerAt(port, ["hostPort"]);
    if (hostPort === unreadable) return [notReadable(path, container)];
    return hostPort === undefined || hostPort === 0 ? [] : [{ container, path, words: `takes host port ${hostPort}` }];
  });
}
