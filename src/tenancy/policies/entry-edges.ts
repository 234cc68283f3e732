import { entryOf } from "../../estate/kubernetes/map-entry.ts";
import { allPorts, isEmptyPortSet, type PortSet, unitePorts } from "../../estate/kubernetes/port-set.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { EntryPoint } from "../../estate/model/application.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { controllerNamespaces } from "../reachability/ingress-controllers.ts";
import { routedPorts, servicePodPorts } from "../reachability/routed-ports.ts";
import { workloadKey } from "./workload-key.ts";

/** Where a way in comes from: addresses, or pods of namespaces (undefined: the controller's is not known, so any). */
export type EntryPeers =
  | { readonly kind: "addresses"; readonly ranges: readonly string[] }
  | { readonly kind: "namespaces"; readonly names: readonly string[] | undefined };

export interface EntryEdges {
  readonly byWorkload: ReadonlyMap<string, readonly { readonly peers: EntryPeers; readonly ports: PortSet }[]>;
  readonly notes: readonly string[];
}

/** The ways into each workload: load balancers from addresses, Ingresses and routes from the controller's namespaces. */
export function entryEdges(estate: Estate, workloads: readonly Workload[]): EntryEdges {
  const byId = new Map(workloads.map((workload) => [workload.id, workload]));
  const routed = routedPorts(estate.objects, estate.services, estate.workloads);
  const edges = new Map<string, { readonly peers: EntryPeers; readonly ports: PortSet }[]>();
  const unknown = new Set<string>();
  for (const entry of estate.entryPoints) {
    for (const id of entry.workloads) {
      const workload = byId.get(id);
      if (workload === undefined) continue;
      const isBalancer = entry.origin === "loadBalancer";
      const ports = isBalancer ? balancerPorts(estate, workload) : (routed.get(id) ?? servicePorts(estate, workload));
      const peers = isBalancer ? addressesOf(estate, workload, entry) : controllersOf(estate, workload);
      if (peers.kind === "namespaces" && peers.names === undefined) unknown.add(entry.name);
      const list = entryOf(edges, workloadKey(workload), (): { peers: EntryPeers; ports: PortSet }[] => []);
      list.push({ peers, ports: isEmptyPortSet(ports) ? allPorts : ports });
    }
  }
  const notes = [...unknown]
    .sort()
    .map(
      (name) =>
        `The controller behind entry point ${name} is not declared, so its ports are open to every namespace; name it in Cluster.spec.components.`,
    );
  return { byWorkload: edges, notes };
}

function balancerPorts({ services }: Estate, workload: Workload): PortSet {
  const own = services.filter(({ type, workloads }) => type === "LoadBalancer" && workloads.includes(workload.id));
  return unitePorts(own.map((service) => servicePodPorts(service, workload)));
}

function servicePorts({ services }: Estate, workload: Workload): PortSet {
  const own = services.filter(({ workloads }) => workloads.includes(workload.id));
  return unitePorts(own.map((service) => servicePodPorts(service, workload)));
}

function addressesOf({ networks, clusters }: Estate, workload: Workload, { exposure }: EntryPoint): EntryPeers {
  const cluster = clusters.find(({ name }) => name === workload.cluster);
  const network = networks.find(({ name }) => name === cluster?.network.name);
  const isInside = exposure !== "public" && network !== undefined && network.addressSpace.length > 0;
  return { kind: "addresses", ranges: isInside ? network.addressSpace : ["0.0.0.0/0"] };
}

/** Namespaces of the cluster's ingress controllers, from its components. */
function controllersOf({ clusters }: Estate, workload: Workload): EntryPeers {
  const cluster = clusters.find(({ name }) => name === workload.cluster);
  return { kind: "namespaces", names: cluster === undefined ? undefined : controllerNamespaces(cluster) };
}
