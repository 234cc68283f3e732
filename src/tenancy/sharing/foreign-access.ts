import type { Estate } from "../../estate/model/estate.ts";
import { buildRbac, type Rbac } from "../rbac/build-rbac.ts";
import { dangerousPowers, type Power, type PowerName } from "../rbac/dangerous-powers.ts";
import { subjectInWords } from "../rbac/subject.ts";
import { tenantSubjects } from "../rbac/tenant-subjects.ts";

/** Powers that open another tenant's namespaces; the others weaken the cluster as a whole. */
const opening: ReadonlySet<PowerName> = new Set([
  "clusterAdmin",
  "wildcard",
  "impersonate",
  "mintTokens",
  "readSecrets",
  "createPods",
  "execIntoPods",
  "nodesProxy",
]);

interface HeldPower {
  readonly power: Power;
  readonly holder: string;
}

/** How subjects of one tenant get into namespaces of another by RBAC, worked out once a cluster. */
export function foreignAccess(
  estate: Estate,
  namespacesOn: (cluster: string, tenant: string) => ReadonlySet<string>,
): (cluster: string, from: string, to: string) => string | undefined {
  const byCluster = new Map<string, Rbac>();
  const powersByTenant = new Map<string, readonly HeldPower[]>();
  const powersOf = (cluster: string, tenant: string): readonly HeldPower[] => {
    const key = `${cluster}/${tenant}`;
    const known = powersByTenant.get(key);
    if (known !== undefined) return known;
    const rbac = byCluster.get(cluster) ?? buildRbac(estate, cluster);
    byCluster.set(cluster, rbac);
    const own = namespacesOn(cluster, tenant);
    const powers = tenantSubjects(estate, rbac, tenant, own).flatMap(({ subject }) =>
      dangerousPowers(rbac, subject, own)
        .filter(({ name }) => opening.has(name))
        .map((power) => ({ power, holder: subjectInWords(subject) })),
    );
    powersByTenant.set(key, powers);
    return powers;
  };
  return (cluster, from, to) => {
    const theirs = namespacesOn(cluster, to);
    const held = powersOf(cluster, from).find(
      ({ power }) => power.namespace === undefined || theirs.has(power.namespace),
    );
    if (held === undefined) return undefined;
    const { power, holder } = held;
    const where = power.namespace === undefined ? "in every namespace" : `in ${power.namespace}`;
    return `${holder} of ${from} ${power.text} ${where} of ${cluster} (${power.grant.binding.kind} ${power.grant.binding.name})`;
  };
}
