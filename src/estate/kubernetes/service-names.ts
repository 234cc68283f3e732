import { nearestName } from "../diagnostics/nearest-name.ts";
import { entryOf } from "./map-entry.ts";
import { type NamespaceScope, scopeKey } from "./object-index.ts";
import type { ServiceEndpoint } from "./workload.ts";

/** In a namespace with more Services than this no similar name is searched: it would cost more than it helps. */
const mostCandidates = 2000;

/** Services by scope and name. */
export interface ServiceNames {
  find(scope: NamespaceScope, name: string): ServiceEndpoint | undefined;
  /** The Service of the scope that was probably meant by a name that no Service has. */
  near(scope: NamespaceScope, name: string): string | undefined;
}

export function indexServiceNames(services: readonly ServiceEndpoint[]): ServiceNames {
  const scopes = new Map<string, Map<string, ServiceEndpoint>>();
  for (const service of services) {
    entryOf(scopes, scopeKey(service), () => new Map<string, ServiceEndpoint>()).set(service.name, service);
  }
  return {
    find: (scope, name) => scopes.get(scopeKey(scope))?.get(name),
    near: (scope, name) => {
      const names = scopes.get(scopeKey(scope));
      return names === undefined || names.size > mostCandidates ? undefined : nearestName(name, names.keys());
    },
  };
}
