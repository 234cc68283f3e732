import type { AuditFinding } from "../../../src/audit/report/group-findings.ts";
import type { Assessment } from "../../../src/operations/assessment/assessment.ts";
import { type FilterFacts, present, ruleId } from "../graph/filter.ts";

/** A finding with what a filter can ask of it. */
export interface FactedFinding {
  readonly finding: AuditFinding;
  /** Of all its occurrences. */
  readonly facts: FilterFacts;
  /** What free words are looked for in, beside the facts. */
  readonly words: readonly string[];
}

type KnownSubjects = (subject: string) => FilterFacts | undefined;

const noFacts: FilterFacts = {
  tenant: [],
  app: [],
  namespace: [],
  env: [],
  cluster: [],
  region: [],
  pool: [],
  kind: [],
  name: [],
  severity: [],
  rule: [],
};

/** Findings with their facts: those of the workload, or what the subject's own words and its namespace tell. */
export function factFindings(
  findings: readonly AuditFinding[],
  assessment: Assessment,
  workloads: ReadonlyMap<string, FilterFacts>,
): readonly FactedFinding[] {
  const objects = objectFacts(assessment);
  const factsOf: KnownSubjects = (subject) => workloads.get(subject) ?? objects(subject);
  return findings.map((finding) => {
    const own = { severity: [finding.severity], rule: [ruleId(finding.rule)] };
    const places = finding.occurrences.flatMap(({ subject }) => factsOf(subject) ?? []);
    const words = [finding.message, finding.name, finding.rule, finding.subjectLabel, finding.place.source];
    return { finding, facts: { ...merge(places), ...own }, words };
  });
}

/** Facts of what is no workload: `env/cluster/Kind/name`, `env/cluster/namespace/Kind/name`, `Kind/name`, `Tenant/cluster/name`. */
function objectFacts({ structure, estate }: Assessment): KnownSubjects {
  const regions = new Map(structure.clusters.map(({ cluster, region }) => [cluster, region]));
  const owners = new Map(
    structure.clusters.flatMap(({ cluster, namespaces }) =>
      namespaces.map(({ namespace, tenant }) => [`${cluster}/${namespace}`, tenant] as const),
    ),
  );
  const tenants = new Set(estate.tenants);
  return (subject) => {
    const segments = subject.split("/");
    const cluster = segments.find((segment) => regions.has(segment));
    const env = estate.environments.find((name) => name === segments[0]);
    const [kind, name] = env === undefined ? [segments[0], segments.at(-1)] : segments.slice(-2);
    const namespace = kind === "Namespace" ? name : segments.length > 4 ? segments[2] : undefined;
    const tenant =
      kind === "Tenant" && name !== undefined && tenants.has(name) ? name : owners.get(`${cluster}/${namespace}`);
    return {
      ...noFacts,
      tenant: present(tenant),
      namespace: present(namespace),
      env: present(env),
      cluster: present(cluster),
      region: present(regions.get(cluster ?? "")),
      kind: present(kind),
      name: present(name),
    };
  };
}

function merge(facts: readonly FilterFacts[]): FilterFacts {
  const union = (key: keyof FilterFacts) => [...new Set(facts.flatMap((one) => one[key]))];
  return {
    tenant: union("tenant"),
    app: union("app"),
    namespace: union("namespace"),
    env: union("env"),
    cluster: union("cluster"),
    region: union("region"),
    pool: union("pool"),
    kind: union("kind"),
    name: union("name"),
    severity: union("severity"),
    rule: union("rule"),
  };
}
