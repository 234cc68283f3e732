import { asObject } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { Cluster, NodePool } from "../../../estate/model/cluster.ts";
import type { Tenant } from "../../../estate/model/tenant.ts";

const dedication = "dedication";

/** What a namespace is for, where its manifests do not say everything. */
export interface NamespaceUse {
  readonly name: string;
  readonly application: string | undefined;
  readonly tenant: Tenant | undefined;
  readonly cluster: Cluster;
}

/**
 * The Namespace of a tenant: as its manifests have it, with what the platform adds and they leave open. A derived one
 * enforces the baseline of pod security and warns of what the restricted one forbids; one that is declared keeps its own.
 */
export function namespaceObject(declared: JsonObject | undefined, use: NamespaceUse): JsonObject {
  const metadata = asObject(declared?.metadata);
  const labels = {
    ...(use.application === undefined || use.cluster.operatingModel === "rawAks" ? {} : { "app-id": use.application }),
    ...(declared === undefined ? podSecurityLabels(use) : {}),
    ...asObject(metadata.labels),
  };
  const annotations = { ...dedicationAnnotations(use), ...asObject(metadata.annotations) };
  return {
    ...(declared ?? { apiVersion: "v1", kind: "Namespace" }),
    metadata: {
      ...metadata,
      name: use.name,
      ...(Object.keys(labels).length > 0 ? { labels } : {}),
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
    },
  };
}

/**
 * Code that nobody inside vouches for is held to the restricted standard; the platform may do what it needs. The version is
 * that of the cluster, so that a new one turns pods away in a pull request first.
 */
function podSecurityLabels({ tenant, cluster }: NamespaceUse): { readonly [label: string]: string } {
  if (tenant?.name === "platform") return {};
  const minor = /^1\.\d+/.exec(cluster.kubernetesVersion)?.[0];
  const isForeign = tenant?.trust === "external" || tenant?.trust === "hostile";
  return {
    "pod-security.kubernetes.io/enforce": isForeign ? "restricted" : "baseline",
    ...(minor === undefined ? {} : { "pod-security.kubernetes.io/enforce-version": `v${minor}` }),
    "pod-security.kubernetes.io/warn": "restricted",
  };
}

/**
 * Pins a namespace to the pool that is dedicated to its application, or to the shared pools where the cluster has pools
 * of that label: admission adds the selector to every pod, so that a toleration alone opens no other pool.
 */
function dedicationAnnotations({ application, cluster }: NamespaceUse): { readonly [key: string]: string } {
  const isFor = (value: string) => (pool: NodePool) => pool.labels[dedication] === value;
  const own = application === undefined ? undefined : cluster.nodePools.find(isFor(application));
  const value = own === undefined ? "shared" : application;
  if (value === undefined || !cluster.nodePools.some(isFor(value))) return {};
  const selector = { "scheduler.alpha.kubernetes.io/node-selector": `${dedication}=${value}` };
  const taint = own?.taints.find(({ key, value: tainted }) => key === dedication && tainted === value);
  if (taint === undefined) return selector;
  const toleration = { operator: "Equal", effect: taint.effect, key: dedication, value };
  return { ...selector, "scheduler.alpha.kubernetes.io/defaultTolerations": JSON.stringify([toleration]) };
}
