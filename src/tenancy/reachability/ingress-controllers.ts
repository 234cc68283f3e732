import type { Cluster } from "../../estate/model/cluster.ts";

/** Names of components that are ingress or gateway controllers. */
const controllerNames = /ingress|gateway|nginx|traefik|contour|haproxy|envoy|istio/i;

/** Namespaces of the ingress controllers that a cluster declares among its components; undefined when it declares none. */
export function controllerNamespaces({ components }: Cluster): readonly string[] | undefined {
  const names = components.filter(({ name }) => controllerNames.test(name)).map(({ namespace }) => namespace);
  return names.length === 0 ? undefined : [...new Set(names)].sort();
}
