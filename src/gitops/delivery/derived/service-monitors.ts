import { asObject, asStringMap } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { ServiceEndpoint } from "../../../estate/kubernetes/workload.ts";
import type { Cluster } from "../../../estate/model/cluster.ts";

/**
 * Who collects metrics on a cluster: the Prometheus operator, or Azure Monitor, which brings the same kinds in a group of
 * its own. Undefined where neither is there: the API server would refuse the objects.
 */
export function monitorGroup({ components, monitoring }: Cluster): string | undefined {
  const hasOperator = components.some(
    ({ name, crds }) => /prometheus/.test(name) || crds.some((crd) => crd.endsWith(".monitoring.coreos.com")),
  );
  if (hasOperator) return "monitoring.coreos.com";
  return monitoring.managedPrometheus === true ? "azmonitoring.coreos.com" : undefined;
}

/** A ServiceMonitor for each Service with a port that is named for metrics; nothing says of other ports that they are. */
export function derivedServiceMonitors(services: readonly ServiceEndpoint[], group: string): readonly JsonObject[] {
  return services.flatMap(({ name, namespace, ports, object }) => {
    const labels = asStringMap(asObject(object.value.metadata).labels);
    const scraped = ports.flatMap(({ name: port }) =>
      port !== undefined && /^(.*-)?metrics$/.test(port) ? [port] : [],
    );
    if (scraped.length === 0 || Object.keys(labels).length === 0) return [];
    return [
      {
        apiVersion: `${group}/v1`,
        kind: "ServiceMonitor",
        metadata: { name, namespace },
        spec: { endpoints: scraped.map((port) => ({ port, interval: "30s" })), selector: { matchLabels: labels } },
      },
    ];
  });
}
