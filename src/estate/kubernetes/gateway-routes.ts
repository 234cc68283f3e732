import type { Assumption } from "../assumptions/assumption.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnose } from "../diagnostics/diagnostic-rule.ts";
import { danglingReference } from "../diagnostics/manifest-diagnostics.ts";
import type { PlacedObject } from "../model/estate.ts";
import { type Backend, type ClusterEntry, type EntryReading, entriesByHost } from "./cluster-entry.ts";
import { type Exposure, exposureOf } from "./ingress-exposure.ts";
import { asList, asObject, asText } from "./json-value.ts";
import { type ObjectIndex, objectId } from "./object-index.ts";
import type { ServiceNames } from "./service-names.ts";

const gatewayGroup = "gateway.networking.k8s.io";
const routeKinds = ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"].map(
  (kind) => `${kind}.${gatewayGroup}`,
);

/** A Gateway that a route names as parent; `gateway` is undefined when it is not in the input. */
interface Parent {
  readonly gateway: PlacedObject | undefined;
  readonly sectionName: string | undefined;
}

/** Routes of the Gateway API that are bound to a Gateway. Those whose parent is a Service steer traffic inside the mesh. */
export function readGatewayRoutes(index: ObjectIndex, services: ServiceNames): EntryReading {
  const assumptions = new Map<string, Assumption>();
  const diagnostics: Diagnostic[] = [];
  const entries = index.ofKind(...routeKinds).flatMap((placed): readonly ClusterEntry[] => {
    const parents = parentsOf(placed, index, diagnostics);
    if (parents.length === 0) return [];
    const exposures = parents.map(({ gateway }) => gatewayExposure(gateway ?? placed, index));
    for (const { assumption } of exposures) {
      if (assumption !== undefined) assumptions.set(assumption.subject, assumption);
    }
    const exposure = widest(exposures);
    const backends = backendsOf(placed);
    const hosts = hostnamesOf(placed, parents);
    const byHost = new Map(hosts.length === 0 ? [[undefined, backends]] : hosts.map((host) => [host, backends]));
    return entriesByHost(placed, byHost, { exposure, origin: "gateway" }, services, diagnostics);
  });
  return { entries, assumptions: [...assumptions.values()], diagnostics };
}

function parentsOf(placed: PlacedObject, index: ObjectIndex, diagnostics: Diagnostic[]): readonly Parent[] {
  return asList(asObject(placed.object.value.spec).parentRefs).flatMap((value, position): Parent[] => {
    const reference = asObject(value);
    const name = asText(reference.name);
    const isGateway = (reference.kind ?? "Gateway") === "Gateway" && (reference.group ?? gatewayGroup) === gatewayGroup;
    if (name === undefined || !isGateway) return [];
    const scope = { ...placed, namespace: asText(reference.namespace) ?? placed.namespace };
    const gateway = index.find(scope, `Gateway.${gatewayGroup}`, name);
    if (gateway === undefined) {
      const parameters = { from: objectId(placed), target: `Gateway/${name}`, suggestion: undefined };
      const place = placed.object.locate(["spec", "parentRefs", position]);
      diagnostics.push(diagnose(danglingReference, parameters, { place }));
    }
    return [{ gateway, sectionName: asText(reference.sectionName) }];
  });
}

function gatewayExposure(gateway: PlacedObject, index: ObjectIndex): Exposure {
  return exposureOf(gateway, asText(asObject(gateway.object.value.spec).gatewayClassName), index);
}

function widest(exposures: readonly Exposure[]): Exposure["exposure"] {
  const order = ["public", "internal", "private"] as const;
  return order.find((exposure) => exposures.some((one) => one.exposure === exposure)) ?? "public";
}

function backendsOf(placed: PlacedObject): readonly Backend[] {
  return asList(asObject(placed.object.value.spec).rules).flatMap((rule, ruleIndex) =>
    asList(asObject(rule).backendRefs).flatMap((value, position): Backend[] => {
      const reference = asObject(value);
      const service = asText(reference.name);
      if (service === undefined || (reference.kind ?? "Service") !== "Service" || (reference.group ?? "") !== "")
        return [];
      if (reference.weight === 0) return [];
      const scope = { ...placed, namespace: asText(reference.namespace) ?? placed.namespace };
      return [{ scope, service, path: ["spec", "rules", ruleIndex, "backendRefs", position] }];
    }),
  );
}

/** Host names of the route, else those of the listeners that it is bound to. */
function hostnamesOf(placed: PlacedObject, parents: readonly Parent[]): readonly string[] {
  const own = asList(asObject(placed.object.value.spec).hostnames).filter((host) => typeof host === "string");
  if (own.length > 0) return [...new Set(own)];
  const ofListeners = parents.flatMap(({ gateway, sectionName }) =>
    asList(asObject(gateway?.object.value.spec).listeners).flatMap((value) => {
      const listener = asObject(value);
      const host = asText(listener.hostname);
      return host === undefined || (sectionName !== undefined && listener.name !== sectionName) ? [] : [host];
    }),
  );
  return [...new Set(ofListeners)];
}
