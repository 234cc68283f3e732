import type { Cluster } from "../../../estate/model/cluster.ts";
import { azureName } from "./azure-names.ts";
import type { CloudContext } from "./cloud-context.ts";
import { takesPrivateEndpoints } from "./stores/messaging-tier.ts";

/** A namespace of messaging that is reached by its public name, with the ports that its protocols use beyond HTTPS. */
export interface PublicNamespace {
  readonly host: string;
  readonly ports: readonly string[];
}

/** AMQP over TLS, and AMQP that turns to TLS. */
const amqp = ["5671", "5672"];
const kafka = "9093";

/** Namespaces without a private endpoint that workloads on some clusters call. */
export function publicNamespaces({ estate }: CloudContext, clusters: readonly Cluster[]): readonly PublicNamespace[] {
  const names = new Set(clusters.map(({ name }) => name));
  const here = estate.workloads.filter(({ cluster }) => names.has(cluster));
  const callers = new Set(here.map(({ id }) => id));
  const applications = new Set(here.map(({ application }) => application));
  const isCalled = (kind: "cloudService" | "dataStore", name: string): boolean =>
    estate.dependencies.some(({ from, to }) => callers.has(from) && to.kind === kind && to.name === name);
  const stores = estate.dataStores
    .filter(({ name, application }) => applications.has(application) || isCalled("dataStore", name))
    .filter(({ service, sku }) => isMessaging(service) && !takesPrivateEndpoints(service, sku));
  const services = estate.cloudServices.filter(
    ({ name, service }) => isMessaging(service) && isCalled("cloudService", name),
  );
  return [...stores, ...services]
    .map(({ name, service }) => ({
      host: `${azureName(service, [name], estate.name)}.servicebus.windows.net`,
      ports: service === "eventHubs" ? [...amqp, kafka] : amqp,
    }))
    .toSorted((left, right) => (left.host < right.host ? -1 : 1));
}

function isMessaging(service: string): service is "serviceBus" | "eventHubs" {
  return service === "serviceBus" || service === "eventHubs";
}
