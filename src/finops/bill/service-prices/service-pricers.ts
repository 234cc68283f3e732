import { cosmosDb } from "./cosmos-db.ts";
import { azureSql, flexibleServers } from "./databases.ts";
import { eventHubs, serviceBus } from "./messaging.ts";
import { applicationGateway, azureFirewall, dns, frontDoor, natGateway, vpnGateway } from "./network-services.ts";
import { apiManagement, appService, billedByUse, containerRegistry } from "./platform-services.ts";
import { redis } from "./redis.ts";
import type { ServicePricer } from "./service-price.ts";
import { storageBlob, storageFiles } from "./storage.ts";

/** Every service that can be priced from its configuration, in no particular order. */
const servicePricers: readonly ServicePricer[] = [
  apiManagement,
  appService,
  applicationGateway,
  azureFirewall,
  azureSql,
  billedByUse,
  containerRegistry,
  cosmosDb,
  dns,
  eventHubs,
  flexibleServers,
  frontDoor,
  natGateway,
  redis,
  serviceBus,
  storageBlob,
  storageFiles,
  vpnGateway,
];

const byService = new Map(
  servicePricers.flatMap((pricer) => pricer.services.map((service) => [keyOf(service), pricer] as const)),
);

/** The pricer of a service by one of its names; undefined when none knows it. */
export function pricerOf(service: string): ServicePricer | undefined {
  return byService.get(keyOf(service));
}

function keyOf(service: string): string {
  return service.toLowerCase().replace(/[^a-z0-9]/g, "");
}
