import type { Estate } from "../../estate/model/estate.ts";
import { admissionBehaviours } from "./admission-behaviours.ts";
import { type BehaviourVerdict, tenancyBehaviourNames } from "./behaviours.ts";
import type { Rbac } from "./build-rbac.ts";
import { dangerousPowers, type Power } from "./dangerous-powers.ts";
import { rbacBehaviours } from "./rbac-behaviours.ts";
import type { Subject } from "./subject.ts";
import { namespacesOf, type TenantSubject, tenantSubjects } from "./tenant-subjects.ts";

/** A dangerous power and who has it. */
interface HeldPower extends Power {
  readonly subject: Subject;
}

/** What stands between a tenant and the rest of one cluster. */
export interface TenantFence {
  readonly tenant: string;
  readonly cluster: string;
  /** Sorted. */
  readonly namespaces: readonly string[];
  readonly subjects: readonly TenantSubject[];
  readonly powers: readonly HeldPower[];
  /** All behaviours, in their order. */
  readonly behaviours: readonly BehaviourVerdict[];
}

/** What a tenant's subjects can do beyond its namespaces, and which of the tenancy behaviours hold. */
export function tenantFence(estate: Estate, rbac: Rbac, tenant: string): TenantFence {
  const here = namespacesOf(estate, rbac.cluster, tenant);
  const present = namespacesOn(estate, rbac.cluster);
  const namespaces = [...here].filter((namespace) => present.has(namespace));
  const subjects = tenantSubjects(estate, rbac, tenant, here);
  const actors = subjects.map(({ subject }) => subject);
  const verdicts = [
    ...rbacBehaviours(rbac, actors, here, estate.complete),
    ...admissionBehaviours(estate, rbac.cluster, namespaces),
  ];
  return {
    tenant,
    cluster: rbac.cluster,
    namespaces,
    subjects,
    powers: actors.flatMap((subject) => dangerousPowers(rbac, subject, here).map((power) => ({ ...power, subject }))),
    behaviours: tenancyBehaviourNames.flatMap((name) => verdicts.find(({ behaviour }) => behaviour === name) ?? []),
  };
}

/** Namespaces that are declared on a cluster or have something in them. */
function namespacesOn({ objects, workloads }: Estate, cluster: string): ReadonlySet<string> {
  const declared = objects.flatMap(({ cluster: on, namespace, object }) =>
    on === cluster ? [object.kind === "Namespace" ? object.name : (namespace ?? "")] : [],
  );
  const used = workloads.flatMap((workload) => (workload.cluster === cluster ? [workload.namespace] : []));
  return new Set([...declared, ...used]);
}
