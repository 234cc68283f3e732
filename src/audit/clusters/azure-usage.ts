import type { DependencyTarget } from "../../estate/dependencies/dependency.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";

/** Host names under which Azure services are reached with tokens of Entra ID. */
const azureHost =
  /\.(windows\.net|azure\.com|azure\.net|azurecr\.io|azconfig\.io|cosmos\.azure\.com|vault\.azure\.net)$/;

/** Services of Azure that workloads of a cluster use, as far as declared or read from their configuration. */
export function azureServicesUsed(
  estate: Estate,
  cluster: Cluster,
): readonly { readonly workload: Workload; readonly service: string }[] {
  const workloads = new Map(
    estate.workloads.filter((workload) => workload.cluster === cluster.name).map((workload) => [workload.id, workload]),
  );
  return estate.dependencies.flatMap(({ from, to }) => {
    const workload = workloads.get(from);
    const service = serviceOf(estate, to);
    return workload === undefined || service === undefined ? [] : [{ workload, service }];
  });
}

function serviceOf({ dataStores }: Estate, target: DependencyTarget): string | undefined {
  if (target.kind === "cloudService") return `CloudService/${target.name}`;
  if (target.kind === "host") return azureHost.test(target.host) ? target.host : undefined;
  if (target.kind !== "dataStore") return undefined;
  // A store that runs as a workload is no service of Azure.
  const store = dataStores.find(({ name }) => name === target.name);
  return store === undefined || store.workload !== undefined ? undefined : `DataStore/${target.name}`;
}
