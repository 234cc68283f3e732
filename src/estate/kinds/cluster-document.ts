import * as z from "zod";
import { ComputeQuantities } from "./compute-quantities.ts";
import { documentSchema } from "./document-envelope.ts";
import {
  cidrText,
  dateText,
  durationText,
  namespaceName,
  resourceName,
  timeZoneName,
  weeklyWindow,
} from "./field-formats.ts";
import { NodePoolSpec } from "./node-pool.ts";

const maintenance = z.strictObject({
  scope: z.enum(["default", "cluster", "nodeOs"]).describe("What is maintained: cluster version, node images, or all."),
  window: weeklyWindow.describe("Days and hours, such as Sun 02:00-06:00."),
  timeZone: timeZoneName.optional().describe("IANA time zone of the window; UTC when left out."),
});

const natGateway = z.strictObject({
  sku: z
    .enum(["Standard", "StandardV2"])
    .optional()
    .describe("StandardV2 spans all zones; Standard lies in one or none."),
  zones: z.array(z.string()).optional().describe('Zone of a Standard gateway, such as ["1"].'),
  publicAddresses: z.int().positive().optional().describe("Number of public addresses of the gateway."),
});

const network = z.strictObject({
  name: resourceName.optional().describe("Network of the Estate that the nodes are in."),
  plugin: z
    .enum(["azureOverlay", "azurePodSubnet", "azureNodeSubnet", "kubenet", "none"])
    .optional()
    .describe("How pods get their addresses."),
  dataPlane: z.enum(["azure", "cilium"]).optional().describe("What forwards packets between pods."),
  policyEngine: z
    .enum(["none", "azure", "calico", "cilium"])
    .optional()
    .describe("What enforces NetworkPolicy objects; none: nothing does."),
  outbound: z
    .enum(["loadBalancer", "managedNATGateway", "userAssignedNATGateway", "userDefinedRouting", "none", "block"])
    .optional()
    .describe("Way out of the cluster, as AKS names it."),
  privateApiServer: z.boolean().optional().describe("True when the API server has a private address only."),
  authorizedRanges: z
    .array(cidrText)
    .optional()
    .describe("Address ranges that may reach a public API server; empty or left out: everybody."),
  podCidr: cidrText.optional().describe("Address range of the pods under azureOverlay, such as 10.244.0.0/16."),
  serviceCidr: cidrText.optional().describe("Address range of Services, such as 10.0.0.0/16."),
  outboundPortsPerNode: z
    .int()
    .nonnegative()
    .optional()
    .describe("Outbound ports that each node gets of the load balancer; 0: by the size of the cluster."),
  outboundAddresses: z
    .int()
    .positive()
    .optional()
    .describe("Number of outbound public addresses of the load balancer."),
  natGateway: natGateway.optional().describe("NAT gateway of the outbound traffic."),
  serviceMesh: z.string().min(1).optional().describe("Service mesh, such as istio; none when there is none."),
});

const component = z.strictObject({
  name: resourceName.describe("Name of the component, such as ingress-nginx."),
  version: z.string().min(1).optional().describe("Version of the component."),
  namespace: namespaceName
    .optional()
    .describe("Namespace it runs in; its name when left out. Belongs to the platform."),
  crds: z.array(z.string().min(1)).optional().describe("Custom resource definitions that it brings, as plural.group."),
  requests: ComputeQuantities.optional().describe("What one replica asks of a node."),
  replicas: z.int().nonnegative().optional().describe("Number of replicas."),
});

const autoscaler = z.strictObject({
  expander: z
    .enum(["random", "least-waste", "most-pods", "priority"])
    .optional()
    .describe("How a pool is chosen to grow; AKS defaults to random."),
  balanceSimilarNodeGroups: z.boolean().optional().describe("True to grow like pools evenly; AKS defaults to false."),
  skipNodesWithSystemPods: z
    .boolean()
    .optional()
    .describe("True to keep nodes with pods of kube-system; AKS defaults to true."),
  skipNodesWithLocalStorage: z
    .boolean()
    .optional()
    .describe("True to keep nodes with pods that use local volumes; AKS defaults to false."),
});

const ClusterSpec = z.strictObject({
  region: z.string().min(1).optional().describe("Azure region of the cluster."),
  environments: z.array(resourceName).optional().describe("Environments that it serves; all when left out."),
  ring: z.string().min(1).optional().describe("Release train; lower rings get changes first."),
  subscription: z.string().min(1).optional().describe("Azure subscription that pays for it."),
  operatingModel: z
    .enum(["rawAks", "platformProduct"])
    .optional()
    .describe("Who owns which capability: teams on raw AKS, or a platform product."),
  tier: z.enum(["Free", "Standard", "Premium"]).optional().describe("AKS pricing tier; decides fee and SLA."),
  kubernetesVersion: z
    .string()
    .regex(/^1\.[1-9]\d(\.\d+)?$/, { error: 'a Kubernetes version in quotes, such as "1.34"' })
    .optional()
    .describe('Kubernetes version in quotes, such as "1.34" or "1.34.2".'),
  channels: z
    .strictObject({
      cluster: z
        .enum(["none", "patch", "stable", "rapid", "node-image"])
        .optional()
        .describe("Automatic upgrade channel."),
      nodeOs: z
        .enum(["None", "Unmanaged", "SecurityPatch", "NodeImage"])
        .optional()
        .describe("Automatic upgrade channel of the node images."),
    })
    .optional()
    .describe("Automatic upgrades."),
  maintenance: z.array(maintenance).optional().describe("Planned maintenance windows."),
  network: network.optional().describe("Network of the cluster."),
  identity: z
    .strictObject({
      entraIntegrated: z.boolean().optional().describe("True when people sign in with Microsoft Entra ID."),
      localAccounts: z.boolean().optional().describe("True when certificate-based local accounts are on."),
      workloadIdentity: z.boolean().optional().describe("True when pods may have identities of their own."),
      oidcIssuer: z.boolean().optional().describe("True when the cluster issues tokens that Entra ID can check."),
      azureRbac: z.boolean().optional().describe("True when Azure role assignments decide who may do what."),
      podIdentity: z.boolean().optional().describe("True when the retired pod identity add-on is still on."),
    })
    .optional()
    .describe("Who can sign in, and as what pods act."),
  monitoring: z
    .strictObject({
      containerInsights: z.boolean().optional().describe("True when logs and metrics go to Container insights."),
      managedPrometheus: z.boolean().optional().describe("True when Azure Monitor managed Prometheus scrapes it."),
      defender: z.boolean().optional().describe("True when Defender for Containers is on."),
      azurePolicy: z.boolean().optional().describe("True when the Azure Policy add-on is on."),
      controlPlaneLogs: z
        .array(z.string().min(1))
        .optional()
        .describe("Control plane logs that are kept, such as kube-audit-admin; empty: none."),
    })
    .optional()
    .describe("Monitoring add-ons."),
  backup: z
    .strictObject({
      enabled: z.boolean().describe("True when AKS backup is on."),
      namespaces: z.array(namespaceName).optional().describe("Namespaces that the backup covers; all when left out."),
      lastRestoreDrill: dateText.optional().describe("Day of the last restore that was tried out, YYYY-MM-DD."),
      drillEvery: durationText.optional().describe("Longest time between two restore drills, such as 2160h."),
    })
    .optional()
    .describe("Backup of cluster state and volumes."),
  sku: z.enum(["Base", "Automatic"]).optional().describe("Automatic: AKS runs node pools and upgrades itself."),
  supportPlan: z
    .enum(["KubernetesOfficial", "AKSLongTermSupport"])
    .optional()
    .describe("Support of the Kubernetes version; long-term support needs tier Premium."),
  autoscaler: autoscaler.optional().describe("Profile of the cluster autoscaler."),
  nodeAutoProvisioning: z.boolean().optional().describe("True when AKS makes nodes by itself (Karpenter)."),
  diskEncryptionSet: z.boolean().optional().describe("True when disks are encrypted with a key of your own."),
  stopsOutsideHours: z
    .boolean()
    .optional()
    .describe("True when the cluster is stopped outside the hours of its environments."),
  vcpuQuotas: z
    .record(z.string(), z.int().nonnegative())
    .optional()
    .describe("vCPU quota of the subscription in the region, by VM family such as standardDDSv5Family."),
  components: z.array(component).optional().describe("Platform components and what they bring."),
  nodePools: z.array(NodePoolSpec).optional().describe("Node pools."),
});

/** One AKS cluster: where it is, whom it serves, what it is made of. */
export const ClusterDocument = documentSchema(
  "Cluster",
  "One AKS cluster: region, environments, versions, network, components, node pools.",
  ClusterSpec.optional(),
);
export type ClusterDocument = z.infer<typeof ClusterDocument>;
