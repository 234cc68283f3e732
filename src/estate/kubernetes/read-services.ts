import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnose } from "../diagnostics/diagnostic-rule.ts";
import { unusedService } from "../diagnostics/manifest-diagnostics.ts";
import type { PlacedObject } from "../model/estate.ts";
import { asInteger, asList, asObject, asStringMap, asText, isJsonObject } from "./json-value.ts";
import type { JsonObject } from "./kubernetes-object.ts";
import { type ObjectIndex, objectId } from "./object-index.ts";
import type { PodGroup, PodIndex } from "./pod-index.ts";
import { selectorOfLabels } from "./selector.ts";
import type { ServiceEndpoint } from "./workload.ts";

/** Makes AKS give a LoadBalancer Service an address of the virtual network instead of a public one. */
const internalAnnotation = "service.beta.kubernetes.io/azure-load-balancer-internal";

/**
 * Every Service with the workloads behind it, sorted by id. The selector is a map of equalities; without one (or with an
 * external name) Kubernetes manages no endpoints, so no workload is behind the Service.
 */
export function readServices(
  index: ObjectIndex,
  pods: PodIndex<PodGroup>,
): { readonly services: readonly ServiceEndpoint[]; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const services = index.ofKind("Service").map((placed) => readService(placed, pods, diagnostics));
  return { services: services.sort((left, right) => (left.id < right.id ? -1 : 1)), diagnostics };
}

function readService(placed: PlacedObject, pods: PodIndex<PodGroup>, diagnostics: Diagnostic[]): ServiceEndpoint {
  const { object } = placed;
  const spec = asObject(object.value.spec);
  const type = typeOf(spec);
  const selector = asStringMap(spec.selector);
  const selects = type !== "ExternalName" && Object.keys(selector).length > 0;
  const workloads = selects ? pods.select(placed, selectorOfLabels(selector)).map(({ id }) => id) : [];
  const id = objectId(placed);
  if (selects && workloads.length === 0) {
    diagnostics.push(diagnose(unusedService, { service: id }, { place: object.locate(["spec", "selector"]) }));
  }
  return {
    id,
    environment: placed.environment,
    cluster: placed.cluster,
    namespace: placed.namespace ?? "",
    name: object.name,
    type,
    headless: spec.clusterIP === "None",
    externalName: type === "ExternalName" ? asText(spec.externalName) : undefined,
    ports: readPorts(spec),
    workloads: workloads.toSorted(),
    internal: type === "LoadBalancer" && isInternal(asObject(object.value.metadata).annotations),
    object,
    place: object.locate([]),
  };
}

/** True when annotations ask AKS for an internal load balancer. */
export function isInternal(annotations: unknown): boolean {
  return asStringMap(annotations)[internalAnnotation]?.toLowerCase() === "true";
}

function typeOf(spec: JsonObject): ServiceEndpoint["type"] {
  switch (spec.type) {
    case "NodePort":
    case "LoadBalancer":
    case "ExternalName":
      return spec.type;
    default:
      return "ClusterIP";
  }
}

function readPorts(spec: JsonObject): ServiceEndpoint["ports"] {
  return asList(spec.ports).flatMap((value) => {
    const port = isJsonObject(value) ? asInteger(value.port) : undefined;
    if (port === undefined || !isJsonObject(value)) return [];
    const name = asText(value.name);
    const targetPort = asInteger(value.targetPort) ?? asText(value.targetPort) ?? port;
    return [{ ...(name === undefined ? {} : { name }), port, targetPort, protocol: asText(value.protocol) ?? "TCP" }];
  });
}
