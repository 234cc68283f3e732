import { citation, type SourceTable } from "./catalog-source.ts";
import type { Fact } from "./fact.ts";
import { priceUnit } from "./price-unit.ts";
import { serviceMeters } from "./service-meters.ts";
import table from "./tables/network-meters.json" with { type: "json" };

export const networkMeterSources: SourceTable = table.sources;

type Row = readonly [
  name: string,
  unit: string,
  region: string,
  fromQuantity: number,
  price: number,
  source: string,
  verified: 0 | 1,
  note?: string,
];

const rows = table.rows as unknown as readonly Row[];

/** Meters that the platform price list has by region, under the names used here: service, product, SKU and meter. */
const REGIONAL: { readonly [name: string]: readonly [service: string, product: string, sku: string, meter: string] } = {
  "aks.tier.standard": ["aks", "Azure Kubernetes Service", "Standard", "Standard Uptime SLA"],
  "aks.longTermSupport": ["aks", "Azure Kubernetes Service", "Standard", "Standard Long Term Support"],
  "publicIp.standardStatic": ["virtualNetwork", "IP Addresses", "Standard", "Standard IPv4 Static Public IP"],
  "publicIp.globalStatic": ["virtualNetwork", "IP Addresses", "Global", "Global IPv4 Static Public IP"],
  "publicIp.prefix": ["virtualNetwork", "Public IP Prefix", "Standard", "Standard Static IP Addresses"],
  "natGateway.hour": ["natGateway", "NAT Gateway", "Standard", "Gateway"],
  "natGateway.dataProcessed": ["natGateway", "NAT Gateway", "Standard", "Data processed"],
  "applicationGateway.standardV2.hour": [
    "applicationGateway",
    "Application Gateway Standard v2",
    "Standard",
    "Standard Fixed Cost",
  ],
  "applicationGateway.standardV2.capacityUnit": [
    "applicationGateway",
    "Application Gateway Standard v2",
    "Standard",
    "Standard Capacity Units",
  ],
  "applicationGateway.wafV2.hour": [
    "applicationGateway",
    "Application Gateway WAF v2",
    "Standard",
    "Standard Fixed Cost",
  ],
  "applicationGateway.wafV2.capacityUnit": [
    "applicationGateway",
    "Application Gateway WAF v2",
    "Standard",
    "Standard Capacity Units",
  ],
  "azureFirewall.standard.hour": ["azureFirewall", "Azure Firewall", "Standard", "Standard Deployment"],
  "azureFirewall.standard.dataProcessed": ["azureFirewall", "Azure Firewall", "Standard", "Standard Data Processed"],
  "azureFirewall.premium.hour": ["azureFirewall", "Azure Firewall", "Premium", "Premium Deployment"],
  "peering.inRegion": ["virtualNetwork", "Virtual Network", "Peering in region", "Inbound or outbound"],
  "peering.interRegion.egress": [
    "virtualNetwork",
    "Global Virtual Network Peering",
    "Inter-Region",
    "Inter-Region Egress",
  ],
  "peering.interRegion.ingress": [
    "virtualNetwork",
    "Global Virtual Network Peering",
    "Inter-Region",
    "Inter-Region Ingress",
  ],
  "privateEndpoint.hour": ["privateLink", "Private Link", "Private endpoint", "Endpoint"],
};

/**
 * USD per unit of a meter by name. The region's own price where the price list has it, else the price that holds
 * whatever the region. The first quantity band; `meterBands` has them all.
 */
export function meterPrice(name: string, region: string): Fact<number> | undefined {
  return regionalPrice(name, region) ?? meterBands(name, region)[0]?.price;
}

/** Quantity bands of a meter, in rising order: each price holds from its quantity on. */
export function meterBands(
  name: string,
  region: string,
): readonly { readonly fromQuantity: number; readonly price: Fact<number> }[] {
  return rows
    .filter((row) => row[0] === name && (row[2] === region || row[2] === "*"))
    .map((row) => ({ fromQuantity: row[3], price: factOf(row, region) }));
}

/** Names of every meter that `meterPrice` knows. */
export function meterNames(): readonly string[] {
  return [...new Set([...rows.map((row) => row[0]), ...Object.keys(REGIONAL)])].toSorted();
}

/** USD per hour of the AKS cluster tier; a price that holds in every region. */
export function clusterTierPrice(tier: "Free" | "Standard" | "Premium"): Fact<number> | undefined {
  return meterBands(`aks.tier.${tier.toLowerCase()}`, "*")[0]?.price;
}

function regionalPrice(name: string, region: string): Fact<number> | undefined {
  const selector = REGIONAL[name];
  if (selector === undefined) return undefined;
  const [service, product, sku, meter] = selector;
  return serviceMeters(service, region).find(
    (each) => each.product === product && each.sku === sku && each.meter === meter,
  )?.price;
}

function factOf([name, unit, where, , price, source, verified, note]: Row, region: string): Fact<number> {
  return {
    name: where === "*" ? name : `${name} in ${region}`,
    value: price,
    unit: unit === "ratio" ? "ratio" : priceUnit(unit),
    ...citation(networkMeterSources, source),
    verified: verified === 1,
    ...(note === undefined ? {} : { note }),
  };
}
