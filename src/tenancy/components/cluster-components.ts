import type { Cluster } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { type SharedWebhook, sharedWebhooks } from "./shared-webhooks.ts";
import { type SharedCrd, shippedCrds } from "./shipped-crds.ts";

/** What a cluster has once for all its tenants, and who brings it. */
export interface ClusterComponents {
  readonly cluster: string;
  readonly operators: readonly {
    readonly name: string;
    readonly version: string | undefined;
    readonly namespace: string;
  }[];
  readonly crds: readonly SharedCrd[];
  readonly webhooks: readonly SharedWebhook[];
  /** Sentences: definitions that two sources ship, webhooks of one tenant over another, and what is needed and missing. */
  readonly conflicts: readonly string[];
}

const platformTenant = "platform";

export function clusterComponents(estate: Estate, cluster: Cluster): ClusterComponents {
  const crds = shippedCrds(estate, cluster);
  const webhooks = sharedWebhooks(estate, cluster.name, namespacesByTenant(estate, cluster.name));
  return {
    cluster: cluster.name,
    operators: cluster.components
      .map(({ name, version, namespace }) => ({ name, version, namespace }))
      .toSorted((left, right) => (left.name < right.name ? -1 : 1)),
    crds,
    webhooks,
    conflicts: [
      ...crds.flatMap(({ name, conflict }) => (conflict === undefined ? [] : [`CRD ${name}: ${conflict}.`])),
      ...webhooks.filter(isForeign).map(webhookSentence),
      ...missingCrds(estate, cluster, crds),
    ],
  };
}

function isForeign({ tenant, reaches }: SharedWebhook): boolean {
  return tenant !== platformTenant && reaches.length > 0;
}

function webhookSentence({ name, tenant, reaches, failurePolicy }: SharedWebhook): string {
  const stops = failurePolicy === "Fail" ? "; when it is down, their changes are refused" : "";
  return `${name} of ${tenant} judges the objects of ${reaches.join(", ")}${stops}.`;
}

/** Definitions that an application says it needs and that nothing brings, where all is declared. */
function missingCrds(estate: Estate, cluster: Cluster, crds: readonly SharedCrd[]): readonly string[] {
  if (!estate.complete) return [];
  const known = new Set(crds.map(({ name }) => name));
  return estate.applications
    .filter(({ clusters }) => [...clusters.values()].some((names) => names.includes(cluster.name)))
    .flatMap(({ name, requires }) => {
      const needed: readonly unknown[] = Array.isArray(requires.crds) ? requires.crds : [];
      return needed
        .filter((crd): crd is string => typeof crd === "string" && !known.has(crd))
        .map((crd) => `Application ${name} needs CRD ${crd}, and nothing brings it to ${cluster.name}.`);
    });
}

function namespacesByTenant(estate: Estate, cluster: string): ReadonlyMap<string, readonly string[]> {
  const byTenant = new Map<string, Set<string>>();
  for (const { cluster: on, tenant, namespace } of [...estate.objects, ...estate.workloads]) {
    if (on !== cluster || namespace === undefined) continue;
    const known = byTenant.get(tenant);
    if (known === undefined) byTenant.set(tenant, new Set([namespace]));
    else known.add(namespace);
  }
  return new Map([...byTenant].map(([tenant, names]) => [tenant, [...names]]));
}
