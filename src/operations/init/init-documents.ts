import type { Assumption } from "../../estate/assumptions/assumption.ts";
import type { Cluster, NodePool } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { Tenant } from "../../estate/model/tenant.ts";
import type { YamlField, YamlValue } from "./yaml-text.ts";

/** The fields of one document below `spec`, with its kind and name. */
export interface InitDocument {
  readonly kind: string;
  readonly name: string;
  readonly spec: readonly YamlField[];
}

/** The assumption of a rule on a subject as a comment: id, name and why. */
export type Explain = (rule: string, subject: string) => readonly string[];

/** Looks up what was assumed; each comment line carries the id, so that it can be found in a report. */
export function explainAssumptions(assumptions: readonly Assumption[]): Explain {
  const bySubject = new Map(assumptions.map((assumption) => [`${assumption.name}\n${assumption.subject}`, assumption]));
  return (rule, subject) => {
    const assumption = bySubject.get(`${rule}\n${subject}`);
    return assumption === undefined ? [] : [`${assumption.id} ${assumption.name}: ${assumption.text}`];
  };
}

export function estateDocument(estate: Estate, explain: Explain): InitDocument {
  return {
    kind: "Estate",
    name: estate.name,
    spec: [
      field("complete", estate.complete, [
        "true once everything is declared: then what is missing can be proven missing",
      ]),
      field("currency", estate.currency, [
        'with another currency, add exchangeRates: {EUR: {perUsd: 0.92, asOf: "2026-11-20"}}',
      ]),
      field("classifications", estate.classifications, ["classes of data in rising order"]),
      field("regions", {
        items: estate.regions.map(({ name, zones }) => [field("name", name), field("zones", zones)]),
      }),
      field(
        "environments",
        {
          items: estate.environments.map((environment) => [
            field("name", environment.name),
            field("criticality", environment.criticality),
            field("hours", environment.hours),
            field("timeZone", environment.timeZone),
          ]),
        },
        explain("default-environment", "Estate"),
      ),
    ],
  };
}

export function clusterDocument(cluster: Cluster, explain: Explain): InitDocument {
  const subject = `Cluster/${cluster.name}`;
  return {
    kind: "Cluster",
    name: cluster.name,
    spec: [
      field("region", cluster.region, explain("default-region", subject)),
      field("environments", cluster.environments),
      field("operatingModel", cluster.operatingModel, [
        "rawAks: teams own what AKS leaves to its user; platformProduct: a platform team does",
      ]),
      field("tier", cluster.tier, explain("default-cluster-tier", subject)),
      field("kubernetesVersion", cluster.kubernetesVersion, explain("kubernetes-version", subject)),
      field(
        "network",
        { fields: [field("plugin", cluster.network.plugin), field("outbound", cluster.network.outbound)] },
        ["policyEngine (none, azure, calico, cilium) decides whether NetworkPolicy objects hold"],
      ),
      field("nodePools", { items: cluster.nodePools.map(nodePoolFields) }, explain("default-node-pools", subject)),
    ],
  };
}

function nodePoolFields(pool: NodePool): readonly YamlField[] {
  return [
    field("name", pool.name),
    field("mode", pool.mode),
    field("vmSize", pool.vmSize),
    field("zones", pool.zones),
    ...(pool.minimumNodes === pool.maximumNodes ? [field("count", pool.minimumNodes)] : []),
    field(
      "maxPods",
      pool.maxPods,
      pool.minimumNodes === pool.maximumNodes
        ? []
        : ["count, or autoscaling: {min: 3, max: 9}; left out, there are as many nodes as the workloads need"],
    ),
    field("osSku", pool.osSku),
    field("osDisk", { fields: [field("type", pool.osDisk.type)] }),
    ...(pool.taints.length === 0
      ? []
      : [
          field("taints", {
            items: pool.taints.map(({ key, value, effect }) => [
              field("key", key),
              ...(value === undefined ? [] : [field("value", value)]),
              field("effect", effect),
            ]),
          }),
        ]),
  ];
}

export function tenantDocument(tenant: Tenant, explain: Explain): InitDocument {
  return {
    kind: "Tenant",
    name: tenant.name,
    spec: [
      field("namespaces", tenant.namespaces, explain("tenant-per-namespace", `Tenant/${tenant.name}`)),
      field("trust", tenant.trust, [
        "team, internal, external or hostile: decides what it may share; add owners, classification, quota and budget",
      ]),
    ],
  };
}

export function field(key: string, value: YamlValue, comments: readonly string[] = []): YamlField {
  return comments.length === 0 ? { key, value } : { key, value, comments };
}
