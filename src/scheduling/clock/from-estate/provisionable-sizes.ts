import { autoscalingDefault } from "../../../catalog/autoscaling-defaults.ts";
import type { Catalog, VmSize } from "../../../catalog/catalog.ts";
import type { Cluster, NodePool } from "../../../estate/model/cluster.ts";
import type { NodeProvisioningProfile } from "../node-scaling/node-provisioning-profile.ts";

/** Nodes of one size at most in a simulation. */
export const mostProvisionedNodes = 50;

/** A cluster with one empty pool for each size that node auto-provisioning may launch, and who launches them. */
export interface ProvisionedCluster {
  readonly cluster: Cluster;
  /** Undefined: the cluster has no node auto-provisioning. */
  readonly profile: NodeProvisioningProfile | undefined;
}

/**
 * Lays out what the default node pool of AKS node auto-provisioning allows: on-demand sizes of family D on amd64 that are
 * priced in the region, in the zones of the declared pools. Pools that are declared stay as they are.
 */
export function provisionedCluster(cluster: Cluster, catalog: Catalog): ProvisionedCluster {
  const [template] = cluster.nodePools;
  if (cluster.nodeAutoProvisioning !== true || template === undefined) return { cluster, profile: undefined };
  const zones = [...new Set(cluster.nodePools.flatMap((pool) => pool.zones))].sort();
  const pools = catalog
    .vmSizes()
    .filter((size) => isAllowed(size) && catalog.vmPrice(cluster.region, size.name, "payAsYouGo") !== undefined)
    .map((size) => poolOf(size, { ...template, zones }))
    .toSorted((left, right) => (left.name < right.name ? -1 : 1));
  return {
    cluster: { ...cluster, nodePools: [...cluster.nodePools, ...pools] },
    profile: {
      sizes: new Set(pools.map(({ name }) => name)),
      batchIdleSeconds: autoscalingDefault("provisioning.batchIdle").value,
      batchMostSeconds: autoscalingDefault("provisioning.batchMost").value,
      disruptionPollSeconds: autoscalingDefault("provisioning.disruptionPoll").value,
      validationSeconds: autoscalingDefault("provisioning.validation").value,
      budgetRatio: autoscalingDefault("provisioning.disruptionBudget").value,
    },
  };
}

function isAllowed({ name, architecture, gpus, userPoolAllowed, burstable, constrainedCoreBase }: VmSize): boolean {
  const isFamilyD = /^Standard_D\d/.test(name) && constrainedCoreBase === undefined;
  return isFamilyD && architecture === "amd64" && gpus === 0 && userPoolAllowed && !burstable;
}

function poolOf({ name }: VmSize, template: NodePool): NodePool {
  return {
    ...template,
    name: `nap-${name
      .replace(/^Standard_/, "")
      .replaceAll("_", "-")
      .toLowerCase()}`,
    mode: "User",
    vmSize: name,
    minimumNodes: 0,
    maximumNodes: mostProvisionedNodes,
    autoscaling: true,
    countDeclared: false,
    taints: [],
    labels: { "karpenter.sh/nodepool": "default", "karpenter.sh/capacity-type": "on-demand" },
    spot: false,
    spotMaxPrice: undefined,
  };
}
