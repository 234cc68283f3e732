import { assume } from "../../../estate/assumptions/assumption-rule.ts";
import { clusterSetting } from "../../../estate/assumptions/cloud-target-rules.ts";
import type { Cluster } from "../../../estate/model/cluster.ts";
import type { CloudContext } from "./cloud-context.ts";
import type { GraphDraft, LooseObject, Placed } from "./graph-draft.ts";
import type { ResourceValue } from "./resource-graph.ts";

/** What the body of a cluster refers to. */
export interface ClusterReferences {
  readonly kubeletIdentity: Placed;
  readonly privateZone: Placed | undefined;
  readonly diskEncryptionSet: Placed | undefined;
  readonly logs: Placed | undefined;
}

/** ARM properties of a managed cluster, its pools apart. */
export function managedClusterProperties(
  { draft, estate }: CloudContext,
  cluster: Cluster,
  name: string,
  references: ClusterReferences,
): LooseObject {
  const { identity, monitoring, channels } = cluster;
  const usesKeda = scalesByEvents(estate.objects, cluster);
  return {
    kubernetesVersion: cluster.kubernetesVersion,
    dnsPrefix: name,
    nodeResourceGroup: `${name}-nodes`,
    enableRBAC: true,
    disableLocalAccounts: identity.localAccounts === undefined ? undefined : !identity.localAccounts,
    supportPlan: cluster.supportPlan ?? "KubernetesOfficial",
    aadProfile: identity.entraIntegrated === true ? entraProfile(identity.azureRbac) : undefined,
    apiServerAccessProfile: apiServerProfile(cluster, references),
    autoUpgradeProfile: {
      upgradeChannel: channels.cluster ?? assumedChannel(draft, cluster),
      nodeOSUpgradeChannel: channels.nodeOs ?? "NodeImage",
    },
    oidcIssuerProfile: { enabled: identity.oidcIssuer ?? identity.workloadIdentity === true },
    securityProfile: {
      workloadIdentity: { enabled: identity.workloadIdentity === true },
      imageCleaner: { enabled: true, intervalHours: 168 },
      defender:
        monitoring.defender === true && references.logs !== undefined
          ? {
              logAnalyticsWorkspaceResourceId: references.logs.id,
              securityMonitoring: { enabled: true },
            }
          : undefined,
    },
    identityProfile: {
      kubeletidentity: {
        resourceId: references.kubeletIdentity.id,
        clientId: { $ref: references.kubeletIdentity.key, output: "properties.clientId" },
        objectId: { $ref: references.kubeletIdentity.key, output: "properties.principalId" },
      },
    },
    workloadAutoScalerProfile: usesKeda ? { keda: { enabled: true } } : undefined,
    addonProfiles: addonProfiles(cluster, references),
    azureMonitorProfile: monitoring.managedPrometheus === true ? { metrics: { enabled: true } } : undefined,
    metricsProfile: cluster.tier === "Free" ? undefined : { costAnalysis: { enabled: true } },
    networkProfile: networkProfile(cluster),
    autoScalerProfile: cluster.nodePools.some(({ autoscaling }) => autoscaling)
      ? autoScalerProfile(cluster)
      : undefined,
    nodeProvisioningProfile: cluster.nodeAutoProvisioning === true ? { mode: "Auto" } : undefined,
    serviceMeshProfile: cluster.network.serviceMesh === "istio" ? { mode: "Istio", istio: {} } : undefined,
    diskEncryptionSetID: references.diskEncryptionSet?.id,
  };
}

function entraProfile(azureRbac: boolean | undefined): LooseObject {
  return {
    managed: true,
    enableAzureRBAC: azureRbac ?? true,
    adminGroupObjectIDs: [{ $parameter: "clusterAdminGroupObjectId", secure: false }],
  };
}

function assumedChannel(draft: GraphDraft, cluster: Cluster): string {
  const reason = "AKS would never upgrade it by itself, and says so only by what it leaves out";
  const parameters = { setting: `the upgrade channel of ${cluster.name}`, value: "none", reason };
  draft.assumptions.push(assume(clusterSetting, `Cluster/${cluster.name}`, parameters, cluster.place));
  return "none";
}

function apiServerProfile({ network }: Cluster, { privateZone }: ClusterReferences): LooseObject | undefined {
  if (network.privateApiServer === true) {
    return {
      enablePrivateCluster: true,
      enablePrivateClusterPublicFQDN: false,
      privateDNSZone: privateZone?.id ?? "system",
    };
  }
  const ranges = network.authorizedRanges;
  return ranges === undefined || ranges.length === 0 ? undefined : { authorizedIPRanges: ranges.toSorted() };
}

/** Values of an add-on's configuration are texts. */
function addonProfiles({ monitoring }: Cluster, { logs }: ClusterReferences): LooseObject {
  return {
    azurepolicy: monitoring.azurePolicy === undefined ? undefined : { enabled: monitoring.azurePolicy },
    azureKeyvaultSecretsProvider: {
      enabled: true,
      config: { enableSecretRotation: "true", rotationPollInterval: "2m" },
    },
    omsagent:
      monitoring.containerInsights === true && logs !== undefined
        ? { enabled: true, config: { logAnalyticsWorkspaceResourceID: logs.id, useAADAuth: "true" } }
        : undefined,
  };
}

const plugins: { readonly [plugin: string]: LooseObject } = {
  azureOverlay: { networkPlugin: "azure", networkPluginMode: "overlay" },
  azurePodSubnet: { networkPlugin: "azure" },
  azureNodeSubnet: { networkPlugin: "azure" },
  kubenet: { networkPlugin: "kubenet" },
  none: { networkPlugin: "none" },
};

function networkProfile({ network }: Cluster): LooseObject {
  const hasPodRange = network.plugin === "azureOverlay" || network.plugin === "kubenet";
  const serviceCidr = network.serviceCidr ?? "172.16.0.0/16";
  return {
    ...(plugins[network.plugin] ?? plugins["azureOverlay"]),
    networkDataplane: network.dataPlane,
    networkPolicy:
      network.policyEngine === undefined || network.policyEngine === "none" ? undefined : network.policyEngine,
    loadBalancerSku: "standard",
    outboundType: network.outbound,
    podCidr: hasPodRange ? (network.podCidr ?? "10.244.0.0/16") : undefined,
    serviceCidr,
    dnsServiceIP: tenthAddress(serviceCidr),
    loadBalancerProfile: loadBalancerProfile(network),
    natGatewayProfile:
      network.outbound === "managedNATGateway"
        ? { managedOutboundIPProfile: { count: network.natGateway?.publicAddresses ?? 1 }, idleTimeoutInMinutes: 4 }
        : undefined,
  };
}

function loadBalancerProfile(network: Cluster["network"]): LooseObject | undefined {
  if (network.outbound !== "loadBalancer") return undefined;
  return {
    managedOutboundIPs: { count: network.outboundAddresses ?? 1 },
    allocatedOutboundPorts: network.outboundPortsPerNode,
  };
}

/** The DNS service has to be inside the range of services; the tenth address is the custom. */
function tenthAddress(cidr: string): string {
  const [address = "172.16.0.0"] = cidr.split("/");
  return address.replace(/\d+$/, (last) => String(Number(last) + 10));
}

/** Names and values as the API has them: kebab-case, and texts. */
function autoScalerProfile({ autoscaler }: Cluster): { readonly [name: string]: ResourceValue } {
  return {
    "balance-similar-node-groups": String(autoscaler?.balanceSimilarNodeGroups ?? true),
    expander: autoscaler?.expander ?? "least-waste",
    "skip-nodes-with-local-storage": String(autoscaler?.skipNodesWithLocalStorage ?? false),
    "skip-nodes-with-system-pods": String(autoscaler?.skipNodesWithSystemPods ?? true),
  };
}

/** True where the cluster has a ScaledObject and no KEDA of its own. */
export function scalesByEvents(objects: CloudContext["estate"]["objects"], cluster: Cluster): boolean {
  if (cluster.components.some(({ name }) => name === "keda")) return false;
  return objects.some(({ cluster: name, object }) => name === cluster.name && object.kind === "ScaledObject");
}
