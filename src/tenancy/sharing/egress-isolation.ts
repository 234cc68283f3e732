import { intersectPorts, isAllPorts, isEmptyPortSet } from "../../estate/kubernetes/port-set.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import { type AddressInterval, readAddressRange } from "../reachability/address-range.ts";
import type { ClusterReach } from "../reachability/cluster-reach.ts";
import type { ClusterNetwork } from "../reachability/estate-reach.ts";
import { metadataPorts, metadataService } from "../reachability/metadata-service.ts";
import type { PortBounds } from "../reachability/port-bounds.ts";

/**
 * How far policies hold back what a pod connects to: `inside`: pods only; `outside`: addresses too, but not instance
 * metadata; `metadata`: that as well; `anywhere`: nothing holds it back.
 */
const egressReaches = ["inside", "outside", "metadata", "anywhere"] as const;
export type EgressReach = (typeof egressReaches)[number];

/** How far a pod certainly reaches, and how far it may: the two differ where the policies leave doubt. */
export interface EgressBounds {
  readonly certain: EgressReach;
  readonly possible: EgressReach;
}

/** No address of these is beyond the cluster: what answers there is on the node itself. */
const linkLocal = "169.254.0.0/16";
const anywhere: EgressBounds = { certain: "anywhere", possible: "anywhere" };

/** The reach of each workload's pods, over all policies that the engine of its cluster enforces. */
export function egressReach(networks: readonly ClusterNetwork[]): (workload: Workload) => EgressBounds {
  const bounds = new Map<string, EgressBounds>();
  for (const { cluster, reach } of networks) {
    const ofClass = reach.classes.map(({ index }) => boundsOfClass(reach, index, rangesWithin(cluster)));
    for (const [position, { id }] of reach.workloads.entries()) {
      bounds.set(id, ofClass[reach.classOf[position] ?? -1] ?? anywhere);
    }
  }
  return ({ id, hostNetwork }) => (hostNetwork ? anywhere : (bounds.get(id) ?? anywhere));
}

function boundsOfClass(reach: ClusterReach, subject: number, within: readonly AddressInterval[]): EgressBounds {
  const parts = reach.addresses(subject, "egress");
  const beyond = parts.filter(({ interval }) => !within.some((range) => isInside(interval, range)));
  const metadata = reach.outsider(subject, "egress", metadataService);
  const reachBy = (bound: keyof PortBounds): EgressReach => {
    if (parts.every(({ bounds }) => isAllPorts(bounds[bound]))) return "anywhere";
    if (!isEmptyPortSet(intersectPorts(metadata[bound], metadataPorts))) return "metadata";
    return beyond.some(({ bounds }) => !isEmptyPortSet(bounds[bound])) ? "outside" : "inside";
  };
  return { certain: reachBy("certain"), possible: reachBy("possible") };
}

function rangesWithin({ network: { podCidr, serviceCidr } }: Cluster): readonly AddressInterval[] {
  return [linkLocal, podCidr, serviceCidr].flatMap((text) => {
    const reading = readAddressRange(text ?? "");
    return reading.kind === "ipv4" ? [reading.interval] : [];
  });
}

function isInside(inner: AddressInterval, outer: AddressInterval): boolean {
  return inner.first >= outer.first && inner.last <= outer.last;
}

export function isWider(reach: EgressReach, than: EgressReach): boolean {
  return egressReaches.indexOf(reach) > egressReaches.indexOf(than);
}
