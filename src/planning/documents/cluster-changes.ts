import { asObject } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { PlannedCluster } from "../structure-plan.ts";
import type { DocumentChange, DocumentName, FieldChange } from "./document-change.ts";
import { nodePoolEntry } from "./node-pool-entry.ts";
import { poolChanges } from "./pool-changes.ts";
import { isSameSet } from "./same-names.ts";

/** Values of the documents that are declared, as they are written. */
export type WrittenDocuments = (document: DocumentName) => JsonObject | undefined;

/** Changes of the Cluster documents: those that are planned anew, those that change, and those that nothing runs on. */
export function clusterChanges(
  estate: Estate,
  clusters: readonly PlannedCluster[],
  written: WrittenDocuments,
): readonly DocumentChange[] {
  const kept = new Set(clusters.map(({ cluster }) => cluster.name));
  const used = new Set(estate.workloads.map(({ cluster }) => cluster));
  return [
    ...clusters.flatMap((planned) => changesOf(planned, written)),
    ...estate.clusters
      .filter(({ name, declared }) => declared !== undefined && !kept.has(name) && used.has(name))
      .map(({ name }): DocumentChange => ({ kind: "remove", document: { kind: "Cluster", name } })),
  ];
}

function changesOf(planned: PlannedCluster, written: WrittenDocuments): readonly DocumentChange[] {
  const { cluster, template, isDeclared } = planned;
  const document: DocumentName = { kind: "Cluster", name: cluster.name };
  if (!isDeclared || template.declared === undefined) {
    const like: DocumentName = { kind: "Cluster", name: template.name };
    const declared = template.declared === undefined ? undefined : written(like);
    const beside = declared === undefined ? undefined : like;
    return [{ kind: "create", document, spec: newSpec(cluster, asObject(declared?.["spec"])), beside }];
  }
  const changes: readonly FieldChange[] = [
    ...(cluster.tier === template.tier ? [] : [{ path: ["spec", "tier"], value: cluster.tier }]),
    ...(isSameSet(cluster.environments, template.environments)
      ? []
      : [{ path: ["spec", "environments"], value: cluster.environments }]),
    ...poolChanges(template, cluster.nodePools),
  ];
  return changes.length === 0 ? [] : [{ kind: "edit", document, changes }];
}

/** Everything that the declared cluster says, with what is planned; without one, what the model knows. */
function newSpec(cluster: Cluster, like: JsonObject): JsonObject {
  const { region, environments, tier, kubernetesVersion, operatingModel, network } = cluster;
  const { plugin, outbound } = network;
  const assumed: JsonObject =
    Object.keys(like).length === 0 ? { operatingModel, kubernetesVersion, network: { plugin, outbound } } : like;
  return { region, ...assumed, environments, tier, nodePools: cluster.nodePools.map(nodePoolEntry) };
}
