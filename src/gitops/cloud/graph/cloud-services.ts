import { serviceNotWritten } from "../../../estate/diagnostics/cloud-target-diagnostics.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import type { CloudService } from "../../../estate/model/service.ts";
import { type CloudContext, sharedPart } from "./cloud-context.ts";
import {
  addApiManagement,
  addContainerApps,
  addFunctions,
  addPublicDns,
  addStaticSite,
  addTrafficManager,
} from "./edge-services.ts";
import { addFrontDoor } from "./front-door.ts";
import type { Part } from "./graph-draft.ts";

type Writer = (context: CloudContext, part: Part, service: CloudService) => void;

const writers: { readonly [service: string]: Writer } = {
  frontDoor: (context, _part, service) => addFrontDoor(context, service),
  dns: (context, _part, service) => addPublicDns(context, service),
  trafficManager: addTrafficManager,
  apiManagement: addApiManagement,
  containerApps: addContainerApps,
  functions: addFunctions,
  staticWebApp: addStaticSite,
};

/** What other parts of the graph write. */
const written = new Set([
  "aks",
  "azureFirewall",
  "azureMonitor",
  "backup",
  "containerInsights",
  "containerRegistry",
  "eventHubs",
  "keyVault",
  "logAnalytics",
  "managedPrometheus",
  "natGateway",
  "privateLink",
  "serviceBus",
  "virtualNetwork",
]);

/** Services that are given to the deployment, since Azure Resource Manager does not make them. */
const given: { readonly [service: string]: string } = {
  entraExternalId: "a directory is made in Entra, and its id is given when deploying",
  entraId: "a directory is made in Entra, and its id is given when deploying",
};

/** Resources of every declared service that no other part writes; what cannot be written is said. */
export function addCloudServices(context: CloudContext): void {
  for (const service of context.estate.cloudServices) {
    if (written.has(service.service)) continue;
    const write = writers[service.service];
    if (write !== undefined) {
      write(context, { ...sharedPart(context), tells: `CloudService/${service.name}` }, service);
      continue;
    }
    const reason = given[service.service] ?? "no writer knows the service";
    const parameters = { name: service.name, service: service.service, reason };
    context.draft.diagnostics.push(diagnose(serviceNotWritten, parameters, { place: service.place }));
  }
}
