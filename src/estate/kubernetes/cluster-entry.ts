import type { Assumption } from "../assumptions/assumption.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnose } from "../diagnostics/diagnostic-rule.ts";
import { danglingReference } from "../diagnostics/manifest-diagnostics.ts";
import type { EntryPoint } from "../model/application.ts";
import type { PlacedObject } from "../model/estate.ts";
import type { Place } from "../sources/place.ts";
import type { FieldPath } from "../sources/yaml-document.ts";
import { type NamespaceScope, objectId } from "./object-index.ts";
import type { ServiceNames } from "./service-names.ts";

/** One way in on one cluster, before the same ways in of several clusters are put together. */
export interface ClusterEntry {
  readonly environment: string;
  readonly namespace: string;
  readonly name: string;
  readonly hostname: string | undefined;
  readonly exposure: EntryPoint["exposure"];
  readonly origin: "loadBalancer" | "ingress" | "gateway";
  readonly workloads: readonly string[];
  readonly place: Place;
}

/** What reading one sort of way in gave. */
export interface EntryReading {
  readonly entries: readonly ClusterEntry[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A Service that a route sends to, and where it says so. */
export interface Backend {
  readonly scope: NamespaceScope;
  readonly service: string;
  readonly path: FieldPath;
}

/** The workloads behind backends; a backend whose Service is missing is reported. */
function workloadsBehind(
  placed: PlacedObject,
  backends: readonly Backend[],
  services: ServiceNames,
  diagnostics: Diagnostic[],
): readonly string[] {
  const workloads = backends.flatMap(({ scope, service, path }) => {
    const found = services.find(scope, service);
    if (found !== undefined) return found.workloads;
    const parameters = {
      from: objectId(placed),
      target: `Service/${service}`,
      suggestion: services.near(scope, service),
    };
    diagnostics.push(diagnose(danglingReference, parameters, { place: placed.object.locate(path) }));
    return [];
  });
  return [...new Set(workloads)];
}

/** One entry for each host name; with several, the name carries the host. */
export function entriesByHost(
  placed: PlacedObject,
  backends: ReadonlyMap<string | undefined, readonly Backend[]>,
  properties: Pick<ClusterEntry, "exposure" | "origin">,
  services: ServiceNames,
  diagnostics: Diagnostic[],
): readonly ClusterEntry[] {
  const { environment, namespace = "", object } = placed;
  return [...backends].map(([hostname, ofHost]) => ({
    environment,
    namespace,
    name: backends.size === 1 ? object.name : `${object.name}:${hostname ?? "*"}`,
    hostname,
    ...properties,
    workloads: workloadsBehind(placed, ofHost, services, diagnostics),
    place: object.locate([]),
  }));
}
