import { windowSaidOtherwise } from "../../../estate/diagnostics/cloud-target-diagnostics.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import type { Cluster } from "../../../estate/model/cluster.ts";
import { azureName } from "./azure-names.ts";
import { type CloudContext, partBeside, partOf } from "./cloud-context.ts";
import { addClusterBackup } from "./cluster-backup.ts";
import { addClusterMonitoring } from "./cluster-monitoring.ts";
import { addFlux } from "./flux-resources.ts";
import type { Part, Placed } from "./graph-draft.ts";
import { maintenanceConfigurations, windowsSaidOtherwise, winterOffset } from "./maintenance.ts";
import { managedClusterProperties } from "./managed-cluster.ts";
import type { PlacedNetwork } from "./network-resources.ts";
import { privateZone } from "./network-resources.ts";
import { nodePoolProperties } from "./node-pool-properties.ts";
import type { PlacedCluster } from "./placed-cluster.ts";
import type { SharedResources } from "./shared-resources.ts";
import { subscriptionOf } from "./subscriptions.ts";

/**
 * A cluster with its identities, what they may do, its pools, windows, delivery, monitoring and backup. The identities
 * and their rights are parts of their own: the cluster is created only when they hold.
 */
export function addCluster(
  context: CloudContext,
  cluster: Cluster,
  network: PlacedNetwork,
  shared: SharedResources,
): PlacedCluster {
  const { draft, estate } = context;
  const at = { subscription: subscriptionOf(cluster), region: cluster.region, tells: `Cluster/${cluster.name}` };
  const part = partOf(context, `cluster-${cluster.name}`, { ...at, words: [cluster.name] });
  const identities = addIdentities(context, cluster, part);
  const zoneName = `privatelink.${cluster.region}.azmk8s.io`;
  const zone = cluster.network.privateApiServer === true ? privateZone(context, network, zoneName) : undefined;
  const rights = grantRights(context, cluster, part, { ...identities, network, zone, shared });
  const name = azureName("cluster", [cluster.name], estate.name);
  const resource = draft.add(part, {
    type: "Microsoft.ContainerService/managedClusters",
    name,
    location: cluster.region,
    after: [...rights, identities.operator],
    sku: { name: cluster.sku ?? "Base", tier: cluster.tier },
    identity: { type: "UserAssigned", userAssignedIdentities: [identities.control.id] },
    tags: {
      environments: cluster.environments.join(" "),
      ...(cluster.ring === undefined ? {} : { ring: cluster.ring }),
    },
    properties: managedClusterProperties(context, cluster, name, {
      kubeletIdentity: identities.kubelet,
      privateZone: zone,
      diskEncryptionSet: undefined,
      logs: shared.logs,
    }),
  });
  addPools(context, cluster, part, resource, network);
  const windows = windowsSaidOtherwise(cluster);
  if (windows.length > 0) {
    draft.diagnostics.push(diagnose(windowSaidOtherwise, { cluster: cluster.name, windows }, { place: cluster.place }));
  }
  for (const [configuration, properties] of maintenanceConfigurations(cluster, winterOffset)) {
    draft.add(part, {
      type: "Microsoft.ContainerService/managedClusters/maintenanceConfigurations",
      name: configuration,
      parent: resource,
      properties,
    });
  }
  const placed = { cluster, part, resource, network, identity: identities.control };
  addFlux(context, placed);
  addClusterMonitoring(context, placed, shared);
  addClusterBackup(context, placed);
  return placed;
}

function addIdentities(
  { draft, estate }: CloudContext,
  cluster: Cluster,
  part: Part,
): { readonly control: Placed; readonly kubelet: Placed; readonly operator: Placed } {
  const identityPart = partBeside(part, `identities-${cluster.name}`, part.group);
  const add = (use: string): Placed =>
    draft.add(identityPart, {
      type: "Microsoft.ManagedIdentity/userAssignedIdentities",
      name: azureName("identity", [cluster.name, use], estate.name),
      location: cluster.region,
    });
  const control = add("control-plane");
  const kubelet = add("kubelet");
  const operator = draft.grant(identityPart, kubelet, "Managed Identity Operator", control);
  return { control, kubelet, operator };
}

/** What the identities of a cluster have to be allowed before it can be created, and pull images with. */
function grantRights(
  { draft }: CloudContext,
  cluster: Cluster,
  part: Part,
  given: {
    readonly control: Placed;
    readonly kubelet: Placed;
    readonly network: PlacedNetwork;
    readonly zone: Placed | undefined;
    readonly shared: SharedResources;
  },
): readonly Placed[] {
  const { control, kubelet, network, zone, shared } = given;
  const networkRights = partBeside(part, `network-rights-${cluster.name}`, network.part.group);
  const needed = [draft.grant(networkRights, network.network, "Network Contributor", control)];
  if (zone !== undefined) needed.push(draft.grant(networkRights, zone, "Private DNS Zone Contributor", control));
  if (shared.registry === undefined) return needed;
  const registryRights = partBeside(part, `registry-rights-${cluster.name}`, shared.part.group);
  draft.grant(registryRights, shared.registry, "AcrPull", kubelet);
  return needed;
}

function addPools({ draft }: CloudContext, cluster: Cluster, part: Part, parent: Placed, network: PlacedNetwork): void {
  for (const pool of cluster.nodePools) {
    const nodes = network.plan.nodeSubnets.get(`${cluster.name}/${pool.name}`);
    draft.add(part, {
      type: "Microsoft.ContainerService/managedClusters/agentPools",
      name: pool.name,
      parent,
      properties: nodePoolProperties(pool, {
        nodes: nodes === undefined ? undefined : network.subnets.get(nodes)?.id,
        pods: pool.podSubnet === undefined ? undefined : network.subnets.get(pool.podSubnet)?.id,
      }),
    });
  }
}
