import { type NetworkPolicy, readNetworkPolicies } from "../estate/kubernetes/network-policy.ts";
import { indexObjects } from "../estate/kubernetes/object-index.ts";
import type { Workload } from "../estate/kubernetes/workload.ts";
import type { Estate } from "../estate/model/estate.ts";
import { EstatePeers } from "./estate-peers.ts";
import { allowedConnections } from "./network-reachability.ts";
import type { PeerReading } from "./peer-reading.ts";
import { PolicyIndex, type Restriction } from "./policy-index.ts";

/** What two sets of pods on one cluster can reach of each other. */
export type PodNetworkSharing = Reach | { readonly kind: "notEvaluated"; readonly because: string };

type Reach =
  | { readonly kind: "separate" }
  | { readonly kind: "bounded"; readonly from: Workload; readonly to: Workload }
  | { readonly kind: "shared"; readonly from: Workload; readonly to: Workload };

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

/** Evaluates the NetworkPolicies of the estate. Of several witnesses the first in the estate is named. */
export function createPodNetwork(estate: Estate): PodNetwork {
  const { index } = indexObjects(estate.objects.map((placed) => ({ ...placed, environment: anyEnvironment })));
  const workloads = estate.workloads.map((workload) => ({ ...workload, environment: anyEnvironment }));
  const policies = readNetworkPolicies(index);
  const peers = new EstatePeers(estate, index);
  const certain = new PolicyReach(workloads, policies, peers.reading(false));
  const doubtful = new Set(policies.filter((policy) => peers.mayLeaveDoubt(policy)).map(({ cluster }) => cluster));
  const possible = doubtful.size === 0 ? certain : new PolicyReach(workloads, policies, peers.reading(true));
  const foreign = new Map<string, string>();
  for (const { cluster, object } of index.ofKind(...foreignPolicyKinds)) foreign.set(cluster, object.kind);
  return {
    between: (cluster, left, right) => {
      const kind = foreign.get(cluster);
      if (kind !== undefined) {
        return { kind: "notEvaluated", because: `policies of kind ${kind} on ${cluster} are not evaluated` };
      }
      const least = certain.between(cluster, left, right);
      if (least.kind === "shared" || !doubtful.has(cluster)) return least;
      const most = possible.between(cluster, left, right);
      if (most.kind === "separate" || most.kind === least.kind) return least;
      return { kind: "notEvaluated", because: doubtOf(most, possible, peers) };
    },
  };
}

function doubtOf({ from, to }: Connection, { policies }: PolicyReach, peers: EstatePeers): string {
  const ends: readonly (readonly [subject: Workload, peer: Workload])[] = [
    [to, from],
    [from, to],
  ];
  const [reason] = ends.flatMap(([subject, peer]) =>
    policies.of(subject).flatMap((policy) => peers.doubt(policy, peer) ?? []),
  );
  return `${from.label} may reach ${to.label}: ${reason ?? "their policies leave it open"}`;
}

/** What policies let through between tenants, under one reading of their peers. */
class PolicyReach {
  readonly policies: PolicyIndex;
  readonly #reading: PeerReading;
  readonly #byPlace: ReadonlyMap<string, TenantPods>;

  constructor(workloads: readonly Workload[], policies: readonly NetworkPolicy[], reading: PeerReading) {
    this.policies = new PolicyIndex(workloads, policies, reading);
    this.#reading = reading;
    this.#byPlace = new Map(
      [...Map.groupBy(workloads, ({ cluster, tenant }) => `${cluster}/${tenant}`)].map(([place, own]) => [
        place,
        readPods(own, this.policies),
      ]),
    );
  }

  between(cluster: string, left: string, right: string): Reach {
    const ours = this.#byPlace.get(`${cluster}/${left}`);
    const theirs = this.#byPlace.get(`${cluster}/${right}`);
    if (ours === undefined || theirs === undefined) return { kind: "separate" };
    const open = openConnection(ours, theirs) ?? openConnection(theirs, ours);
    if (open !== undefined) return { kind: "shared", ...open };
    const allowed = this.#allowedConnection(ours, theirs) ?? this.#allowedConnection(theirs, ours);
    return allowed === undefined ? { kind: "separate" } : { kind: "bounded", ...allowed };
  }

  /** A connection that some policy allows. */
  #allowedConnection(sources: TenantPods, targets: TenantPods): Connection | undefined {
    const { policies } = this;
    for (const { workload: to, ingress } of targets.all) {
      for (const { workload: from, egress } of sources.all) {
        const enclosed = ingress === "ownNamespace" || egress === "ownNamespace";
        if ((enclosed && from.namespace !== to.namespace) || !policies.admits(from, to)) continue;
        const inForce = [...policies.of(from), ...policies.of(to)];
        const connections = allowedConnections([from, to], inForce, this.#reading);
        if (connections.some((each) => each.from === from.id && each.to === to.id)) return { from, to };
      }
    }
    return undefined;
  }
}

/** The pods of one tenant on one cluster, by how far policies restrict them. */
interface TenantPods {
  readonly all: readonly RestrictedPods[];
  /** A workload that is open in the direction. */
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

/** A connection that policies leave open at both ends. */
function openConnection({ openEgress: from }: TenantPods, { openIngress: to }: TenantPods): Connection | undefined {
  return from === undefined || to === undefined ? undefined : { from, to };
}
