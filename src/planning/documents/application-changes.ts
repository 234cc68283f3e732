import type { Application } from "../../estate/model/application.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { DocumentChange, FieldChange } from "./document-change.ts";
import { isSameSet } from "./same-names.ts";

/**
 * Changes of `Application.spec.clusters`, so that each application is on the clusters that the plan has for it: stated
 * where every cluster that serves the environment is not what is meant, or where something else is stated.
 */
export function applicationChanges(declared: Estate, planned: Estate): readonly DocumentChange[] {
  const before = new Map(declared.applications.map((application) => [application.name, application]));
  return planned.applications.flatMap((application): readonly DocumentChange[] => {
    const old = before.get(application.name);
    if (old?.place === undefined) return [];
    const changes = application.environments.flatMap((environment) =>
      changesIn(environment, old, application, declared.clusters, planned.clusters),
    );
    const document = { kind: "Application", name: application.name } as const;
    return changes.length === 0 ? [] : [{ kind: "edit", document, changes }];
  });
}

function changesIn(
  environment: string,
  old: Application,
  planned: Application,
  declaredClusters: readonly Cluster[],
  plannedClusters: readonly Cluster[],
): readonly FieldChange[] {
  const wanted = planned.clusters.get(environment) ?? [];
  const bound = old.clusters.get(environment) ?? [];
  const isByDefault = isSameSet(bound, serving(declaredClusters, environment));
  const comesOut = isByDefault ? serving(plannedClusters, environment) : bound;
  if (wanted.length === 0 || isSameSet(wanted, comesOut)) return [];
  return [{ path: ["spec", "clusters", environment], value: wanted }];
}

function serving(clusters: readonly Cluster[], environment: string): readonly string[] {
  return clusters.filter(({ environments }) => environments.includes(environment)).map(({ name }) => name);
}
