import { commonClusters, type TenantSides } from "./comparison.ts";
import {
  bounded,
  common,
  type LayerState,
  type LayerStates,
  listed,
  separate,
  shared,
  unknown,
} from "./layer-state.ts";
import { type Measure, measures } from "./measures.ts";

type ControlPlaneLayer = "controlPlane" | "clusterScopedApi" | "namespace" | "dns" | "gitOpsController";

const apart = separate("they run on different clusters");

/** What the API server of a common cluster holds and runs for both. */
export function compareControlPlanes(sides: TenantSides): LayerStates<ControlPlaneLayer> {
  const names = commonClusters(sides.left, sides.right).map(({ name }) => name);
  if (names.length === 0) {
    return { controlPlane: apart, clusterScopedApi: apart, namespace: apart, dns: apart, gitOpsController: apart };
  }
  return {
    controlPlane: compareApiServers(sides, names),
    clusterScopedApi: shared(
      `${listed(names)} has one set of CRDs, webhooks, ClusterRoles and classes for both`,
      measures.ownCluster,
    ),
    namespace: compareNamespaces(sides, names),
    dns: shared(`the DNS of ${listed(names)} answers both, with the names of all namespaces`, measures.ownCluster),
    gitOpsController: compareDelivery(sides, names),
  };
}

/** Priority and fairness shares out requests by itself; what a tenant keeps in etcd only a quota bounds. */
function compareApiServers({ left, right, comparison }: TenantSides, clusters: readonly string[]): LayerState {
  for (const cluster of clusters) {
    for (const { tenant } of [left, right]) {
      const { namespaceWithoutQuota: namespace } = comparison.clusterTraits(tenant.name, cluster);
      if (namespace === undefined) continue;
      if (!comparison.complete) {
        return unknown(`no quota on object counts in ${cluster}/${namespace} of ${tenant.name} is known`);
      }
      const because = `nothing bounds how many objects ${tenant.name} keeps in ${cluster}/${namespace}`;
      return shared(because, measures.ownCluster, {
        ...measures.objectQuota,
        text: () => measures.objectQuota.text(tenant.name),
      });
    }
  }
  return bounded(
    `quotas bound the objects of both on ${listed(clusters)}, and requests are shared out fairly`,
    measures.ownCluster,
  );
}

function compareNamespaces({ left, right, comparison }: TenantSides, clusters: readonly string[]): LayerState {
  const names = common(left.namespaces, right.namespaces);
  if (names.length > 0) return shared(`both have objects in ${listed(names)}`, measures.ownNamespace);
  for (const cluster of clusters) {
    for (const [from, to] of [[left, right] as const, [right, left] as const]) {
      const access = comparison.accessInto(cluster, from.tenant.name, to.tenant.name);
      if (access === undefined) continue;
      const lessRights: Measure = {
        kind: "lessRights",
        text: () => `narrower roles for ${from.tenant.name} on ${cluster}`,
      };
      return shared(access, lessRights);
    }
  }
  return separate("each has namespaces of its own, and no role reaches from one's into the other's");
}

function compareDelivery({ left, right, comparison }: TenantSides, clusters: readonly string[]): LayerState {
  for (const cluster of clusters) {
    const deliveries = [left, right].map(({ tenant }) => comparison.clusterTraits(tenant.name, cluster).deliveries);
    if (deliveries.some(({ count }) => count === 0)) continue;
    const unfenced = deliveries.find((each) => each.unfenced !== undefined)?.unfenced;
    if (unfenced !== undefined) {
      return shared(
        `${unfenced} on ${cluster} is applied with the rights of the controller`,
        measures.ownCluster,
        measures.ownDelivery,
      );
    }
    return bounded(`one controller on ${cluster} delivers both, each with rights of its own`, measures.ownCluster);
  }
  return unknown(`what delivers both to ${listed(clusters)} is not among the manifests`);
}
