import { asInteger, asList, asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { SchedulerVersion } from "../scheduler-version.ts";

/** A port of the node that a container binds. */
export interface HostPort {
  readonly protocol: string;
  readonly port: number;
  /** `0.0.0.0` is every address. */
  readonly address: string;
}

const everyAddress = "0.0.0.0";

/** Host ports of a pod's containers, and of its sidecars where the version counts them. */
export function readHostPorts(spec: JsonObject, version: SchedulerVersion): readonly HostPort[] {
  const sidecars = version.countsSidecarPorts
    ? asList(spec.initContainers).filter((container) => asObject(container).restartPolicy === "Always")
    : [];
  return [...asList(spec.containers), ...sidecars].flatMap((container) =>
    asList(asObject(container).ports).flatMap((entry) => {
      const { hostPort, containerPort, protocol, hostIP } = asObject(entry);
      // The API server fills the host port of pods on the host's network.
      const port = asInteger(hostPort) ?? (spec.hostNetwork === true ? asInteger(containerPort) : undefined) ?? 0;
      return port > 0 ? [{ protocol: asText(protocol) ?? "TCP", port, address: asText(hostIP) ?? everyAddress }] : [];
    }),
  );
}

/** True when two pods cannot bind both ports on one node. */
export function portsConflict(left: HostPort, right: HostPort): boolean {
  if (left.port !== right.port || left.protocol !== right.protocol) return false;
  return left.address === right.address || left.address === everyAddress || right.address === everyAddress;
}
