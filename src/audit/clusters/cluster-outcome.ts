import { formatFieldPath } from "../../estate/kubernetes/field-path.ts";
import type { DeclaredPart } from "../../estate/model/declared-part.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { Place } from "../../estate/sources/place.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import type { Fix } from "../finding.ts";
import { changesAsPatch } from "../fixes/changes-as-patch.ts";
import type { FieldEdit } from "../fixes/manifest-fix.ts";
import type { ManifestChange } from "../manifest-change.ts";
import type { RuleOutcome } from "../rule.ts";
import type { DeclaredCluster, DeclaredPool } from "./declared-settings.ts";

/** What a rule adds to the cluster or pool it speaks of. */
export type DeclaredVerdict = Pick<RuleOutcome, "verdict" | "message"> &
  Partial<Pick<RuleOutcome, "part" | "missing" | "severity" | "environment" | "monthlyCost" | "mendedBy">> & {
    /** The field that decides, inside the cluster's `spec` or the pool's entry. */
    readonly field?: FieldPath;
    /** Its place, where it stands in another document. */
    readonly place?: Place;
    readonly fix?: { readonly description: string; readonly edits?: readonly FieldEdit[] };
  };

/** An outcome about a declared cluster; it weighs as in the most critical environment that the cluster serves. */
export function clusterVerdict(estate: Estate, cluster: DeclaredCluster, verdict: DeclaredVerdict): RuleOutcome {
  return partOutcome(estate, cluster, cluster.declared, verdict, {
    subject: `Cluster/${cluster.name}`,
    subjectLabel: cluster.name,
  });
}

/** An outcome about a declared node pool. */
export function poolVerdict(
  estate: Estate,
  cluster: DeclaredCluster,
  pool: DeclaredPool,
  verdict: DeclaredVerdict,
): RuleOutcome {
  return partOutcome(estate, cluster, pool.declared, verdict, {
    subject: `NodePool/${cluster.name}/${pool.name}`,
    subjectLabel: `${cluster.name}/${pool.name}`,
  });
}

/** A pass; nothing is said of it. */
export function clusterPasses(estate: Estate, cluster: DeclaredCluster): RuleOutcome {
  return clusterVerdict(estate, cluster, { verdict: "pass", message: "" });
}

export function poolPasses(estate: Estate, cluster: DeclaredCluster, pool: DeclaredPool): RuleOutcome {
  return poolVerdict(estate, cluster, pool, { verdict: "pass", message: "" });
}

/** Fields that the document would have to state for a verdict. */
export function unstated(what: string, fields: readonly string[], missing = "needs-C"): DeclaredVerdict {
  const list = fields.join(", ");
  const message = `${what} does not say ${list}, and the estate is not declared complete.`;
  return { verdict: "notEvaluable", missing: [missing], message };
}

function partOutcome(
  estate: Estate,
  cluster: DeclaredCluster,
  part: DeclaredPart,
  { field, place, fix, ...verdict }: DeclaredVerdict,
  subject: Pick<RuleOutcome, "subject" | "subjectLabel">,
): RuleOutcome {
  return {
    environment: mostCriticalEnvironment(estate, cluster),
    ...verdict,
    ...subject,
    tenant: undefined,
    namespace: undefined,
    place: place ?? part.locate(field ?? []),
    ...(field === undefined ? {} : { path: formatFieldPath([...part.path, ...field]) }),
    ...(fix === undefined ? {} : { fix: declaredFix(cluster, part, fix) }),
  };
}

const weight = { low: 0, medium: 1, high: 2 };

/** The environment by whose criticality findings on a cluster weigh. */
export function mostCriticalEnvironment(
  { environments }: Estate,
  cluster: Pick<DeclaredCluster, "environments">,
): string | undefined {
  const served = environments.filter(({ name }) => cluster.environments.includes(name));
  return served.toSorted((left, right) => weight[right.criticality] - weight[left.criticality])[0]?.name;
}

function declaredFix(
  cluster: DeclaredCluster,
  part: DeclaredPart,
  { description, edits }: NonNullable<DeclaredVerdict["fix"]>,
): Fix {
  if (edits === undefined) return { description };
  const target = { apiVersion: "scantling/v1alpha1", kind: "Cluster", namespace: undefined, name: cluster.name };
  const changes = edits.map(({ path, value }): ManifestChange => {
    const whole = [...part.path, ...path];
    return value === undefined ? { kind: "remove", target, path: whole } : { kind: "set", target, path: whole, value };
  });
  return { description, changes, patch: changesAsPatch(changes, () => poolNames(cluster)) };
}

/** As much of the document as a reader of the patch needs to know its pools by name. */
function poolNames(cluster: DeclaredCluster): { readonly spec: { readonly nodePools: readonly unknown[] } } {
  const nodePools: unknown[] = [];
  for (const { name, declared } of cluster.nodePools) {
    const index = declared?.path.at(-1);
    if (typeof index === "number") nodePools[index] = { name };
  }
  return { spec: { nodePools } };
}
