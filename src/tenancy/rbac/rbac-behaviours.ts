import type { ResourceAccess } from "./access-rule.ts";
import type { BehaviourVerdict, TenancyBehaviour } from "./behaviours.ts";
import type { GrantedRule, Rbac } from "./build-rbac.ts";
import { clusterScopedResources, isClusterScoped, type Resource } from "./cluster-scoped-resources.ts";
import { dangerousPowers } from "./dangerous-powers.ts";
import { type Subject, subjectInWords } from "./subject.ts";

type RbacBehaviour = Extract<
  TenancyBehaviour,
  "clusterScoped" | "foreignNamespaces" | "quotas" | "platformObjects" | "escalation" | "ownPolicies" | "ownRoles"
>;

const rbacGroup = "rbac.authorization.k8s.io";
const writes = ["create", "update", "patch", "delete", "deletecollection"];
const changes = ["update", "patch", "delete", "deletecollection"];
const reads = ["get", "list", "watch"];

const quotaResources: readonly Resource[] = [
  ["", "resourcequotas"],
  ["", "limitranges"],
];

const fenceResources: readonly Resource[] = [
  ["networking.k8s.io", "networkpolicies"],
  [rbacGroup, "rolebindings"],
];

/** What the roles of a tenant's subjects let them do, behaviour by behaviour. */
export function rbacBehaviours(
  rbac: Rbac,
  subjects: readonly Subject[],
  ownNamespaces: ReadonlySet<string>,
  complete: boolean,
): readonly BehaviourVerdict[] {
  const tenant: TenantAccess = { rbac, subjects, ownNamespaces };
  const held: { readonly [name in Exclude<RbacBehaviour, "ownPolicies" | "ownRoles">]: string | undefined } = {
    clusterScoped: firstAccess(tenant, [undefined], clusterScopedResources, [...writes, ...reads]),
    foreignNamespaces: foreignAccess(tenant),
    quotas: firstAccess(tenant, [...ownNamespaces], quotaResources, writes),
    platformObjects:
      firstAccess(tenant, [...ownNamespaces], fenceResources, changes) ??
      firstAccess(tenant, [undefined], [["", "namespaces"]], changes),
    escalation: escalation(tenant),
  };
  const unknown = unknownGrant(tenant, complete);
  return [
    ...Object.entries(held).map(([name, because]) => denied(name as keyof typeof held, because, unknown)),
    allowed("ownPolicies", tenant, [["networking.k8s.io", "networkpolicies"]], unknown),
    allowed(
      "ownRoles",
      tenant,
      [
        [rbacGroup, "roles"],
        [rbacGroup, "rolebindings"],
      ],
      unknown,
    ),
  ];
}

interface TenantAccess {
  readonly rbac: Rbac;
  readonly subjects: readonly Subject[];
  readonly ownNamespaces: ReadonlySet<string>;
}

function denied(behaviour: RbacBehaviour, because: string | undefined, unknown: string | undefined): BehaviourVerdict {
  if (because !== undefined) return { behaviour, verdict: "broken", because };
  if (unknown !== undefined) return { behaviour, verdict: "notEvaluable", because: unknown };
  return { behaviour, verdict: "holds", because: "no role among the manifests lets a subject of it" };
}

function allowed(
  behaviour: RbacBehaviour,
  tenant: TenantAccess,
  resources: readonly Resource[],
  unknown: string | undefined,
): BehaviourVerdict {
  const namespaces = [...tenant.ownNamespaces];
  const missing = resources.find((resource) => firstAccess(tenant, namespaces, [resource], ["create"]) === undefined);
  if (missing === undefined) return { behaviour, verdict: "holds", because: "a role lets a subject of it" };
  if (unknown !== undefined) return { behaviour, verdict: "notEvaluable", because: unknown };
  return {
    behaviour,
    verdict: "broken",
    because: `no role lets a subject of it create ${missing[1]} in its namespaces`,
  };
}

/** The first subject that may do one of the verbs on one of the resources in one of the places, in words. */
function firstAccess(
  { rbac, subjects }: TenantAccess,
  namespaces: readonly (string | undefined)[],
  resources: readonly Resource[],
  verbs: readonly string[],
): string | undefined {
  for (const subject of subjects) {
    for (const namespace of namespaces) {
      for (const [group, resource] of resources) {
        for (const verb of verbs) {
          const access: ResourceAccess = { verb, group, resource, namespace };
          const grant = rbac.touchedBy(subject, access);
          if (grant !== undefined) return accessInWords(subject, access, grant);
        }
      }
    }
  }
  return undefined;
}

function accessInWords(subject: Subject, { verb, resource, namespace }: ResourceAccess, grant: GrantedRule): string {
  const where = namespace === undefined ? "" : ` in ${namespace}`;
  return `${subjectInWords(subject)} may ${verb} ${resource}${where} (${grant.binding.kind} ${grant.binding.name})`;
}

/** A rule bound in a foreign namespace, or everywhere and on more than cluster-scoped kinds. */
function foreignAccess({ rbac, subjects, ownNamespaces }: TenantAccess): string | undefined {
  for (const subject of subjects) {
    for (const { rule, namespace, binding } of rbac.rulesOf(subject)) {
      const isDefault = binding.place === undefined && binding.name !== "cluster-admin";
      if (isDefault || (namespace !== undefined && ownNamespaces.has(namespace))) continue;
      const [resource] = rule.resources.filter((each) => !isClusterScoped(each, rule.apiGroups));
      const [verb] = rule.verbs;
      if (resource === undefined || verb === undefined) continue;
      const verbInWords = verb === "*" ? "do everything with" : verb;
      const where = namespace === undefined ? "in every namespace" : `in ${namespace}`;
      return `${subjectInWords(subject)} may ${verbInWords} ${resource === "*" ? "every resource" : resource} ${where} (${binding.kind} ${binding.name})`;
    }
  }
  return undefined;
}

function escalation({ rbac, subjects, ownNamespaces }: TenantAccess): string | undefined {
  for (const subject of subjects) {
    const power = dangerousPowers(rbac, subject, ownNamespaces).find(({ name }) =>
      ["clusterAdmin", "wildcard", "escalate", "bind", "impersonate"].includes(name),
    );
    if (power !== undefined) {
      return `${subjectInWords(subject)} ${power.text} (${power.grant.binding.kind} ${power.grant.binding.name})`;
    }
  }
  return undefined;
}

/** Why the absence of a right proves nothing. */
function unknownGrant({ rbac, subjects }: TenantAccess, complete: boolean): string | undefined {
  for (const subject of subjects) {
    const [binding] = rbac.unknownGrantsOf(subject);
    if (binding !== undefined) {
      return `${binding.role.kind} ${binding.role.name}, which ${binding.kind} ${binding.name} gives to ${subjectInWords(subject)}, is not among the manifests`;
    }
  }
  return complete ? undefined : "the estate is not declared complete: roles may be missing";
}
