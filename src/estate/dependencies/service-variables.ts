import { entryOf } from "../kubernetes/map-entry.ts";
import { type NamespaceScope, scopeKey } from "../kubernetes/object-index.ts";
import type { ServiceEndpoint, Workload } from "../kubernetes/workload.ts";
import type { ServiceVariables } from "./container-environment.ts";

/**
 * The variables that the kubelet gives each container for every Service of its namespace, such as `ORDERS_SERVICE_HOST`;
 * here the host is the Service's name instead of its address. Headless and external Services have none.
 */
export function indexServiceVariables(services: readonly ServiceEndpoint[]): (workload: Workload) => ServiceVariables {
  const scopes = new Map<string, Map<string, ServiceEndpoint>>();
  for (const service of services) {
    if (service.headless || service.type === "ExternalName") continue;
    const prefix = service.name.toUpperCase().replaceAll("-", "_");
    entryOf(scopes, scopeKey(service), () => new Map<string, ServiceEndpoint>()).set(prefix, service);
  }
  return (workload) => {
    if (workload.podSpec.enableServiceLinks === false) return () => undefined;
    const byPrefix = scopes.get(scopeKey(workload satisfies NamespaceScope));
    return (name) => {
      const [, prefix, field] = /^(.+)_SERVICE_(HOST|PORT)$/.exec(name) ?? [];
      const service = byPrefix?.get(prefix ?? "");
      if (service === undefined) return undefined;
      return field === "HOST" ? service.name : service.ports[0]?.port.toString();
    };
  };
}
