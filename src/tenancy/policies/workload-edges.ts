import type { Dependency } from "../../estate/dependencies/dependency.ts";
import { asInteger, asList, asObject, asText } from "../../estate/kubernetes/json-value.ts";
import {
  allPorts,
  isEmptyPortSet,
  noPorts,
  type PortSet,
  portsOf,
  unitePorts,
} from "../../estate/kubernetes/port-set.ts";
import type { ServiceEndpoint, Workload } from "../../estate/kubernetes/workload.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { servicePodPorts } from "../reachability/routed-ports.ts";

/** A connection between two workloads of one cluster that a dependency asks for. */
export interface WorkloadEdge {
  readonly from: Workload;
  readonly to: Workload;
  /** Pod ports of `to`. */
  readonly ports: PortSet;
  /** What asks for it, such as `ORDERS_URL=http://orders:8080`. */
  readonly reason: string;
}

/** A connection to a host outside the cluster. */
interface OutsideEdge {
  readonly from: Workload;
  readonly target: string;
  readonly ports: PortSet;
  readonly reason: string;
}

export interface EstateEdges {
  readonly inside: readonly WorkloadEdge[];
  readonly outside: readonly OutsideEdge[];
}

/**
 * The connections that the dependencies of an estate ask for. Ports are the pod ports behind the Services of the target: those
 * that the evidence names, or all of its Services' where it names none; without a Service, the ports that its containers
 * declare; without these, every port. The replicas of a StatefulSet with a headless Service talk to each other.
 */
export function estateEdges(
  estate: Pick<Estate, "workloads" | "services" | "dependencies" | "dataStores">,
): EstateEdges {
  const lookup = new EdgeLookup(estate);
  const inside: WorkloadEdge[] = [];
  const outside: OutsideEdge[] = [];
  for (const dependency of estate.dependencies) {
    const from = lookup.workload(dependency.from);
    if (from === undefined) continue;
    const reason = dependency.evidence.map(({ text }) => text).join("; ");
    const targets = lookup.targets(from, dependency);
    for (const to of targets) {
      if (to.id !== from.id && to.cluster === from.cluster)
        inside.push({ from, to, ports: lookup.ports(to, dependency), reason });
    }
    if (targets.length === 0 && dependency.to.kind !== "dangling")
      outside.push({ from, target: targetName(dependency), ports: statedPorts(dependency), reason });
  }
  for (const workload of estate.workloads) {
    if (lookup.hasPeers(workload)) {
      const reason = "replicas of a StatefulSet with a headless Service";
      inside.push({ from: workload, to: workload, ports: lookup.ports(workload), reason });
    }
  }
  return { inside, outside };
}

class EdgeLookup {
  readonly #workloads: ReadonlyMap<string, Workload>;
  readonly #services: ReadonlyMap<string, ServiceEndpoint>;
  readonly #servicesOf = new Map<string, ServiceEndpoint[]>();
  readonly #stores: ReadonlyMap<string, string | undefined>;

  constructor({ workloads, services, dataStores }: Pick<Estate, "workloads" | "services" | "dataStores">) {
    this.#workloads = new Map(workloads.map((workload) => [workload.id, workload]));
    this.#services = new Map(services.map((service) => [service.id, service]));
    this.#stores = new Map(dataStores.map(({ name, workload }) => [name, workload]));
    for (const service of services) {
      for (const id of service.workloads) {
        const list = this.#servicesOf.get(id) ?? [];
        list.push(service);
        this.#servicesOf.set(id, list);
      }
    }
  }

  workload(id: string): Workload | undefined {
    return this.#workloads.get(id);
  }

  targets({ environment, cluster }: Workload, { to }: Dependency): readonly Workload[] {
    switch (to.kind) {
      case "workload":
        return [this.#workloads.get(to.id)].filter((found) => found !== undefined);
      case "service":
        return (this.#services.get(to.id)?.workloads ?? []).flatMap((id) => this.#workloads.get(id) ?? []);
      case "dataStore": {
        const held = this.#stores.get(to.name);
        const found = held === undefined ? undefined : this.#workloads.get(`${environment}/${cluster}/${held}`);
        return found === undefined ? [] : [found];
      }
      case "cloudService":
      case "host":
      case "dangling":
        return [];
    }
  }

  /** Pod ports by which a workload serves; those that a dependency's evidence names, where it does. */
  ports(workload: Workload, dependency?: Dependency): PortSet {
    const services = this.#servicesOf.get(workload.id) ?? [];
    const named = new Set(dependency === undefined ? [] : evidencePorts(dependency));
    const serving = services.flatMap((service) => service.ports.map(({ port }) => ({ service, port })));
    const meant = serving.filter(({ port }) => named.has(port));
    const chosen = meant.length > 0 ? meant : serving;
    const behind = unitePorts(chosen.map(({ service, port }) => servicePodPorts(service, workload, port)));
    if (!isEmptyPortSet(behind)) return behind;
    const declared = containerPorts(workload);
    return isEmptyPortSet(declared) ? allPorts : declared;
  }

  hasPeers({ id, kind, replicas }: Workload): boolean {
    const services = this.#servicesOf.get(id) ?? [];
    return kind === "StatefulSet" && replicas.maximum > 1 && services.some(({ headless }) => headless);
  }
}

function containerPorts({ containers }: Workload): PortSet {
  const main = containers.filter(({ role }) => role === "main" || role === "sidecar");
  const ports = main.flatMap(({ value }) => asList(value.ports));
  return unitePorts(
    ports.map((value) => {
      const { containerPort, protocol } = asObject(value);
      const number = asInteger(containerPort);
      const sort = asText(protocol) ?? "TCP";
      if (number === undefined || (sort !== "TCP" && sort !== "UDP" && sort !== "SCTP")) return noPorts;
      return portsOf(sort, number, number);
    }),
  );
}

/** Numbers behind a colon in the texts that state a dependency. */
function evidencePorts({ evidence }: Dependency): readonly number[] {
  return evidence.flatMap(({ text }) => [...text.matchAll(/:(\d{1,5})(?!\d)/g)].map(([, digits]) => Number(digits)));
}

/** Ports of a host outside: those that the evidence names, else those of its scheme, else every port of TCP. */
function statedPorts(dependency: Dependency): PortSet {
  const numbers = new Set(evidencePorts(dependency).filter((number) => number >= 1 && number <= 65_535));
  const schemes = dependency.evidence.map(({ text }) => text);
  if (numbers.size === 0) {
    if (schemes.some((text) => text.includes("https://"))) numbers.add(443);
    if (schemes.some((text) => text.includes("http://"))) numbers.add(80);
  }
  if (numbers.size === 0) return portsOf("TCP", 1, 65_535);
  return unitePorts([...numbers].map((number) => portsOf("TCP", number, number)));
}

function targetName({ to }: Dependency): string {
  switch (to.kind) {
    case "workload":
    case "service":
      return to.id;
    case "dataStore":
      return `DataStore/${to.name}`;
    case "cloudService":
      return `CloudService/${to.name}`;
    case "host":
    case "dangling":
      return to.host;
  }
}
