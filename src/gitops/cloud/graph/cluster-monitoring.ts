import { azureName } from "./azure-names.ts";
import type { CloudContext } from "./cloud-context.ts";
import type { PlacedCluster } from "./placed-cluster.ts";
import type { SharedResources } from "./shared-resources.ts";

/** Categories of the control plane that are worth their price, where the estate names none. */
const usualLogs = ["kube-audit-admin", "guard", "cluster-autoscaler"];

/** Metrics for managed Prometheus, container logs, and the control plane's own logs. */
export function addClusterMonitoring(context: CloudContext, placed: PlacedCluster, shared: SharedResources): void {
  const { cluster } = placed;
  if (cluster.monitoring.managedPrometheus === true) addMetrics(context, placed, shared);
  if (cluster.monitoring.containerInsights === true) addContainerLogs(context, placed, shared);
  const categories =
    cluster.monitoring.controlPlaneLogs ?? (cluster.monitoring.containerInsights === true ? usualLogs : []);
  if (shared.logs === undefined || categories.length === 0) return;
  context.draft.add(placed.part, {
    type: "Microsoft.Insights/diagnosticSettings",
    name: "control-plane",
    parent: placed.resource,
    properties: {
      workspaceId: shared.logs.id,
      logAnalyticsDestinationType: "Dedicated",
      logs: categories.toSorted().map((category) => ({ category, enabled: true })),
    },
  });
}

function addMetrics(
  { draft, estate }: CloudContext,
  { cluster, part, resource }: PlacedCluster,
  shared: SharedResources,
): void {
  if (shared.metrics === undefined) return;
  const endpoint = draft.add(part, {
    type: "Microsoft.Insights/dataCollectionEndpoints",
    name: azureName("collectionEndpoint", [cluster.name], estate.name),
    location: cluster.region,
    kind: "Linux",
    properties: { networkAcls: { publicNetworkAccess: "Enabled" } },
  });
  const rule = draft.add(part, {
    type: "Microsoft.Insights/dataCollectionRules",
    name: azureName("collectionRule", [cluster.name, "metrics"], estate.name),
    location: cluster.region,
    kind: "Linux",
    properties: {
      dataCollectionEndpointId: endpoint.id,
      dataSources: { prometheusForwarder: [{ name: "prometheus", streams: ["Microsoft-PrometheusMetrics"] }] },
      destinations: { monitoringAccounts: [{ name: "workspace", accountResourceId: shared.metrics.id }] },
      dataFlows: [{ streams: ["Microsoft-PrometheusMetrics"], destinations: ["workspace"] }],
    },
  });
  draft.add(part, {
    type: "Microsoft.Insights/dataCollectionRuleAssociations",
    name: "prometheus",
    parent: resource,
    properties: { dataCollectionRuleId: rule.id },
  });
}

function addContainerLogs(
  { draft, estate }: CloudContext,
  { cluster, part, resource }: PlacedCluster,
  shared: SharedResources,
): void {
  if (shared.logs === undefined) return;
  const rule = draft.add(part, {
    type: "Microsoft.Insights/dataCollectionRules",
    name: azureName("collectionRule", [cluster.name, "logs"], estate.name),
    location: cluster.region,
    kind: "Linux",
    properties: {
      dataSources: {
        extensions: [
          {
            name: "ContainerInsightsExtension",
            extensionName: "ContainerInsights",
            streams: ["Microsoft-ContainerLogV2", "Microsoft-KubeEvents", "Microsoft-KubePodInventory"],
            extensionSettings: {
              dataCollectionSettings: { interval: "1m", namespaceFilteringMode: "Off", enableContainerLogV2: true },
            },
          },
        ],
      },
      destinations: { logAnalytics: [{ name: "workspace", workspaceResourceId: shared.logs.id }] },
      dataFlows: [
        {
          streams: ["Microsoft-ContainerLogV2", "Microsoft-KubeEvents", "Microsoft-KubePodInventory"],
          destinations: ["workspace"],
        },
      ],
    },
  });
  draft.add(part, {
    type: "Microsoft.Insights/dataCollectionRuleAssociations",
    name: "container-insights",
    parent: resource,
    properties: { dataCollectionRuleId: rule.id },
  });
}
