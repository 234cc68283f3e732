import { groupKind } from "../../estate/kubernetes/group-kind.ts";
import { asInteger, asList, asObject, asText, valueAt } from "../../estate/kubernetes/json-value.ts";
import { entryOf } from "../../estate/kubernetes/map-entry.ts";
import type { NetworkProtocol } from "../../estate/kubernetes/network-policy.ts";
import { noPorts, type PortSet, portsOf, unitePorts } from "../../estate/kubernetes/port-set.ts";
import type { ServiceEndpoint, Workload } from "../../estate/kubernetes/workload.ts";
import type { PlacedObject } from "../../estate/model/estate.ts";

const ingressKinds: ReadonlySet<string> = new Set(["Ingress.networking.k8s.io", "Ingress.extensions"]);
const routeKinds: ReadonlySet<string> = new Set(
  ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"].map((kind) => `${kind}.gateway.networking.k8s.io`),
);

/** A Service port that an Ingress or a route sends to; by number or, in an Ingress, by name. Undefined: any of its ports. */
interface Backend {
  readonly namespace: string | undefined;
  readonly service: string;
  readonly port: number | string | undefined;
}

/** Pod ports that Ingresses and Gateway routes lead to, by workload id. */
export function routedPorts(
  objects: readonly PlacedObject[],
  services: readonly ServiceEndpoint[],
  workloads: readonly Workload[],
): ReadonlyMap<string, PortSet> {
  const byName = new Map(
    services.map((service) => [
      `${service.environment}/${service.cluster}/${service.namespace}/${service.name}`,
      service,
    ]),
  );
  const byId = new Map(workloads.map((workload) => [workload.id, workload]));
  const routed = new Map<string, PortSet[]>();
  for (const placed of objects) {
    for (const { namespace = "", service: name, port } of backendsOf(placed)) {
      const service = byName.get(`${placed.environment}/${placed.cluster}/${namespace}/${name}`);
      if (service === undefined) continue;
      for (const id of service.workloads) {
        const workload = byId.get(id);
        if (workload !== undefined)
          entryOf(routed, id, (): PortSet[] => []).push(servicePodPorts(service, workload, port));
      }
    }
  }
  return new Map([...routed].map(([id, sets]) => [id, unitePorts(sets)]));
}

/** Pod ports behind a Service: all of its ports, or the one with that number or name. */
export function servicePodPorts(service: ServiceEndpoint, workload: Workload, wanted?: number | string): PortSet {
  const chosen = service.ports.filter(({ name, port }) => wanted === undefined || port === wanted || name === wanted);
  return unitePorts(
    chosen.map(({ port, targetPort = port, protocol }) => {
      if (!isProtocol(protocol)) return noPorts;
      if (typeof targetPort === "number") return portsOf(protocol, targetPort, targetPort);
      return unitePorts(
        containerPorts(workload, targetPort, protocol).map((number) => portsOf(protocol, number, number)),
      );
    }),
  );
}

function isProtocol(text: string): text is NetworkProtocol {
  return text === "TCP" || text === "UDP" || text === "SCTP";
}

function containerPorts({ containers }: Workload, name: string, protocol: string): readonly number[] {
  return containers.flatMap(({ role, value }) =>
    role !== "main" && role !== "sidecar"
      ? []
      : asList(value.ports).flatMap((entry) => {
          const port = asObject(entry);
          const isMeant = port.name === name && (asText(port.protocol) ?? "TCP") === protocol;
          return isMeant ? (asInteger(port.containerPort) ?? []) : [];
        }),
  );
}

function backendsOf(placed: PlacedObject): readonly Backend[] {
  const kind = groupKind(placed.object);
  if (ingressKinds.has(kind)) return ingressBackends(placed);
  return routeKinds.has(kind) ? routeBackends(placed) : [];
}

function ingressBackends({ namespace, object }: PlacedObject): readonly Backend[] {
  const spec = asObject(object.value.spec);
  const paths = asList(spec.rules).flatMap((rule) => asList(valueAt(rule, ["http", "paths"])));
  const backends = [spec.defaultBackend, spec.backend, ...paths.map((path) => asObject(path).backend)];
  return backends.flatMap((value): Backend[] => {
    const backend = asObject(value);
    const current = asObject(backend.service);
    const service = asText(current.name) ?? asText(backend.serviceName);
    const { number, name } = asObject(current.port);
    const port = asInteger(number) ?? asText(name) ?? asInteger(backend.servicePort) ?? asText(backend.servicePort);
    return service === undefined ? [] : [{ namespace, service, port }];
  });
}

function routeBackends({ namespace, object }: PlacedObject): readonly Backend[] {
  return asList(asObject(object.value.spec).rules).flatMap((rule) =>
    asList(asObject(rule).backendRefs).flatMap((value): Backend[] => {
      const reference = asObject(value);
      const service = asText(reference.name);
      if (service === undefined || (reference.kind ?? "Service") !== "Service") return [];
      return [{ namespace: asText(reference.namespace) ?? namespace, service, port: asInteger(reference.port) }];
    }),
  );
}
