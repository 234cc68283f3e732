import type { CloudService } from "../../../estate/model/service.ts";
import { azureName } from "./azure-names.ts";
import { type CloudContext, sharedPart } from "./cloud-context.ts";
import type { Part } from "./graph-draft.ts";

/** Public zones: the registrable part of every public host name of the estate. */
export function addPublicDns(context: CloudContext, service: CloudService): void {
  const part = { ...sharedPart(context, "public-dns"), tells: `CloudService/${service.name}` };
  const zones = new Set(
    context.estate.entryPoints.flatMap(({ hostname, exposure }) =>
      hostname === undefined || exposure !== "public" ? [] : [zoneOf(hostname)],
    ),
  );
  for (const name of [...zones].toSorted()) {
    context.draft.add(part, {
      type: "Microsoft.Network/dnsZones",
      name,
      location: "global",
      properties: { zoneType: "Public" },
    });
  }
}

/** `shop.nordwind.example` is in `nordwind.example`. */
function zoneOf(hostname: string): string {
  return hostname.replace(/^\*\./, "").split(".").slice(-2).join(".");
}

/** Traffic Manager before the clusters that are led through it. */
export function addTrafficManager({ draft, estate, shared }: CloudContext, part: Part, service: CloudService): void {
  draft.add(part, {
    type: "Microsoft.Network/trafficManagerProfiles",
    name: azureName("trafficManager", [estate.name, service.name], estate.name),
    location: "global",
    properties: {
      profileStatus: "Enabled",
      trafficRoutingMethod: estate.applications.some(({ regions }) => regions.mode === "activeActive")
        ? "Performance"
        : "Priority",
      dnsConfig: { relativeName: azureName("trafficManager", [estate.name, shared.region], estate.name), ttl: 30 },
      monitorConfig: {
        protocol: "HTTPS",
        port: 443,
        path: "/",
        intervalInSeconds: 10,
        timeoutInSeconds: 5,
        toleratedNumberOfFailures: 3,
      },
    },
  });
}

/** Tiers of API Management with their units, such as `Premium 2`. */
function apiManagementSku(tier: string | undefined, quantity: number) {
  const tiers = ["Developer", "Basic", "Standard", "Premium", "BasicV2", "StandardV2", "PremiumV2", "Consumption"];
  const name =
    tiers.find((known) => known.toLowerCase() === (tier ?? "").toLowerCase().split(/[ _]/)[0]) ?? "Developer";
  return { name, capacity: name === "Consumption" ? 0 : Math.max(1, Math.round(quantity)) };
}

/** The gateway, a product for each audience, and an API for each host name that is led through it. */
export function addApiManagement(context: CloudContext, part: Part, service: CloudService): void {
  const { draft, estate, shared } = context;
  const region = service.regions === "global" ? shared.region : (service.regions[0] ?? shared.region);
  const gateway = draft.add(part, {
    type: "Microsoft.ApiManagement/service",
    name: azureName("apiManagement", [estate.name, service.name], estate.name),
    location: region,
    sku: apiManagementSku(service.tier, service.quantity),
    identity: { type: "SystemAssigned" },
    properties: {
      publisherName: { $parameter: "publisherName", secure: false },
      publisherEmail: { $parameter: "publisherEmail", secure: false },
    },
  });
  const led = estate.entryPoints.filter(
    ({ hostname, through }) => hostname !== undefined && through.includes(service.name),
  );
  const audiences = [...new Set(led.map(({ exposure }) => exposure))].toSorted();
  for (const audience of audiences) {
    const product = draft.add(part, {
      type: "Microsoft.ApiManagement/service/products",
      name: audience,
      parent: gateway,
      properties: {
        displayName: `${audience.slice(0, 1).toUpperCase()}${audience.slice(1)} consumers`,
        subscriptionRequired: audience !== "internal",
        approvalRequired: audience === "public",
        state: "published",
      },
    });
    draft.add(part, {
      type: "Microsoft.ApiManagement/service/products/policies",
      name: "policy",
      parent: product,
      properties: { format: "rawxml", value: audiencePolicy(audience) },
    });
    const apis = new Map(
      led.filter(({ exposure }) => exposure === audience).map((entry) => [entry.hostname ?? "", entry.name]),
    );
    for (const [hostname, name] of [...apis].toSorted(([left], [right]) => (left < right ? -1 : 1))) {
      const api = draft.add(part, {
        type: "Microsoft.ApiManagement/service/apis",
        name,
        parent: gateway,
        properties: {
          displayName: name,
          path: name,
          protocols: ["https"],
          serviceUrl: `https://${hostname}`,
          subscriptionRequired: audience !== "internal",
          apiRevision: "1",
        },
      });
      draft.add(part, {
        type: "Microsoft.ApiManagement/service/products/apis",
        name,
        parent: product,
        after: [api],
      });
    }
  }
}

/** Who is unknown is limited harder, and everyone's token is checked at the gateway. */
function audiencePolicy(audience: string): string {
  const calls = audience === "public" ? 60 : 600;
  return [
    "<policies>",
    "  <inbound>",
    "    <base />",
    `    <rate-limit calls="${calls}" renewal-period="60" />`,
    "  </inbound>",
    "  <backend><base /></backend>",
    "  <outbound><base /></outbound>",
    "  <on-error><base /></on-error>",
    "</policies>",
  ].join("\n");
}

/** An environment of Container Apps: what runs in it is delivered apart from it. */
export function addContainerApps({ draft, estate, shared }: CloudContext, part: Part, service: CloudService): void {
  for (const region of service.regions === "global" ? [shared.region] : service.regions) {
    draft.add(part, {
      type: "Microsoft.App/managedEnvironments",
      name: azureName("appEnvironment", [service.name, region], estate.name),
      location: region,
      properties: {
        zoneRedundant: service.zoneRedundant,
        workloadProfiles: [{ name: "Consumption", workloadProfileType: "Consumption" }],
      },
    });
  }
}

/** A function app on its own plan and storage, without code. */
export function addFunctions({ draft, estate, shared }: CloudContext, part: Part, service: CloudService): void {
  const region = service.regions === "global" ? shared.region : (service.regions[0] ?? shared.region);
  const storage = draft.add(part, {
    type: "Microsoft.Storage/storageAccounts",
    name: azureName("storage", ["fn", service.name], estate.name),
    location: region,
    kind: "StorageV2",
    sku: { name: service.zoneRedundant === true ? "Standard_ZRS" : "Standard_LRS" },
    properties: { allowBlobPublicAccess: false, minimumTlsVersion: "TLS1_2", supportsHttpsTrafficOnly: true },
  });
  const plan = draft.add(part, {
    type: "Microsoft.Web/serverfarms",
    name: azureName("servicePlan", [service.name], estate.name),
    location: region,
    kind: "elastic",
    sku: { name: service.tier ?? "EP1", tier: "ElasticPremium" },
    properties: { reserved: true, maximumElasticWorkerCount: 20, zoneRedundant: service.zoneRedundant },
  });
  const site = draft.add(part, {
    type: "Microsoft.Web/sites",
    name: azureName("function", [service.name], estate.name),
    location: region,
    kind: "functionapp,linux",
    identity: { type: "SystemAssigned" },
    properties: {
      serverFarmId: plan.id,
      httpsOnly: true,
      siteConfig: {
        minTlsVersion: "1.2",
        ftpsState: "Disabled",
        appSettings: [
          { name: "AzureWebJobsStorage__accountName", value: { $ref: storage.key, output: "name" } },
          { name: "FUNCTIONS_EXTENSION_VERSION", value: "~4" },
        ],
      },
    },
  });
  draft.grant(part, storage, "Storage Blob Data Contributor", site, "identity.principalId");
}

/** Static content by itself. */
export function addStaticSite({ draft, estate, shared }: CloudContext, part: Part, service: CloudService): void {
  draft.add(part, {
    type: "Microsoft.Web/staticSites",
    name: azureName("staticSite", [estate.name, service.name], estate.name),
    location: service.regions === "global" ? shared.region : (service.regions[0] ?? shared.region),
    sku: { name: service.tier ?? "Standard", tier: service.tier ?? "Standard" },
    properties: { stagingEnvironmentPolicy: "Disabled" },
  });
}
