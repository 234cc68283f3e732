import type { ResourceAccess } from "./access-rule.ts";
import type { GrantedRule, Rbac } from "./build-rbac.ts";
import type { Subject } from "./subject.ts";

/** What lets a tenant step beyond its namespaces, or make itself more than it was given. */
export type PowerName =
  | "clusterAdmin"
  | "wildcard"
  | "escalate"
  | "bind"
  | "impersonate"
  | "mintTokens"
  | "readSecrets"
  | "createPods"
  | "execIntoPods"
  | "nodesProxy"
  | "createPersistentVolumes"
  | "approveCertificates"
  | "writeWebhooks"
  | "writeNamespaces"
  | "writeNetworkPolicies";

/** A dangerous power that a subject has. */
export interface Power {
  readonly name: PowerName;
  /** A clause such as `may read Secrets in every namespace`. */
  readonly text: string;
  /** Where it holds; undefined: in every namespace or on the whole cluster. */
  readonly namespace: string | undefined;
  readonly grant: GrantedRule;
}

interface PowerRule {
  readonly name: PowerName;
  /** `everywhere`: dangerous in the tenant's own namespaces too; `foreign`: only beyond them; `cluster`: a cluster-scoped kind. */
  readonly reach: "everywhere" | "foreign" | "cluster";
  readonly text: string;
  readonly access: readonly Pick<ResourceAccess, "verb" | "group" | "resource">[];
}

const rbacGroup = "rbac.authorization.k8s.io";
const admission = "admissionregistration.k8s.io";

function verbsOn(group: string, resources: readonly string[], verbs: readonly string[]): PowerRule["access"] {
  return resources.flatMap((resource) => verbs.map((verb) => ({ verb, group, resource })));
}

const writes = ["create", "update", "patch", "delete"];
const podMakers: PowerRule["access"] = [
  ...verbsOn("", ["pods", "replicationcontrollers"], ["create"]),
  ...verbsOn("apps", ["deployments", "statefulsets", "daemonsets", "replicasets"], ["create"]),
  ...verbsOn("batch", ["jobs", "cronjobs"], ["create"]),
];

/** Worst first. Each is told once a subject and place, the first access that holds as the evidence. */
const powerRules: readonly PowerRule[] = [
  {
    name: "escalate",
    reach: "everywhere",
    text: "may give roles more than it has itself (escalate)",
    access: verbsOn(rbacGroup, ["roles", "clusterroles"], ["escalate"]),
  },
  {
    name: "bind",
    reach: "everywhere",
    text: "may bind roles that it does not have itself (bind)",
    access: verbsOn(rbacGroup, ["roles", "clusterroles"], ["bind"]),
  },
  {
    name: "impersonate",
    reach: "foreign",
    text: "may act as others (impersonate)",
    access: verbsOn("", ["users", "groups", "serviceaccounts"], ["impersonate"]),
  },
  {
    name: "mintTokens",
    reach: "foreign",
    text: "may make tokens of service accounts",
    access: verbsOn("", ["serviceaccounts/token"], ["create"]),
  },
  {
    name: "readSecrets",
    reach: "foreign",
    text: "may read Secrets",
    access: verbsOn("", ["secrets"], ["get", "list", "watch"]),
  },
  {
    name: "createPods",
    reach: "foreign",
    text: "may create pods, and so use every Secret and service account",
    access: podMakers,
  },
  {
    name: "execIntoPods",
    reach: "foreign",
    text: "may run commands in pods",
    access: verbsOn("", ["pods/exec", "pods/attach"], ["create", "get"]),
  },
  {
    name: "nodesProxy",
    reach: "cluster",
    text: "may talk to kubelets past admission (nodes/proxy)",
    access: verbsOn("", ["nodes/proxy"], ["get", "create"]),
  },
  {
    name: "createPersistentVolumes",
    reach: "cluster",
    text: "may create PersistentVolumes, host paths among them",
    access: verbsOn("", ["persistentvolumes"], ["create"]),
  },
  {
    name: "approveCertificates",
    reach: "cluster",
    text: "may approve certificate requests",
    access: [
      ...verbsOn("certificates.k8s.io", ["certificatesigningrequests/approval"], ["update", "patch"]),
      ...verbsOn("certificates.k8s.io", ["signers"], ["approve"]),
    ],
  },
  {
    name: "writeWebhooks",
    reach: "cluster",
    text: "may write admission webhooks",
    access: verbsOn(admission, ["validatingwebhookconfigurations", "mutatingwebhookconfigurations"], writes),
  },
  {
    name: "writeNamespaces",
    reach: "cluster",
    text: "may write Namespaces and so their labels",
    access: verbsOn("", ["namespaces"], writes),
  },
  {
    name: "writeNetworkPolicies",
    reach: "foreign",
    text: "may change the network policies",
    access: verbsOn("networking.k8s.io", ["networkpolicies"], writes),
  },
];

/**
 * The dangerous powers of a subject that owns some namespaces. Powers over a tenant's own namespaces that every `edit` role
 * gives are none. Who may do everything has one power, cluster-admin or wildcard, not all of the list.
 */
export function dangerousPowers(rbac: Rbac, subject: Subject, ownNamespaces: ReadonlySet<string>): readonly Power[] {
  const rules = rbac.rulesOf(subject);
  const absolute = rules.filter(({ rule }) => isWildcard(rule.verbs, rule.apiGroups, rule.resources));
  const total = absolute.find(({ namespace }) => namespace === undefined);
  if (total !== undefined) {
    return [{ name: "clusterAdmin", text: "may do everything on the cluster", namespace: undefined, grant: total }];
  }
  const powers: Power[] = absolute.map((grant) => ({
    name: "wildcard",
    text: "may do everything",
    namespace: grant.namespace,
    grant,
  }));
  const covered = new Set(absolute.map(({ namespace }) => namespace));
  const places = new Set([undefined, ...rules.map(({ namespace }) => namespace)]);
  for (const namespace of places) {
    if (covered.has(namespace)) continue;
    for (const power of powerRules) {
      if (namespace !== undefined && power.reach === "cluster") continue;
      if (namespace !== undefined && power.reach === "foreign" && ownNamespaces.has(namespace)) continue;
      const grant = grantIn(rules, namespace, power, rbac, subject);
      if (grant !== undefined) powers.push({ name: power.name, text: power.text, namespace, grant });
    }
  }
  return powers;
}

/** A grant made for exactly this place, so that what holds everywhere is told once. */
function grantIn(
  rules: readonly GrantedRule[],
  namespace: string | undefined,
  { access }: PowerRule,
  rbac: Rbac,
  subject: Subject,
): GrantedRule | undefined {
  if (!rules.some((granted) => granted.namespace === namespace)) return undefined;
  for (const each of access) {
    const grant = rbac.touchedBy(subject, { ...each, namespace });
    if (grant !== undefined && grant.namespace === namespace) return grant;
  }
  return undefined;
}

function isWildcard(...lists: readonly (readonly string[])[]): boolean {
  return lists.every((list) => list.includes("*"));
}
