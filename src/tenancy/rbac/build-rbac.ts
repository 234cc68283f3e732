import { apiGroup } from "../../estate/kubernetes/group-kind.ts";
import { asText } from "../../estate/kubernetes/json-value.ts";
import type { Estate, PlacedObject } from "../../estate/model/estate.ts";
import { type AccessRule, type ResourceAccess, ruleAllows, ruleTouches } from "./access-rule.ts";
import { type Binding, type BrokenBinding, readBindings } from "./bindings.ts";
import { readRoles } from "./roles.ts";
import { impliedGroups, type Subject, subjectKey } from "./subject.ts";

/** One rule that a subject has, with the way it came by it. */
export interface GrantedRule {
  readonly rule: AccessRule;
  /** Where it holds; undefined: in every namespace and on cluster-scoped kinds. */
  readonly namespace: string | undefined;
  readonly binding: Binding;
  /** The subject itself, or the group through which it is bound. */
  readonly through: Subject;
}

/**
 * Who may do what on one cluster by Kubernetes RBAC. Role assignments of Azure are outside the manifests: where a cluster
 * uses them, more may be allowed than is said here, never less.
 */
export interface Rbac {
  readonly cluster: string;
  /** Everybody whom a binding names, and every service account that is declared or used; sorted. */
  readonly subjects: readonly Subject[];
  /** Those of the manifests and those that every cluster has. */
  readonly bindings: readonly Binding[];
  readonly broken: readonly BrokenBinding[];
  /** Everything the subject may do, through its groups too. */
  rulesOf(subject: Subject): readonly GrantedRule[];
  /** Bindings that reach the subject and whose role nobody knows: what they grant cannot be told. */
  unknownGrantsOf(subject: Subject): readonly Binding[];
  /** The first rule that allows the request as it stands. */
  allowedBy(subject: Subject, access: ResourceAccess): GrantedRule | undefined;
  /** The first rule that allows the request on some object at least: also what is limited to names. */
  touchedBy(subject: Subject, access: ResourceAccess): GrantedRule | undefined;
  allows(subject: Subject, access: ResourceAccess): boolean;
}

/** Works out the roles and bindings of one cluster, over all environments that it serves. */
export function buildRbac(estate: Pick<Estate, "objects" | "workloads">, cluster: string): Rbac {
  const here = estate.objects.filter((placed) => placed.cluster === cluster);
  const objects = here.filter(({ object }) => apiGroup(object.apiVersion) === "rbac.authorization.k8s.io");
  const roles = readRoles(objects);
  const { bindings, broken } = readBindings(objects);
  const bySubject = groupBySubject(bindings);
  const rulesByKey = new Map<string, readonly GrantedRule[]>();

  function bindingsOf(subject: Subject): readonly (readonly [Subject, Binding])[] {
    const groups = impliedGroups(subject).map((name): Subject => ({ kind: "Group", name }));
    return [subject, ...groups].flatMap((through) =>
      (bySubject.get(subjectKey(through)) ?? []).map((binding) => [through, binding] as const),
    );
  }

  function rulesOf(subject: Subject): readonly GrantedRule[] {
    const key = subjectKey(subject);
    const known = rulesByKey.get(key);
    if (known !== undefined) return known;
    const rules = bindingsOf(subject).flatMap(([through, binding]) =>
      (roles.rulesOf(binding.role) ?? []).map((rule) => ({ rule, namespace: binding.namespace, binding, through })),
    );
    rulesByKey.set(key, rules);
    return rules;
  }

  function allowedBy(subject: Subject, access: ResourceAccess): GrantedRule | undefined {
    return rulesOf(subject).find((granted) => holdsIn(granted, access) && ruleAllows(granted.rule, access));
  }

  return {
    cluster,
    subjects: knownSubjects(here, estate.workloads, cluster, bindings),
    bindings,
    broken,
    rulesOf,
    unknownGrantsOf: (subject) =>
      bindingsOf(subject)
        .map(([, binding]) => binding)
        .filter(({ role }) => roles.rulesOf(role) === undefined),
    allowedBy,
    touchedBy: (subject, access) =>
      rulesOf(subject).find((granted) => holdsIn(granted, access) && ruleTouches(granted.rule, access)),
    allows: (subject, access) => allowedBy(subject, access) !== undefined,
  };
}

/** A grant in one namespace allows nothing over all namespaces, nor on cluster-scoped kinds. */
function holdsIn({ namespace }: GrantedRule, access: ResourceAccess): boolean {
  return namespace === undefined || namespace === access.namespace;
}

function groupBySubject(bindings: readonly Binding[]): ReadonlyMap<string, readonly Binding[]> {
  const bySubject = new Map<string, Binding[]>();
  for (const binding of bindings) {
    for (const key of new Set(binding.subjects.map(subjectKey))) {
      const known = bySubject.get(key);
      if (known === undefined) bySubject.set(key, [binding]);
      else known.push(binding);
    }
  }
  return bySubject;
}

function knownSubjects(
  objects: readonly PlacedObject[],
  workloads: Estate["workloads"],
  cluster: string,
  bindings: readonly Binding[],
): readonly Subject[] {
  const declared = objects.flatMap(({ object, namespace }): Subject[] =>
    object.kind === "ServiceAccount" && object.apiVersion === "v1" && namespace !== undefined
      ? [{ kind: "ServiceAccount", namespace, name: object.name }]
      : [],
  );
  const used = workloads
    .filter((workload) => workload.cluster === cluster)
    .map((workload): Subject => serviceAccountOf(workload));
  const all = [...bindings.flatMap(({ subjects }) => subjects), ...declared, ...used];
  const byKey = new Map(all.map((subject) => [subjectKey(subject), subject]));
  return [...byKey].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, subject]) => subject);
}

/** The service account that a workload's pods run as. */
export function serviceAccountOf({ namespace, podSpec }: Pick<Estate["workloads"][number], "namespace" | "podSpec">) {
  const name = asText(podSpec.serviceAccountName) ?? asText(podSpec.serviceAccount) ?? "default";
  return { kind: "ServiceAccount", namespace, name } as const;
}
