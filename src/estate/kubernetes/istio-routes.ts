import type { Assumption } from "../assumptions/assumption.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { PlacedObject } from "../model/estate.ts";
import { type Backend, type ClusterEntry, type EntryReading, entriesByHost } from "./cluster-entry.ts";
import { exposureOf } from "./ingress-exposure.ts";
import { asList, asObject, asStringMap, asText, valueAt } from "./json-value.ts";
import type { ObjectIndex } from "./object-index.ts";
import type { ServiceNames } from "./service-names.ts";

/** VirtualServices that are bound to a gateway; those of the mesh alone are no way in. */
export function readVirtualServices(index: ObjectIndex, services: ServiceNames): EntryReading {
  const assumptions = new Map<string, Assumption>();
  const diagnostics: Diagnostic[] = [];
  const entries = index.ofKind("VirtualService.networking.istio.io").flatMap((placed): readonly ClusterEntry[] => {
    const gateways = asList(asObject(placed.object.value.spec).gateways).filter(
      (name) => typeof name === "string" && name !== "mesh",
    );
    const [gateway] = gateways;
    if (typeof gateway !== "string") return [];
    const { exposure, assumption } = exposureOf(placed, gatewayWorkload(placed, gateway, index), index);
    if (assumption !== undefined) assumptions.set(assumption.subject, assumption);
    const hosts = asList(asObject(placed.object.value.spec).hosts).filter(
      (host) => typeof host === "string" && host !== "*",
    );
    const backends = backendsOf(placed);
    const byHost = new Map<string | undefined, readonly Backend[]>(
      hosts.length === 0 ? [[undefined, backends]] : hosts.map((host) => [String(host), backends]),
    );
    return entriesByHost(placed, byHost, { exposure, origin: "gateway" }, services, diagnostics);
  });
  return { entries, assumptions: [...assumptions.values()], diagnostics };
}

/** The `istio` label of the ingress gateway that a Gateway selects, such as `aks-istio-ingressgateway-internal`. */
function gatewayWorkload(placed: PlacedObject, reference: string, index: ObjectIndex): string {
  const [first = "", second] = reference.split("/");
  const scope = second === undefined ? placed : { ...placed, namespace: first };
  const gateway = index.find(scope, "Gateway.networking.istio.io", second ?? first);
  return asStringMap(asObject(gateway?.object.value.spec).selector).istio ?? reference;
}

function backendsOf(placed: PlacedObject): readonly Backend[] {
  const spec = asObject(placed.object.value.spec);
  return ["http", "tls", "tcp"].flatMap((protocol) =>
    asList(spec[protocol]).flatMap((rule, ruleIndex) =>
      asList(asObject(rule).route).flatMap((destination, position): Backend[] => {
        const host = asText(valueAt(destination, ["destination", "host"]));
        const backend = host === undefined ? undefined : serviceOf(host, placed);
        const path = ["spec", protocol, ruleIndex, "route", position, "destination", "host"];
        return backend === undefined ? [] : [{ ...backend, path }];
      }),
    ),
  );
}

/** A short host is a Service of the same namespace; of longer ones only those of the cluster's own domain are Services. */
function serviceOf(host: string, placed: PlacedObject): Omit<Backend, "path"> | undefined {
  const [service = "", namespace, kind] = host.split(".");
  if (namespace === undefined) return { scope: placed, service };
  return kind === "svc" ? { scope: { ...placed, namespace }, service } : undefined;
}
