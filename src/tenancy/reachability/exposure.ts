import { allPorts, intersectPorts, noPorts, type PortSet, unitePorts } from "../../estate/kubernetes/port-set.ts";
import type { EntryPoint } from "../../estate/model/application.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { ClusterReach } from "./cluster-reach.ts";
import { eitherOpen, noPortOpen, type PortBounds } from "./port-bounds.ts";
import { routedPorts, servicePodPorts } from "./routed-ports.ts";

/** A workload behind a way in, with the pod ports that lead there and that its policies let through. */
export interface Exposure {
  /** Position of the workload in its cluster. */
  readonly position: number;
  readonly entry: EntryPoint;
  readonly bounds: PortBounds;
}

/** Finds what ways in lead to, cluster by cluster. */
export class Exposures {
  readonly #estate: Estate;
  readonly #routed: ReadonlyMap<string, PortSet>;

  constructor(estate: Estate) {
    this.#estate = estate;
    this.#routed = routedPorts(estate.objects, estate.services, estate.workloads);
  }

  /** In the order of the estate's entry points. */
  of(reach: ClusterReach): readonly Exposure[] {
    const positions = new Map(reach.workloads.map(({ id }, position) => [id, position]));
    return this.#estate.entryPoints.flatMap((entry) =>
      entry.workloads.flatMap((id): Exposure[] => {
        const position = positions.get(id);
        if (position === undefined) return [];
        return [{ position, entry, bounds: this.#bounds(reach, position, id, entry) }];
      }),
    );
  }

  /** A load balancer hands on addresses from outside; a controller is a pod that the manifests need not hold. */
  #bounds(reach: ClusterReach, position: number, id: string, { origin, name }: EntryPoint): PortBounds {
    const own = reach.classOf[position] ?? 0;
    const isBalancer = origin === "loadBalancer";
    const ports = isBalancer ? this.#servicePorts(id, name) : (this.#routed.get(id) ?? allPorts);
    const passing = isBalancer
      ? reach.addresses(own, "ingress").reduce((all, { bounds }) => eitherOpen(all, bounds), noPortOpen)
      : reach.outsider(own, "ingress", { kind: "controller" });
    return { certain: intersectPorts(passing.certain, ports), possible: intersectPorts(passing.possible, ports) };
  }

  #servicePorts(id: string, entry: string): PortSet {
    const { services, workloads } = this.#estate;
    const workload = workloads.find((each) => each.id === id);
    const balancers = services.filter((service) => service.type === "LoadBalancer" && service.workloads.includes(id));
    const named = balancers.filter(({ name }) => entry === name || entry.includes(`.${name}.`));
    const chosen = named.length > 0 ? named : balancers;
    if (workload === undefined || chosen.length === 0) return noPorts;
    return unitePorts(chosen.map((service) => servicePodPorts(service, workload)));
  }
}
