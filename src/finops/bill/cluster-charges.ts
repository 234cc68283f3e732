import { priceServicesOf } from "../../catalog/service-names.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { trafficNotPriced } from "../../estate/assumptions/cost-rules.ts";
import type { ServiceEndpoint } from "../../estate/kubernetes/workload.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { UnpricedItem } from "../cost-report.ts";
import { type Bearer, mergePricings, nothingPriced, type Pricing } from "./charge.ts";
import { priceDefender } from "./defender-charges.ts";
import { hourlyCharge } from "./hourly-charge.ts";
import type { PricedPool } from "./priced-pools.ts";
import type { PricingContext } from "./pricing-context.ts";

/** What a cluster costs besides nodes and disks: tier, load balancers, addresses, NAT gateway, Defender. */
export function priceClusters(context: PricingContext, pools: readonly PricedPool[]): Pricing {
  const services = Map.groupBy(
    context.estate.services.filter(({ type }) => type === "LoadBalancer"),
    ({ cluster }) => cluster,
  );
  const traffic = assume(trafficNotPriced, "Estate", undefined);
  const priced = mergePricings(
    context.estate.clusters.map((cluster) =>
      mergePricings([
        clusterTier(context, cluster),
        loadBalancers(context, cluster, services.get(cluster.name) ?? []),
        wayOut(context, cluster),
        priceDefender(context, cluster, pools),
        usageBilledMonitoring(context, cluster),
      ]),
    ),
  );
  return context.estate.clusters.length === 0 ? priced : { ...priced, assumptions: [...priced.assumptions, traffic] };
}

function clusterTier(context: PricingContext, cluster: Cluster): Pricing {
  if (cluster.tier === "Free") return nothingPriced;
  return hourlyCharge(context, cluster, context.catalog.clusterTierPrice(cluster.tier), {
    id: "clusterTier",
    category: "clusterTier",
    label: `AKS ${cluster.tier} tier of ${cluster.name}`,
    quantity: 1,
    unit: "clusters",
    services: ["aks", "azureKubernetesService"],
  });
}

/**
 * AKS makes one public load balancer (for LoadBalancer Services and, unless declared otherwise, for the way out) and one
 * internal one when a Service asks for it. Each Service port is a rule; the way out is one more.
 */
function loadBalancers(context: PricingContext, cluster: Cluster, services: readonly ServiceEndpoint[]): Pricing {
  const outboundRules = cluster.network.outbound === "loadBalancer" ? 1 : 0;
  const external = services.filter(({ internal }) => !internal);
  const rules = (each: readonly ServiceEndpoint[]) =>
    each.reduce((sum, { ports }) => sum + Math.max(1, ports.length), 0);
  return mergePricings([
    loadBalancer(context, cluster, "public", rules(external) + outboundRules),
    loadBalancer(context, cluster, "internal", rules(services.filter(({ internal }) => internal))),
    ...external.map((service) => publicAddress(context, cluster, service)),
  ]);
}

function loadBalancer(context: PricingContext, cluster: Cluster, name: "public" | "internal", rules: number): Pricing {
  if (rules === 0) return nothingPriced;
  const { catalog } = context;
  const included = catalog.billingTerm("loadBalancer.includedRules");
  const common = { category: "loadBalancer", services: ["loadBalancer"], terms: [included] };
  const base = hourlyCharge(context, cluster, catalog.meterPrice("loadBalancer.base", cluster.region), {
    ...common,
    id: `loadBalancer/${name}`,
    label: `${name === "public" ? "Public" : "Internal"} load balancer of ${cluster.name}, up to ${included.value} rules`,
    quantity: 1,
    unit: "load balancers",
  });
  if (rules <= included.value) return base;
  const more = hourlyCharge(context, cluster, catalog.meterPrice("loadBalancer.additionalRule", cluster.region), {
    ...common,
    id: `loadBalancer/${name}/rules`,
    label: `Rules of the ${name} load balancer of ${cluster.name} beyond ${included.value}`,
    quantity: rules - included.value,
    unit: "rules",
  });
  return mergePricings([base, more]);
}

/** The address of a public LoadBalancer Service belongs to whoever owns the workloads behind it. */
function publicAddress(context: PricingContext, cluster: Cluster, service: ServiceEndpoint): Pricing {
  const owner = context.estate.workloads.find(({ id }) => service.workloads.includes(id));
  const tenant = owner?.tenant ?? namespaceTenant(context, service);
  const bearer: Bearer = {
    part: tenant === "platform" ? "sharedPlatform" : "tenant",
    subject: tenant === "platform" ? cluster.name : tenant,
    tenant,
    application: owner?.application,
    environment: service.environment,
    cluster: cluster.name,
    workload: owner?.id,
    namespace: service.namespace,
  };
  return hourlyCharge(context, cluster, context.catalog.meterPrice("publicIp.standardStatic", cluster.region), {
    id: `publicIp/${service.environment}/${service.namespace}/${service.name}`,
    category: "publicIp",
    label: `Public address of Service ${service.namespace}/${service.name} on ${cluster.name}`,
    quantity: 1,
    unit: "addresses",
    services: ["publicIp", "ipAddresses", "virtualNetwork"],
    bearer,
    environment: service.environment,
  });
}

/** The tenant that owns a namespace, as its workloads or the tenant itself say. */
function namespaceTenant(context: PricingContext, { cluster, namespace }: ServiceEndpoint): string {
  return (
    context.estate.workloads.find((each) => each.cluster === cluster && each.namespace === namespace)?.tenant ??
    context.estate.tenants.find(({ namespaces }) => namespaces.includes(namespace))?.name ??
    "unassigned"
  );
}

function wayOut(context: PricingContext, cluster: Cluster): Pricing {
  const { outbound } = cluster.network;
  const isNatGateway = outbound === "managedNATGateway" || outbound === "userAssignedNATGateway";
  if (!isNatGateway && outbound !== "loadBalancer") return nothingPriced;
  const address = hourlyCharge(
    context,
    cluster,
    context.catalog.meterPrice("publicIp.standardStatic", cluster.region),
    {
      id: "publicIp/outbound",
      category: "publicIp",
      label: `Outbound public address of ${cluster.name}`,
      quantity: 1,
      unit: "addresses",
      services: ["publicIp", "ipAddresses", "virtualNetwork"],
    },
  );
  if (!isNatGateway) return address;
  const gateway = hourlyCharge(context, cluster, context.catalog.meterPrice("natGateway.hour", cluster.region), {
    id: "natGateway",
    category: "natGateway",
    label: `NAT gateway of ${cluster.name}`,
    quantity: 1,
    unit: "gateways",
    services: ["natGateway"],
  });
  return mergePricings([gateway, address]);
}

/** Logs and metrics are billed by volume: their price is that of a declared service, and missing where there is none. */
function usageBilledMonitoring({ estate }: PricingContext, { name, monitoring }: Cluster): Pricing {
  const missing = (isOn: boolean | undefined, id: string, what: string, service: string): UnpricedItem[] => {
    const names = priceServicesOf(service);
    const isPriced = estate.cloudServices.some(
      (each) => each.price !== undefined && priceServicesOf(each.service).some((priced) => names.includes(priced)),
    );
    if (isOn !== true || isPriced) return [];
    const reason = "it is billed by the volume ingested, which is not declared";
    const hint = `declare a CloudService with service: ${service} and its price`;
    return [{ id: `cost/${name}/${id}`, label: `${what} of ${name}`, reason, hint }];
  };
  return {
    ...nothingPriced,
    unpriced: [
      ...missing(monitoring.containerInsights, "containerInsights", "Container insights logs", "logAnalytics"),
      ...missing(monitoring.managedPrometheus, "managedPrometheus", "Managed Prometheus metrics", "azureMonitor"),
    ],
  };
}
