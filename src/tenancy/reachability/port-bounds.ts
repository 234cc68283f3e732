import {
  allPorts,
  formatPorts,
  intersectPorts,
  isEmptyPortSet,
  noPorts,
  type PortSet,
  subtractPorts,
  unitePorts,
} from "../../estate/kubernetes/port-set.ts";

/** Ports that are certainly open, and ports that may be: where the two differ, the input does not tell. */
export interface PortBounds {
  readonly certain: PortSet;
  /** Holds `certain`. */
  readonly possible: PortSet;
}

export const everyPortOpen: PortBounds = { certain: allPorts, possible: allPorts };
export const noPortOpen: PortBounds = { certain: noPorts, possible: noPorts };
export const portsUnknown: PortBounds = { certain: noPorts, possible: allPorts };

export function bothOpen(left: PortBounds, right: PortBounds): PortBounds {
  if (left === everyPortOpen) return right;
  if (right === everyPortOpen) return left;
  return {
    certain: intersectPorts(left.certain, right.certain),
    possible: intersectPorts(left.possible, right.possible),
  };
}

export function eitherOpen(left: PortBounds, right: PortBounds): PortBounds {
  return { certain: unitePorts([left.certain, right.certain]), possible: unitePorts([left.possible, right.possible]) };
}

/** What holds on some ports, and what holds on all others. */
export function overlay(ports: PortSet, inside: PortBounds, outside: PortBounds): PortBounds {
  const layer = (on: PortSet, off: PortSet) => unitePorts([intersectPorts(on, ports), subtractPorts(off, ports)]);
  return { certain: layer(inside.certain, outside.certain), possible: layer(inside.possible, outside.possible) };
}

/** Whatever of the two it is: open only where both are, possibly open where one is. */
export function eitherWay(left: PortBounds, right: PortBounds): PortBounds {
  return {
    certain: intersectPorts(left.certain, right.certain),
    possible: unitePorts([left.possible, right.possible]),
  };
}

export function isClosed({ possible }: PortBounds): boolean {
  return isEmptyPortSet(possible);
}

/** Ports of which it cannot be told whether they are open. */
export function undecidedPorts({ certain, possible }: PortBounds): PortSet {
  return subtractPorts(possible, certain);
}

/** Equal bounds have equal keys. */
export function boundsKey({ certain, possible }: PortBounds): string {
  return `${formatPorts(certain)} ${formatPorts(possible)}`;
}
