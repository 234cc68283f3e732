import { formatFieldPath } from "../../estate/kubernetes/field-path.ts";
import { scopeKey } from "../../estate/kubernetes/object-index.ts";
import type { Cluster, NodePool } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { Place } from "../../estate/sources/place.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import type { RuleOutcome } from "../rule.ts";
import type { TenantNamespace } from "./tenant-namespaces.ts";

/** What a rule adds to the subject it speaks of. */
export type SubjectVerdict = Pick<RuleOutcome, "verdict" | "message"> &
  Partial<Pick<RuleOutcome, "part" | "missing" | "fix" | "severity" | "tenant" | "environment" | "control">> & {
    /** The field inside the object that decides. */
    readonly field?: FieldPath;
    /** Its place, where it stands in another object. */
    readonly place?: Place;
  };

/** An outcome about a namespace, whether or not its Namespace object is in the input. */
export function namespaceOutcome(
  namespace: TenantNamespace,
  { field, place, ...verdict }: SubjectVerdict,
): RuleOutcome {
  const { environment, cluster, tenant, namespace: name, declared } = namespace;
  const fieldPlace = field === undefined ? undefined : declared?.object.locate(field);
  return {
    environment,
    tenant,
    ...verdict,
    subject: `${scopeKey({ environment, cluster, namespace: undefined })}/Namespace/${name}`,
    subjectLabel: `Namespace/${name}`,
    namespace: name,
    place: place ?? fieldPlace ?? namespace.place(),
    ...(field === undefined ? {} : { path: formatFieldPath(field) }),
  };
}

/** An outcome about a cluster; it weighs as in the most critical environment that the cluster serves. */
export function clusterOutcome(
  estate: Estate,
  cluster: Cluster,
  { place, ...verdict }: Omit<SubjectVerdict, "field">,
): RuleOutcome {
  return {
    environment: mostCritical(estate, cluster),
    tenant: undefined,
    ...verdict,
    subject: `Cluster/${cluster.name}`,
    subjectLabel: cluster.name,
    namespace: undefined,
    place: place ?? cluster.place ?? estate.place ?? { precision: "file", source: "" },
  };
}

/** An outcome about a node pool. */
export function poolOutcome(estate: Estate, cluster: Cluster, pool: NodePool, verdict: SubjectVerdict): RuleOutcome {
  const place = verdict.place ?? pool.place ?? cluster.place;
  return {
    ...clusterOutcome(estate, cluster, place === undefined ? verdict : { ...verdict, place }),
    subject: `NodePool/${cluster.name}/${pool.name}`,
    subjectLabel: `${cluster.name}/${pool.name}`,
  };
}

const weight = { low: 0, medium: 1, high: 2 };

function mostCritical({ environments }: Estate, cluster: Cluster): string | undefined {
  const served = environments.filter(({ name }) => cluster.environments.includes(name));
  return served.toSorted((left, right) => weight[right.criticality] - weight[left.criticality])[0]?.name;
}
