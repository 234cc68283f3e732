import { builtInTypeName } from "../../estate/kubernetes/built-in-types.ts";
import { groupKind } from "../../estate/kubernetes/group-kind.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { FactoredUnit } from "../../gitops/factoring/factored-unit.ts";
import { repetitionOf } from "../../gitops/factoring/repetition.ts";
import type { ChangePlan } from "../../gitops/regeneration/plan-changes.ts";
import type { ClusterDelivery, ObjectCount, RepositoryReport, UnitDelivery } from "./repository-report.ts";

type Terms = Pick<
  RepositoryReport,
  "packaging" | "agent" | "cloudTarget" | "infrastructure" | "stage" | "proofs" | "assumptions" | "diagnostics"
>;

/** What a render gives, in numbers. */
export function repositoryReport(
  estate: Estate,
  factored: readonly FactoredUnit[],
  { changes, unchanged }: ChangePlan,
  terms: Terms,
): RepositoryReport {
  const countOf = (kind: string) => changes.filter((change) => change.kind === kind).length;
  const { writtenFields, leafFields } = repetitionOf(factored);
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "Repository",
    estate: estate.name,
    packaging: terms.packaging,
    agent: terms.agent,
    ...(terms.cloudTarget === undefined ? {} : { cloudTarget: terms.cloudTarget }),
    ...(terms.infrastructure === undefined ? {} : { infrastructure: terms.infrastructure }),
    ...(terms.stage === undefined ? {} : { stage: terms.stage }),
    written: false,
    files: {
      added: countOf("added"),
      changed: countOf("changed"),
      merged: countOf("merged"),
      removed: countOf("removed"),
      unchanged,
    },
    changes: changes.map(({ path, kind }) => ({ path, kind })),
    clusters: estate.clusters.flatMap((cluster) => clusterDelivery(cluster, factored)),
    units: factored.map(unitDelivery),
    objects: objectCounts(factored),
    repetition: { writtenFields, leafFields, saved: leafFields === 0 ? 0 : 1 - writtenFields / leafFields },
    proofs: terms.proofs,
    assumptions: terms.assumptions,
    diagnostics: terms.diagnostics,
  };
}

function clusterDelivery(
  { name, region, ring, environments }: Estate["clusters"][number],
  factored: readonly FactoredUnit[],
): readonly ClusterDelivery[] {
  const leaves = factored.flatMap(({ unit }) => unit.leaves.filter(({ cluster }) => cluster === name));
  if (leaves.length === 0) return [];
  const objects = leaves.reduce((sum, leaf) => sum + leaf.objects.length, 0);
  return [
    { cluster: name, region, ...(ring === undefined ? {} : { ring }), environments, leaves: leaves.length, objects },
  ];
}

function unitDelivery({ unit, base, variations }: FactoredUnit): UnitDelivery {
  return {
    tree: unit.tree,
    name: unit.name,
    tenant: unit.tenant,
    leaves: unit.leaves.length,
    base: base.length,
    variations: variations.map(({ axis, name }) => `${axis} ${name}`),
  };
}

function objectCounts(factored: readonly FactoredUnit[]): readonly ObjectCount[] {
  const counts = new Map<string, { objects: number; readonly validated: boolean }>();
  for (const object of factored.flatMap(({ unit }) => unit.leaves.flatMap(({ objects }) => objects))) {
    const apiVersion = String(object.apiVersion);
    const kind = String(object.kind);
    const key = groupKind({ apiVersion, kind });
    const count = counts.get(key);
    if (count !== undefined) count.objects += 1;
    else counts.set(key, { objects: 1, validated: builtInTypeName(apiVersion, kind) !== undefined });
  }
  return [...counts]
    .map(([kind, count]) => ({ kind, ...count }))
    .sort((left, right) => right.objects - left.objects || (left.kind < right.kind ? -1 : 1));
}
