import { assumedIngressController } from "../../estate/assumptions/failure-structure-rules.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { EntryPoint } from "../../estate/model/application.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { NodeId } from "../fault-tree/fault-tree.ts";
import type { Exposure } from "./exposure.ts";
import type { FaultModel } from "./fault-model.ts";
import { platformGroup } from "./platform-group.ts";
import type { ReplicaGroup } from "./replica-group.ts";
import { loadBalancerFailure } from "./service-events.ts";
import type { JourneyScope, ServingFailures } from "./serving-failure.ts";

const controllerName = /ingress|gateway|traefik|haproxy|contour|envoy|nginx|kong/i;

/**
 * The way from the outside to the workloads of one cluster: its load balancer, and for an Ingress or a route the
 * controller that serves it.
 */
export function entryFailure(
  model: FaultModel,
  serving: ServingFailures,
  entryPoint: EntryPoint,
  clusterName: string,
  exposure: Exposure,
  scope: JourneyScope,
): NodeId {
  const cluster = model.clusters.get(clusterName);
  if (cluster === undefined || entryPoint.exposure === "private") return model.book.tree.or([]);
  const causes = [loadBalancerFailure(model, clusterName, exposure)];
  if (!isBehindLoadBalancer(model, entryPoint, clusterName)) {
    const controller = controllerWorkload(model, clusterName);
    if (controller !== undefined) causes.push(serving.failureOf([controller.id], exposure, scope));
    else causes.push(serving.failureOfGroup(componentGroup(model, cluster), exposure, scope));
  }
  return model.book.tree.or(causes);
}

/** A Service of type LoadBalancer leads straight to a workload of the entry point. */
function isBehindLoadBalancer({ servicesByCluster }: FaultModel, entryPoint: EntryPoint, cluster: string): boolean {
  if (entryPoint.origin === "loadBalancer") return true;
  if (entryPoint.origin !== "declared") return false;
  const targets = new Set(entryPoint.workloads);
  return (servicesByCluster.get(cluster) ?? []).some(
    ({ type, workloads }) => type === "LoadBalancer" && workloads.some((workload) => targets.has(workload)),
  );
}

/** The workload that a LoadBalancer Service leads to and that is called like an ingress controller. */
function controllerWorkload(model: FaultModel, cluster: string): Workload | undefined {
  for (const { type, workloads } of model.servicesByCluster.get(cluster) ?? []) {
    if (type !== "LoadBalancer") continue;
    for (const id of workloads) {
      const workload = model.workloads.get(id);
      if (workload !== undefined && controllerName.test(workload.name)) return workload;
    }
  }
  return undefined;
}

/** The ingress controller among the cluster's components, or the one that is assumed. */
function componentGroup(model: FaultModel, cluster: Cluster): ReplicaGroup {
  const component = cluster.components.find(({ name }) => controllerName.test(name));
  const reasons =
    component === undefined
      ? [model.failures.assume(assumedIngressController, `Cluster/${cluster.name}`, { cluster: cluster.name })]
      : [];
  return platformGroup(model, cluster, {
    name: "ingress controller",
    label: `${component?.name ?? "the ingress controller"} of ${cluster.name}`,
    component,
    replicas: Math.max(1, component?.replicas ?? 2),
    needed: 1,
    reasons,
  });
}
