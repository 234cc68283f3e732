import { assume } from "../../../estate/assumptions/assumption-rule.ts";
import { retentionTime } from "../../../estate/assumptions/cloud-target-rules.ts";
import type { CloudService } from "../../../estate/model/service.ts";
import { azureName } from "./azure-names.ts";
import { type CloudContext, sharedPart } from "./cloud-context.ts";
import type { Part, Placed } from "./graph-draft.ts";

/** What serves every cluster. */
export interface SharedResources {
  readonly part: Part;
  readonly logs: Placed | undefined;
  readonly metrics: Placed | undefined;
  readonly registry: Placed | undefined;
}

const logDays = 30;

/** Workspaces and the registry: declared, or needed by what the clusters declare. */
export function addShared(context: CloudContext): SharedResources {
  const part = sharedPart(context);
  const needsLogs = context.clusters.some(
    ({ monitoring }) =>
      monitoring.containerInsights === true ||
      monitoring.defender === true ||
      (monitoring.controlPlaneLogs ?? []).length > 0,
  );
  const needsMetrics = context.clusters.some(({ monitoring }) => monitoring.managedPrometheus === true);
  return {
    part,
    logs: needsLogs || serviceOf(context, "logAnalytics") !== undefined ? addLogs(context, part) : undefined,
    metrics:
      needsMetrics || serviceOf(context, "azureMonitor") !== undefined ? addMetricsWorkspace(context, part) : undefined,
    registry: addRegistry(context, part, serviceOf(context, "containerRegistry")),
  };
}

function serviceOf({ estate }: CloudContext, name: string): CloudService | undefined {
  return estate.cloudServices.find(({ service }) => service === name);
}

function addLogs({ draft, estate, shared }: CloudContext, part: Part): Placed {
  draft.assumptions.push(
    assume(retentionTime, "logAnalytics", { what: "the log workspace", days: logDays }, estate.place),
  );
  return draft.add(part, {
    type: "Microsoft.OperationalInsights/workspaces",
    name: azureName("logs", [estate.name], estate.name),
    location: shared.region,
    properties: { sku: { name: "PerGB2018" }, retentionInDays: logDays, features: { disableLocalAuth: true } },
  });
}

function addMetricsWorkspace({ draft, estate, shared }: CloudContext, part: Part): Placed {
  return draft.add(part, {
    type: "Microsoft.Monitor/accounts",
    name: azureName("metrics", [estate.name], estate.name),
    location: shared.region,
    properties: { publicNetworkAccess: "Enabled" },
  });
}

/** Premium where the estate has several regions: only it can be replicated to all of them. */
function addRegistry(context: CloudContext, part: Part, service: CloudService | undefined): Placed {
  const { draft, estate, shared } = context;
  const regions = registryRegions(context, service);
  const [home = shared.region, ...others] = regions.toSorted(
    (left, right) => Number(right === shared.region) - Number(left === shared.region) || (left < right ? -1 : 1),
  );
  const tier = registryTier(service);
  const isClosed = tier === "Premium" && context.clusters.every(({ network }) => network.privateApiServer === true);
  const isZonal = (region: string) => (estate.regions.find(({ name }) => name === region)?.zones.length ?? 0) > 1;
  const registry = draft.add(part, {
    type: "Microsoft.ContainerRegistry/registries",
    name: azureName("registry", [estate.name], estate.name),
    location: home,
    sku: { name: tier },
    tells: service === undefined ? "Estate" : `CloudService/${service.name}`,
    properties: {
      adminUserEnabled: false,
      publicNetworkAccess: isClosed ? "Disabled" : "Enabled",
      ...(tier === "Premium"
        ? {
            // Layers come from names of its own, which a firewall can tell from those of all storage accounts.
            dataEndpointEnabled: true,
            zoneRedundancy: isZonal(home) && service?.zoneRedundant !== false ? "Enabled" : "Disabled",
          }
        : {}),
    },
  });
  if (tier !== "Premium") return registry;
  for (const region of others) {
    draft.add(part, {
      type: "Microsoft.ContainerRegistry/registries/replications",
      name: region,
      parent: registry,
      location: region,
      properties: { zoneRedundancy: isZonal(region) ? "Enabled" : "Disabled", regionEndpointEnabled: true },
    });
  }
  return registry;
}

function registryRegions({ clusters, shared }: CloudContext, service: CloudService | undefined): readonly string[] {
  if (service !== undefined && service.regions !== "global" && service.regions.length > 0) return service.regions;
  return [...new Set([shared.region, ...clusters.map(({ region }) => region)])];
}

function registryTier(service: CloudService | undefined): string {
  return service?.tier ?? "Premium";
}

/** Names that images of the estate are pulled from; registries below Premium keep layers in accounts nobody knows. */
export function registryHosts(context: CloudContext): readonly string[] {
  const service = serviceOf(context, "containerRegistry");
  const name = azureName("registry", [context.estate.name], context.estate.name);
  const data =
    registryTier(service) === "Premium"
      ? registryRegions(context, service).map((region) => `${name}.${region}.data.azurecr.io`)
      : ["*.blob.core.windows.net"];
  return [`${name}.azurecr.io`, ...data];
}
