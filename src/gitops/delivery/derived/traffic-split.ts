import { asList, asObject, asText, valueAt } from "../../../estate/kubernetes/json-value.ts";
import type { ServiceEndpoint, Workload } from "../../../estate/kubernetes/workload.ts";
import type { PlacedObject } from "../../../estate/model/estate.ts";

/** The one Service of one port before a workload, or why there is none. */
export type SoleService =
  | { readonly kind: "service"; readonly service: ServiceEndpoint; readonly port: ServiceEndpoint["ports"][number] }
  | { readonly kind: "refused"; readonly reason: string };

export function soleService(workload: Workload, services: readonly ServiceEndpoint[]): SoleService {
  const [service, another] = services.filter((each) => each.workloads.includes(workload.id));
  if (service === undefined) return { kind: "refused", reason: "no Service leads to it" };
  if (another !== undefined) {
    return { kind: "refused", reason: `the Services ${service.name} and ${another.name} both lead to it` };
  }
  const [port, secondPort] = service.ports;
  if (port === undefined || secondPort !== undefined || service.headless || service.type !== "ClusterIP") {
    return { kind: "refused", reason: `Service ${service.name} is not a ClusterIP with one port` };
  }
  return { kind: "service", service, port };
}

/** The Ingress of nginx that routes to a Service. */
export function nginxIngress(service: ServiceEndpoint, objects: readonly PlacedObject[]): string | undefined {
  const found = objects.find(({ object, namespace }) => {
    if (object.kind !== "Ingress" || namespace !== service.namespace) return false;
    const spec = asObject(object.value.spec);
    const className =
      asText(spec.ingressClassName) ??
      asText(valueAt(object.value, ["metadata", "annotations", "kubernetes.io/ingress.class"]));
    const paths = asList(spec.rules).flatMap((rule) => asList(valueAt(rule, ["http", "paths"])));
    const isRouted = paths.some((path) => valueAt(path, ["backend", "service", "name"]) === service.name);
    return isRouted && className?.includes("nginx") === true;
  });
  return found?.object.name;
}
