import type { Assumption } from "../assumptions/assumption.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { EntryPoint } from "../model/application.ts";
import type { ClusterEntry, EntryReading } from "./cluster-entry.ts";
import { readGatewayRoutes } from "./gateway-routes.ts";
import { readIngresses } from "./ingresses.ts";
import { readVirtualServices } from "./istio-routes.ts";
import { asObject, asStringMap } from "./json-value.ts";
import { entryOf } from "./map-entry.ts";
import type { ObjectIndex } from "./object-index.ts";
import { indexServiceNames } from "./service-names.ts";
import type { ServiceEndpoint } from "./workload.ts";

/**
 * Every way in that the manifests state: Ingresses, Gateway API and Istio routes bound to a gateway, and LoadBalancer
 * Services. The same one on several clusters of an environment is one entry point. Sorted by environment, then name.
 */
export function readEntryPoints(
  index: ObjectIndex,
  services: readonly ServiceEndpoint[],
): {
  readonly entryPoints: readonly EntryPoint[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const names = indexServiceNames(services);
  const readings = [
    readLoadBalancers(services),
    readIngresses(index, names),
    readGatewayRoutes(index, names),
    readVirtualServices(index, names),
  ];
  return {
    entryPoints: mergeClusters(readings.flatMap(({ entries }) => entries)),
    assumptions: readings.flatMap(({ assumptions }) => assumptions),
    diagnostics: readings.flatMap(({ diagnostics }) => diagnostics),
  };
}

function readLoadBalancers(services: readonly ServiceEndpoint[]): EntryReading {
  const entries = services
    .filter(({ type }) => type === "LoadBalancer")
    .map(
      (service): ClusterEntry => ({
        environment: service.environment,
        namespace: service.namespace,
        name: service.name,
        hostname: externalDnsName(service),
        exposure: service.internal ? "internal" : "public",
        origin: "loadBalancer",
        workloads: service.workloads,
        place: service.place,
      }),
    );
  return { entries, assumptions: [], diagnostics: [] };
}

/** The name that external-dns publishes for a Service; the first where there are several. */
function externalDnsName({ object }: ServiceEndpoint): string | undefined {
  const annotations = asStringMap(asObject(object.value.metadata).annotations);
  const [name] = (annotations["external-dns.alpha.kubernetes.io/hostname"] ?? "").split(",");
  return name?.trim() || undefined;
}

function mergeClusters(entries: readonly ClusterEntry[]): readonly EntryPoint[] {
  const merged = new Map<string, ClusterEntry[]>();
  for (const entry of entries) {
    const key = [entry.environment, entry.name, entry.namespace, entry.origin, entry.hostname ?? ""].join("\n");
    entryOf(merged, key, (): ClusterEntry[] => []).push(entry);
  }
  const nameCounts = new Map<string, number>();
  for (const [entry] of merged.values()) {
    const key = `${entry?.environment}\n${entry?.name}`;
    nameCounts.set(key, (nameCounts.get(key) ?? 0) + 1);
  }
  return [...merged]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([, group]) => {
      const [first] = group;
      if (first === undefined) return [];
      const unique = nameCounts.get(`${first.environment}\n${first.name}`) === 1;
      return [toEntryPoint(first, unique ? first.name : `${first.namespace}.${first.name}.${first.origin}`, group)];
    });
}

function toEntryPoint(first: ClusterEntry, name: string, group: readonly ClusterEntry[]): EntryPoint {
  return {
    name,
    workloads: [...new Set(group.flatMap(({ workloads }) => workloads))].sort(),
    environment: first.environment,
    hostname: first.hostname,
    exposure: group.some(({ exposure }) => exposure === "public") ? "public" : first.exposure,
    through: [],
    origin: first.origin,
    place: first.place,
  };
}
