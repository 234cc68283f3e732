import { namespaceLabels } from "../estate/kubernetes/namespace-labels.ts";
import { type NetworkPolicy, readNetworkPolicies } from "../estate/kubernetes/network-policy.ts";
import { indexObjects } from "../estate/kubernetes/object-index.ts";
import { indexPods } from "../estate/kubernetes/pod-index.ts";
import type { Workload } from "../estate/kubernetes/workload.ts";
import type { Estate } from "../estate/model/estate.ts";
import { allowedConnections } from "./network-reachability.ts";

/** How far policies restrict one direction of a workload's pods. */
type Restriction = "open" | "ownNamespace" | "selective";

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

/** Evaluates the NetworkPolicies of the estate; allowed connections only of clusters that ask for them. */
export function createPodNetwork(estate: Estate): PodNetwork {
  const { index } = indexObjects(estate.objects.map((placed) => ({ ...placed, environment: anyEnvironment })));
  const policies = readNetworkPolicies(index);
  const workloads = estate.workloads.map((workload) => ({ ...workload, environment: anyEnvironment }));
  const restrictions = readRestrictions(workloads, policies);
  const byPlace = Map.groupBy(workloads, ({ cluster, tenant }) => `${cluster}/${tenant}`);
  const foreign = new Map<string, string>();
  for (const { cluster, object } of index.ofKind(...foreignPolicyKinds)) foreign.set(cluster, object.kind);
  const allowed = new Map<string, AllowedByTenants>();
  const allowedOn = (cluster: string): AllowedByTenants => {
    const known = allowed.get(cluster);
    if (known !== undefined) return known;
    const own = workloads.filter((workload) => workload.cluster === cluster);
    const found = readAllowed(own, policies, restrictions, (scope) => namespaceLabels(index, scope));
    allowed.set(cluster, found);
    return found;
  };
  return {
    between: (cluster, left, right) => {
      const kind = foreign.get(cluster);
      if (kind !== undefined) {
        return { kind: "notEvaluated", because: `policies of kind ${kind} on ${cluster} are not evaluated` };
      }
      const [ours, theirs] = [left, right].map((tenant) => byPlace.get(`${cluster}/${tenant}`) ?? []);
      const open =
        openConnection(restrictions, ours ?? [], theirs ?? []) ??
        openConnection(restrictions, theirs ?? [], ours ?? []);
      if (open !== undefined) return { kind: "shared", ...open };
      const pairs = allowedOn(cluster);
      const connection = pairs.get(`${left}/${right}`) ?? pairs.get(`${right}/${left}`);
      return connection === undefined ? { kind: "separate" } : { kind: "bounded", ...connection };
    },
  };
}

interface Restrictions {
  readonly ingress: ReadonlyMap<string, Restriction>;
  readonly egress: ReadonlyMap<string, Restriction>;
}

function readRestrictions(workloads: readonly Workload[], policies: readonly NetworkPolicy[]): Restrictions {
  const pods = indexPods(workloads);
  const selecting = new Map<string, NetworkPolicy[]>();
  for (const policy of policies) {
    for (const { id } of pods.select(policy, policy.pods)) {
      const list = selecting.get(id);
      if (list === undefined) selecting.set(id, [policy]);
      else list.push(policy);
    }
  }
  const restriction = (direction: "ingress" | "egress") =>
    new Map(workloads.map((each) => [each.id, restrictionOf(each, selecting.get(each.id) ?? [], direction)]));
  return { ingress: restriction("ingress"), egress: restriction("egress") };
}

function restrictionOf(
  workload: Workload,
  policies: readonly NetworkPolicy[],
  direction: "ingress" | "egress",
): Restriction {
  const inForce = policies.flatMap((policy) => (policy[direction] === undefined ? [] : [policy[direction]]));
  if (workload.hostNetwork || inForce.length === 0) return "open";
  const reachesOut = inForce
    .flat()
    .some(
      (rule) =>
        rule.peers === undefined || rule.peers.some((peer) => peer.kind === "pods" && peer.namespaces !== undefined),
    );
  return reachesOut ? "selective" : "ownNamespace";
}

interface Connection {
  readonly from: Workload;
  readonly to: Workload;
}

/** A connection that no policy restricts at either end. */
function openConnection(
  { ingress, egress }: Restrictions,
  sources: readonly Workload[],
  targets: readonly Workload[],
): Connection | undefined {
  const from = sources.find(({ id }) => egress.get(id) === "open");
  const to = targets.find(({ id }) => ingress.get(id) === "open");
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** One allowed connection for each two tenants, by `from/to`. */
type AllowedByTenants = ReadonlyMap<string, Connection>;

function readAllowed(
  workloads: readonly Workload[],
  policies: readonly NetworkPolicy[],
  { ingress, egress }: Restrictions,
  labels: Parameters<typeof allowedConnections>[2],
): AllowedByTenants {
  const tenantsOf = Map.groupBy(workloads, ({ namespace }) => namespace);
  const crowded = (workload: Workload) =>
    (tenantsOf.get(workload.namespace) ?? []).some(({ tenant }) => tenant !== workload.tenant);
  // What policies keep inside its own namespace in both directions meets other tenants only if they are in there too.
  const candidates = workloads.filter(
    (each) => crowded(each) || ingress.get(each.id) !== "ownNamespace" || egress.get(each.id) !== "ownNamespace",
  );
  const byId = new Map(candidates.map((workload) => [workload.id, workload]));
  const found = new Map<string, Connection>();
  for (const connection of allowedConnections(candidates, policies, labels)) {
    const from = byId.get(connection.from);
    const to = byId.get(connection.to);
    if (from === undefined || to === undefined || from.tenant === to.tenant) continue;
    const key = `${from.tenant}/${to.tenant}`;
    if (!found.has(key)) found.set(key, { from, to });
  }
  return found;
}
