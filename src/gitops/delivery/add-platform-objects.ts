import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { defaultContainerRequests, quotaSplitByDemand } from "../../estate/assumptions/gitops-rules.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { PlacedObject } from "../../estate/model/estate.ts";
import type { Tenant } from "../../estate/model/tenant.ts";
import { deliveredObject } from "./delivered-object.ts";
import { noFacts } from "./delivery-inputs.ts";
import { assumed, missFact, type PlaceTask } from "./delivery-log.ts";
import { scaledWorkloads } from "./derived/scaled-workloads.ts";
import { namespaceObject } from "./platform/namespace-object.ts";
import { ownerAccess, ownerGroups } from "./platform/owner-access.ts";
import { countsMemoryLimits, limitRangeObject, quotaObject, quotaShares } from "./platform/tenant-quota.ts";
import { platformAddress } from "./unit-address.ts";

/** Namespaces that every cluster has by itself. */
const givenNamespaces = /^(?:default|kube-.*)$/;

/** Adds what the platform gives each tenant at a place: namespaces, quotas, defaults, network policies, access. */
export function addPlatformObjects(task: PlaceTask): void {
  const { index, place } = task;
  const { objects } = index.at(place);
  const byTenant = Map.groupBy(objects, ({ tenant }) => tenant);
  for (const [name, placed] of [...byTenant].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const tenant = index.tenants.get(name);
    const namespaces = namespacesOf(placed);
    addNamespaces(task, name, namespaces, placed);
    if (tenant === undefined || name === "platform") continue;
    addQuotas(task, tenant, namespaces, placed);
    addNetworkPolicies(task, name, namespaces, placed);
    addOwnerAccess(task, tenant, namespaces);
  }
}

/** Namespaces that objects land in, and those that are declared as objects. */
function namespacesOf(placed: readonly PlacedObject[]): readonly string[] {
  const names = placed.flatMap(({ namespace, object }) =>
    namespace === undefined ? (object.kind === "Namespace" ? [object.name] : []) : [namespace],
  );
  return [...new Set(names)].filter((name) => !givenNamespaces.test(name)).sort();
}

function addNamespaces(
  { index, place, drafts }: PlaceTask,
  tenant: string,
  namespaces: readonly string[],
  placed: readonly PlacedObject[],
): void {
  for (const name of namespaces) {
    const declared = placed.find(({ object }) => object.kind === "Namespace" && object.name === name);
    const object = namespaceObject(declared === undefined ? undefined : deliveredObject(declared), {
      name,
      application: index.applicationOf(name)?.name,
      tenant: index.tenants.get(tenant),
      cluster: place.cluster,
    });
    drafts.add(platformAddress(tenant), place, object);
  }
  for (const declared of placed.filter(
    ({ object }) => object.kind === "Namespace" && givenNamespaces.test(object.name),
  )) {
    drafts.add(platformAddress(tenant), place, deliveredObject(declared));
  }
}

function addQuotas(
  task: PlaceTask,
  tenant: Tenant,
  namespaces: readonly string[],
  placed: readonly PlacedObject[],
): void {
  const { index, place, drafts, log } = task;
  const has = (namespace: string, kind: string) =>
    placed.some((each) => each.object.kind === kind && each.namespace === namespace);
  const own = index.at(place).workloads.filter((workload) => workload.tenant === tenant.name);
  const workloads = scaledWorkloads(own, drafts.objectsAt(place));
  const shares = quotaShares(tenant.quota, namespaces, workloads);
  for (const namespace of namespaces) {
    const quota = quotaObject(namespace, shares.get(namespace) ?? {}, workloads);
    if (quota === undefined || has(namespace, "ResourceQuota")) continue;
    drafts.add(platformAddress(tenant.name), place, quota);
    const subject = `Tenant/${tenant.name}`;
    assumed(log, assume(quotaSplitByDemand, subject, { tenant: tenant.name, namespaces }, tenant.place));
    if (has(namespace, "LimitRange")) continue;
    drafts.add(platformAddress(tenant.name), place, limitRangeObject(namespace, countsMemoryLimits(quota)));
    assumed(log, assume(defaultContainerRequests, subject, undefined, tenant.place));
  }
}

/** Only where the manifests have no policy at all: beside declared ones, a generated one would open or close too much. */
function addNetworkPolicies(
  { place, drafts, inputs }: PlaceTask,
  tenant: string,
  namespaces: readonly string[],
  placed: readonly PlacedObject[],
): void {
  if (place.cluster.network.policyEngine === "none") return;
  const generated = inputs.networkPolicies.get(place.environment.name);
  const isPolicy = ({ object }: PlacedObject) => object.kind.endsWith("NetworkPolicy");
  const declared = new Set(placed.filter(isPolicy).map(({ namespace }) => namespace));
  for (const namespace of namespaces) {
    if (declared.has(namespace)) continue;
    for (const policy of generated?.get(namespace) ?? []) drafts.add(platformAddress(tenant), place, policy);
  }
}

function addOwnerAccess(task: PlaceTask, tenant: Tenant, namespaces: readonly string[]): void {
  const { place, drafts, inputs } = task;
  const groups = ownerGroups(tenant, inputs.facts.get(place.cluster.name) ?? noFacts);
  for (const namespace of namespaces) {
    const binding: JsonObject | undefined = ownerAccess(namespace, place, groups);
    if (binding !== undefined) drafts.add(platformAddress(tenant.name), place, binding);
  }
  for (const owner of groups.unknown) {
    missFact(task, `The object id of group ${owner}`, `its access to what ${tenant.name} runs`, tenant.place);
  }
}
