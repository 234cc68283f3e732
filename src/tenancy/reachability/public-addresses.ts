import { intersectPorts, noPorts, unitePorts } from "../../estate/kubernetes/port-set.ts";
import { type AddressInterval, readAddressRange } from "./address-range.ts";
import type { ClusterReach } from "./cluster-reach.ts";
import { everyPortOpen, type PortBounds } from "./port-bounds.ts";

/** What is no address of the internet: private, shared, loopback, link-local, multicast and reserved (RFC 6890). */
const reserved: readonly AddressInterval[] = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "224.0.0.0/3",
].flatMap((text) => {
  const reading = readAddressRange(text);
  return reading.kind === "ipv4" ? [reading.interval] : [];
});

/** Ports open towards an address of the internet of which no more is known: certain where all are open, possible where one is. */
export function portsToInternet(reach: ClusterReach, subject: number): PortBounds {
  let certain = everyPortOpen.certain;
  let possible = noPorts;
  for (const { interval, bounds } of reach.addresses(subject, "egress")) {
    if (isReserved(interval)) continue;
    certain = intersectPorts(certain, bounds.certain);
    possible = unitePorts([possible, bounds.possible]);
  }
  return { certain, possible };
}

function isReserved({ first, last }: AddressInterval): boolean {
  return reserved.some((range) => first >= range.first && last <= range.last);
}
