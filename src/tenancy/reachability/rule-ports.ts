import { allPorts, everyPortOf, noPorts, type PortSet, portsOf, unitePorts } from "../../estate/kubernetes/port-set.ts";
import type { ReachRule, RulePort } from "./reach-policy.ts";

/** Ports of a rule towards one destination; names mean the destination's container ports (undefined: it has none). */
export function portsOfRule({ ports }: ReachRule, named: ReadonlyMap<string, PortSet> | undefined): PortSet {
  return ports === undefined ? allPorts : unitePorts(ports.map((port) => portsOfPort(port, named)));
}

function portsOfPort({ protocol, port }: RulePort, named: ReadonlyMap<string, PortSet> | undefined): PortSet {
  switch (port.kind) {
    case "all":
      return everyPortOf(protocol);
    case "range":
      return portsOf(protocol, port.first, port.last);
    case "named":
      return named?.get(`${port.name}/${protocol}`) ?? noPorts;
  }
}

export function hasNamedPort({ ports }: ReachRule): boolean {
  return ports?.some(({ port }) => port.kind === "named") === true;
}
