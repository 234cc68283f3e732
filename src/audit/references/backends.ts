import { asInteger, asList, asObject, asText, isJsonObject, valueAt } from "../../estate/kubernetes/json-value.ts";
import type { NamespaceScope } from "../../estate/kubernetes/object-index.ts";
import type { PlacedObject } from "../../estate/model/estate.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";

/** A Service, and a port of it, that a route sends to. */
export interface RouteBackend {
  readonly scope: NamespaceScope;
  readonly service: string;
  /** Number or name; undefined where the route leaves it open. */
  readonly port: number | string | undefined;
  readonly field: FieldPath;
  readonly portField: FieldPath;
}

const gatewayKinds = ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"];

/** Kinds (`Kind.group`) whose objects send traffic to Services by name. */
export const routeKinds: readonly string[] = [
  "Ingress.networking.k8s.io",
  "Ingress.extensions",
  ...gatewayKinds.map((kind) => `${kind}.gateway.networking.k8s.io`),
  "VirtualService.networking.istio.io",
];

/** The Services that a route names, in its order. Backends that are no Services are left out. */
export function backendsOf(placed: PlacedObject): readonly RouteBackend[] {
  if (placed.object.kind === "Ingress") return ingressBackends(placed);
  return placed.object.kind === "VirtualService" ? meshBackends(placed) : gatewayBackends(placed);
}

function ingressBackends(placed: PlacedObject): readonly RouteBackend[] {
  const spec = asObject(placed.object.value.spec);
  const rules = asList(spec.rules).flatMap((rule, position) =>
    asList(valueAt(rule, ["http", "paths"])).flatMap((path, index) =>
      ingressBackend(placed, asObject(path).backend, ["spec", "rules", position, "http", "paths", index, "backend"]),
    ),
  );
  const standard = ["defaultBackend", "backend"].flatMap((name) => ingressBackend(placed, spec[name], ["spec", name]));
  return [...rules, ...standard];
}

function ingressBackend(scope: PlacedObject, backend: unknown, path: FieldPath): readonly RouteBackend[] {
  const { service: named, serviceName, servicePort } = asObject(backend);
  if (isJsonObject(named)) {
    const service = asText(named.name);
    const { number, name } = asObject(named.port);
    if (service === undefined) return [];
    const port = asInteger(number) ?? asText(name);
    return [{ scope, service, port, field: [...path, "service", "name"], portField: [...path, "service", "port"] }];
  }
  const service = asText(serviceName);
  if (service === undefined) return [];
  const port = asInteger(servicePort) ?? asText(servicePort);
  return [{ scope, service, port, field: [...path, "serviceName"], portField: [...path, "servicePort"] }];
}

function gatewayBackends(placed: PlacedObject): readonly RouteBackend[] {
  return asList(asObject(placed.object.value.spec).rules).flatMap((rule, ruleIndex) =>
    asList(asObject(rule).backendRefs).flatMap((value, position): RouteBackend[] => {
      const reference = asObject(value);
      const service = asText(reference.name);
      const isService = (reference.kind ?? "Service") === "Service" && (reference.group ?? "") === "";
      if (service === undefined || !isService) return [];
      const scope = { ...placed, namespace: asText(reference.namespace) ?? placed.namespace };
      const field = ["spec", "rules", ruleIndex, "backendRefs", position];
      return [{ scope, service, port: asInteger(reference.port), field, portField: [...field, "port"] }];
    }),
  );
}

/** A short host is a Service of the same namespace, a full one names its own; other hosts are outside the cluster. */
function meshBackends(placed: PlacedObject): readonly RouteBackend[] {
  const spec = asObject(placed.object.value.spec);
  return ["http", "tls", "tcp"].flatMap((protocol) =>
    asList(spec[protocol]).flatMap((rule, ruleIndex) =>
      asList(asObject(rule).route).flatMap((destination, position): RouteBackend[] => {
        const path = ["spec", protocol, ruleIndex, "route", position, "destination"];
        const host = asText(valueAt(destination, ["destination", "host"]));
        const [service = "", namespace, kind] = (host ?? "").split(".");
        if (service === "" || (namespace !== undefined && kind !== "svc")) return [];
        const scope = { ...placed, namespace: namespace ?? placed.namespace };
        const port = asInteger(valueAt(destination, ["destination", "port", "number"]));
        return [{ scope, service, port, field: [...path, "host"], portField: [...path, "port"] }];
      }),
    ),
  );
}
