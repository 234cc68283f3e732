import type { Assumption } from "../assumptions/assumption.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { PlacedObject } from "../model/estate.ts";
import type { FieldPath } from "../sources/yaml-document.ts";
import { type Backend, type ClusterEntry, type EntryReading, entriesByHost } from "./cluster-entry.ts";
import { exposureOf } from "./ingress-exposure.ts";
import { asList, asObject, asStringMap, asText, valueAt } from "./json-value.ts";
import { entryOf } from "./map-entry.ts";
import type { ObjectIndex } from "./object-index.ts";
import type { ServiceNames } from "./service-names.ts";

/** Ingresses of networking.k8s.io/v1 and of the legacy versions, one entry for each host. */
export function readIngresses(index: ObjectIndex, services: ServiceNames): EntryReading {
  const assumptions: Assumption[] = [];
  const diagnostics: Diagnostic[] = [];
  const entries = index
    .ofKind("Ingress.networking.k8s.io", "Ingress.extensions")
    .flatMap((placed): readonly ClusterEntry[] => {
      const { exposure, assumption } = exposureOf(placed, classOf(placed), index);
      if (assumption !== undefined) assumptions.push(assumption);
      return entriesByHost(placed, backendsByHost(placed), { exposure, origin: "ingress" }, services, diagnostics);
    });
  return { entries, assumptions, diagnostics };
}

function classOf({ object }: PlacedObject): string | undefined {
  const annotations = asStringMap(asObject(object.value.metadata).annotations);
  return asText(asObject(object.value.spec).ingressClassName) ?? annotations["kubernetes.io/ingress.class"];
}

function backendsByHost(placed: PlacedObject): ReadonlyMap<string | undefined, readonly Backend[]> {
  const spec = asObject(placed.object.value.spec);
  const byHost = new Map<string | undefined, Backend[]>();
  const add = (host: string | undefined, backend: unknown, path: FieldPath) => {
    const backends = entryOf(byHost, host, (): Backend[] => []);
    const named = serviceOf(backend);
    if (named !== undefined) backends.push({ scope: placed, service: named.service, path: [...path, ...named.path] });
  };
  asList(spec.rules).forEach((rule, position) => {
    const host = asText(asObject(rule).host);
    asList(valueAt(rule, ["http", "paths"])).forEach((path, index) => {
      add(host, asObject(path).backend, ["spec", "rules", position, "http", "paths", index, "backend"]);
    });
  });
  for (const field of ["defaultBackend", "backend"]) {
    if (spec[field] !== undefined) add(undefined, spec[field], ["spec", field]);
  }
  return byHost;
}

/** A backend names a Service in the form of its version; a backend that is a resource names none. */
function serviceOf(backend: unknown): { readonly service: string; readonly path: FieldPath } | undefined {
  const current = asText(valueAt(backend, ["service", "name"]));
  if (current !== undefined) return { service: current, path: ["service", "name"] };
  const legacy = asText(asObject(backend).serviceName);
  return legacy === undefined ? undefined : { service: legacy, path: ["serviceName"] };
}
