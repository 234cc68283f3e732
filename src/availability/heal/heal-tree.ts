import { slaServiceOf } from "../../catalog/service-names.ts";
import { capacityShortage } from "../../estate/assumptions/failure-rules.ts";
import type { Cluster, ClusterComponent } from "../../estate/model/cluster.ts";
import type { CloudService } from "../../estate/model/service.ts";
import type { NodeId } from "../fault-tree/fault-tree.ts";
import { fullExposure } from "../from-estate/exposure.ts";
import type { FaultModel } from "../from-estate/fault-model.ts";
import { controlPlaneEvent, operatorEvent, regionEvent } from "../from-estate/infrastructure-events.ts";
import { platformGroup } from "../from-estate/platform-group.ts";
import type { ReplicaGroup } from "../from-estate/replica-group.ts";
import { cloudServiceFailure, regionsOfService, sharedServiceFailure } from "../from-estate/service-events.ts";
import { emptyScope, type JourneyScope, type ServingFailures } from "../from-estate/serving-failure.ts";

/** What a cluster must be able to do to mend itself. */
export type Ability = "reschedule" | "scale" | "deploy";

/** A cluster's top event `heal` with the abilities that it is made of. */
export interface HealTree {
  readonly cluster: Cluster;
  readonly scope: JourneyScope;
  readonly abilities: { readonly [ability in Ability]: NodeId };
  readonly top: NodeId;
}

/**
 * The cluster cannot reschedule, scale or deploy. To reschedule it needs its control plane, its region, and for a node
 * that has not the image yet its registry with the identity and the name by which to reach it; to scale, a region that
 * gives out nodes as well (the cluster autoscaler runs in the control plane); to deploy, Git and the agent that follows it.
 * Running pods need none of these.
 */
export function healTree(model: FaultModel, serving: ServingFailures, cluster: Cluster): HealTree {
  const { tree } = model.book;
  const scope = emptyScope();
  const reschedule = tree.or([
    controlPlaneEvent(model, cluster.name),
    regionEvent(model, cluster.region),
    operatorEvent(model, cluster.name),
    ...declaredOrShared(model, "entra-id", "identity of the cloud (Entra ID)", cluster),
    ...declaredOrShared(model, "dns", "name service of the cloud (DNS)", cluster),
    ...registriesOf(model, cluster).map((registry) => cloudServiceFailure(model, registry, fullExposure)),
  ]);
  const scale = tree.or([reschedule, ...capacityEvents(model, cluster)]);
  const deploy = tree.or([reschedule, ...deliveryFailures(model, serving, cluster, scope)]);
  return { cluster, scope, abilities: { reschedule, scale, deploy }, top: tree.or([scale, deploy]) };
}

/** The services of that kind that the estate declares, else the one that every cluster leans on. */
function declaredOrShared(model: FaultModel, service: string, label: string, cluster: Cluster): readonly NodeId[] {
  const declared = servicesOf(model, service, cluster);
  if (declared.length === 0) return [sharedServiceFailure(model, service, label, fullExposure)];
  return declared.map((each) => cloudServiceFailure(model, each, fullExposure));
}

/** Registries of the cluster's region; of the estate where none is there. */
function registriesOf(model: FaultModel, cluster: Cluster): readonly CloudService[] {
  const all = model.estate.cloudServices.filter(({ service }) => slaServiceOf(service) === "container-registry");
  const near = all.filter((service) => isNear(service, cluster));
  return near.length > 0 ? near : all;
}

function servicesOf(model: FaultModel, name: string, cluster: Cluster): readonly CloudService[] {
  return model.estate.cloudServices.filter(
    (service) => slaServiceOf(service.service) === name && isNear(service, cluster),
  );
}

function isNear(service: CloudService, cluster: Cluster): boolean {
  const regions = regionsOfService(service);
  return regions.length === 0 || regions.includes(cluster.region);
}

/** One event a region, since its clusters ask for nodes in the same place; none where no pool may grow. */
function capacityEvents({ book, failures }: FaultModel, { region, nodePools }: Cluster): readonly NodeId[] {
  if (!nodePools.some(({ autoscaling }) => autoscaling)) return [];
  const label = `shortage of nodes in ${region}`;
  const event = book.node(`capacity/${region}`, () => ({
    label,
    category: "capacity",
    unavailability: failures.value(capacityShortage),
    repairHours: undefined,
    frequencyPerHour: 0,
    clause: `${region} has no node to give`,
    reasons: [failures.reason(capacityShortage)],
  }));
  return [event];
}

const agentName = /flux|argo-?cd|gitops/i;
const gitService = /^git|devops/i;

/** Git, and the agent in the cluster that follows it; none where nothing says that there is one. */
function deliveryFailures(
  model: FaultModel,
  serving: ServingFailures,
  cluster: Cluster,
  scope: JourneyScope,
): readonly NodeId[] {
  const component = cluster.components.find(({ name }) => agentName.test(name));
  if (component === undefined && model.estate.delivery.agent === undefined) return [];
  const declared = model.estate.cloudServices.filter(({ service }) => gitService.test(service));
  const git =
    declared.length > 0
      ? declared.map((service) => cloudServiceFailure(model, service, fullExposure))
      : [sharedServiceFailure(model, "git", "Git of the estate", fullExposure)];
  if (component === undefined) return git;
  return [...git, serving.failureOfGroup(agentGroup(model, cluster, component), fullExposure, scope)];
}

/** An agent's pods are controllers that each do a part of the work: all of them are needed. */
function agentGroup(model: FaultModel, cluster: Cluster, component: ClusterComponent): ReplicaGroup {
  const replicas = Math.max(1, component.replicas);
  return platformGroup(model, cluster, {
    name: "delivery agent",
    label: `${component.name} of ${cluster.name}`,
    component,
    replicas,
    needed: replicas,
    reasons: [],
  });
}
