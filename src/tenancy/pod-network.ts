import { namespaceLabels } from "../estate/kubernetes/namespace-labels.ts";
import { readNetworkPolicies } from "../estate/kubernetes/network-policy.ts";
import { indexObjects, type NamespaceScope } from "../estate/kubernetes/object-index.ts";
import type { Workload } from "../estate/kubernetes/workload.ts";
import type { Estate } from "../estate/model/estate.ts";
import { allowedConnections } from "./network-reachability.ts";
import { PolicyIndex, type Restriction } from "./policy-index.ts";

/** What two sets of pods on one cluster can reach of each other. */
export type PodNetworkSharing =
  | { readonly kind: "separate" }
  | { readonly kind: "bounded"; readonly from: Workload; readonly to: Workload }
  | { readonly kind: "shared"; readonly from: Workload; readonly to: Workload }
  | { readonly kind: "notEvaluated"; readonly because: string };

/** Compares the pods of two tenants on one cluster. */
export interface PodNetwork {
  between(cluster: string, left: string, right: string): PodNetworkSharing;
}

/** Policies of other kinds than Kubernetes' own, which are not evaluated yet. */
const foreignPolicyKinds = [
  "CiliumNetworkPolicy.cilium.io",
  "CiliumClusterwideNetworkPolicy.cilium.io",
  "NetworkPolicy.crd.projectcalico.org",
  "GlobalNetworkPolicy.crd.projectcalico.org",
  "GlobalNetworkPolicy.projectcalico.org",
  "NetworkPolicy.projectcalico.org",
  "AdminNetworkPolicy.policy.networking.k8s.io",
  "BaselineAdminNetworkPolicy.policy.networking.k8s.io",
  "ClusterNetworkPolicy.policy.networking.k8s.io",
];

/** Pods of all environments on a cluster share its network: the environment plays no part here. */
const anyEnvironment = "";

/** Evaluates the NetworkPolicies of the estate. */
export function createPodNetwork(estate: Estate): PodNetwork {
  const { index } = indexObjects(estate.objects.map((placed) => ({ ...placed, environment: anyEnvironment })));
  const workloads = estate.workloads.map((workload) => ({ ...workload, environment: anyEnvironment }));
  const labelsOf = (scope: NamespaceScope) => namespaceLabels(index, scope);
  const policies = new PolicyIndex(workloads, readNetworkPolicies(index), labelsOf);
  const byPlace = new Map(
    [...Map.groupBy(workloads, ({ cluster, tenant }) => `${cluster}/${tenant}`)].map(([place, own]) => [
      place,
      readPods(own, policies),
    ]),
  );
  const foreign = new Map<string, string>();
  for (const { cluster, object } of index.ofKind(...foreignPolicyKinds)) foreign.set(cluster, object.kind);
  return {
    between: (cluster, left, right) => {
      const kind = foreign.get(cluster);
      if (kind !== undefined) {
        return { kind: "notEvaluated", because: `policies of kind ${kind} on ${cluster} are not evaluated` };
      }
      const ours = byPlace.get(`${cluster}/${left}`);
      const theirs = byPlace.get(`${cluster}/${right}`);
      if (ours === undefined || theirs === undefined) return { kind: "separate" };
      const open = openConnection(ours, theirs) ?? openConnection(theirs, ours);
      if (open !== undefined) return { kind: "shared", ...open };
      const allowed =
        allowedConnection(policies, labelsOf, ours, theirs) ?? allowedConnection(policies, labelsOf, theirs, ours);
      return allowed === undefined ? { kind: "separate" } : { kind: "bounded", ...allowed };
    },
  };
}

/** The pods of one tenant on one cluster, by how far policies restrict them. */
interface TenantPods {
  readonly all: readonly RestrictedPods[];
  /** A workload that nothing restricts in the direction. */
  readonly openEgress: Workload | undefined;
  readonly openIngress: Workload | undefined;
}

interface RestrictedPods {
  readonly workload: Workload;
  readonly ingress: Restriction;
  readonly egress: Restriction;
}

interface Connection {
  readonly from: Workload;
  readonly to: Workload;
}

function readPods(workloads: readonly Workload[], policies: PolicyIndex): TenantPods {
  const all = workloads.map((workload) => ({
    workload,
    ingress: policies.restriction(workload, "ingress"),
    egress: policies.restriction(workload, "egress"),
  }));
  return {
    all,
    openEgress: all.find(({ egress }) => egress === "open")?.workload,
    openIngress: all.find(({ ingress }) => ingress === "open")?.workload,
  };
}

/** A connection that no policy restricts at either end. */
function openConnection({ openEgress: from }: TenantPods, { openIngress: to }: TenantPods): Connection | undefined {
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** A connection that some policy allows. */
function allowedConnection(
  policies: PolicyIndex,
  labelsOf: (scope: NamespaceScope) => { readonly [key: string]: string },
  sources: TenantPods,
  targets: TenantPods,
): Connection | undefined {
  for (const { workload: to, ingress } of targets.all) {
    for (const { workload: from, egress } of sources.all) {
      const enclosed = ingress === "ownNamespace" || egress === "ownNamespace";
      if ((enclosed && from.namespace !== to.namespace) || !policies.admits(from, to)) continue;
      const connections = allowedConnections([from, to], [...policies.of(from), ...policies.of(to)], labelsOf);
      if (connections.some((each) => each.from === from.id && each.to === to.id)) return { from, to };
    }
  }
  return undefined;
}
