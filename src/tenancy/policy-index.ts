import type { NetworkPolicy, PolicyPeer, PolicyRule } from "../estate/kubernetes/network-policy.ts";
import type { NamespaceScope } from "../estate/kubernetes/object-index.ts";
import { indexPods, type PodIndex } from "../estate/kubernetes/pod-index.ts";
import type { Workload } from "../estate/kubernetes/workload.ts";
import type { AddressRange, PeerReading } from "./peer-reading.ts";

/** How far policies restrict one direction of a workload's pods; `open` also when a rule in force names everybody. */
export type Restriction = "open" | "ownNamespace" | "selective";

type Direction = "ingress" | "egress";

const noPolicies: readonly NetworkPolicy[] = [];

/** Which policies hold for which pods, and whom their ingress rules name: what tells quickly that two pods cannot meet. */
export class PolicyIndex {
  readonly #pods: PodIndex<Workload>;
  readonly #selecting = new Map<string, NetworkPolicy[]>();
  readonly #namespaces: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #reading: PeerReading;
  readonly #sources = new Map<NetworkPolicy, ReadonlySet<string> | "anyone">();

  constructor(workloads: readonly Workload[], policies: readonly NetworkPolicy[], reading: PeerReading) {
    this.#pods = indexPods(workloads);
    this.#reading = reading;
    this.#namespaces = new Map(
      [...Map.groupBy(workloads, ({ cluster }) => cluster)].map(([cluster, own]) => [
        cluster,
        new Set(own.map(({ namespace }) => namespace)),
      ]),
    );
    for (const policy of policies) {
      for (const { id } of this.#pods.select(policy, policy.pods)) {
        const list = this.#selecting.get(id);
        if (list === undefined) this.#selecting.set(id, [policy]);
        else list.push(policy);
      }
    }
  }

  /** Policies that select the workload's pods. */
  of({ id }: Workload): readonly NetworkPolicy[] {
    return this.#selecting.get(id) ?? noPolicies;
  }

  restriction(workload: Workload, direction: Direction): Restriction {
    const restricted = this.of(workload).some((policy) => policy[direction] !== undefined);
    if (workload.hostNetwork || !restricted) return "open";
    const inForce = this.of(workload).flatMap((policy) => policy[direction] ?? []);
    if (inForce.some((rule) => this.#namesEverybody(rule, workload))) return "open";
    const reachesOut = inForce.some(
      ({ peers }) => peers === undefined || peers.some((peer) => this.#reachesOut(peer, workload)),
    );
    return reachesOut ? "selective" : "ownNamespace";
  }

  /** False when no ingress rule for `to` names the pods of `from`. */
  admits(from: Workload, to: Workload): boolean {
    if (this.restriction(to, "ingress") === "open") return true;
    return this.of(to).some((policy) => {
      const sources = this.#sourcesOf(policy);
      return sources === "anyone" || sources.has(from.id);
    });
  }

  #namesEverybody({ peers, ports }: PolicyRule, { cluster }: Workload): boolean {
    if (ports !== undefined) return false;
    if (peers === undefined) return true;
    return peers.some((peer) =>
      peer.kind === "addresses"
        ? this.#reading.holdsPod(peer, { cluster, hostNetwork: false })
        : peer.namespaces?.requirements.length === 0 && (peer.pods?.requirements.length ?? 0) === 0,
    );
  }

  #reachesOut(peer: PolicyPeer, { cluster }: Workload): boolean {
    return peer.kind === "pods" ? peer.namespaces !== undefined : this.#holdsAny(peer, cluster);
  }

  #holdsAny(range: AddressRange, cluster: string): boolean {
    return [false, true].some((hostNetwork) => this.#reading.holdsPod(range, { cluster, hostNetwork }));
  }

  #sourcesOf(policy: NetworkPolicy): ReadonlySet<string> | "anyone" {
    const known = this.#sources.get(policy);
    if (known !== undefined) return known;
    const peers = (policy.ingress ?? []).map((rule) => rule.peers);
    const isAnyone = (peer: PolicyPeer) => peer.kind === "addresses" && this.#holdsAny(peer, policy.cluster);
    const sources = peers.some((each) => each === undefined || each.some(isAnyone))
      ? "anyone"
      : new Set(peers.flatMap((each) => (each ?? []).flatMap((peer) => this.#podsOf(policy, peer))));
    this.#sources.set(policy, sources);
    return sources;
  }

  #podsOf(policy: NetworkPolicy, peer: PolicyPeer): readonly string[] {
    if (peer.kind !== "pods") return [];
    const { environment, cluster } = policy;
    const { namespaces } = peer;
    const scopes: readonly NamespaceScope[] =
      namespaces === undefined
        ? [policy]
        : [...(this.#namespaces.get(cluster) ?? [])]
            .map((namespace) => ({ environment, cluster, namespace }))
            .filter((scope) => this.#reading.matchesNamespace(namespaces, scope));
    const pods = peer.pods ?? { requirements: [] };
    return scopes.flatMap((scope) => this.#pods.select(scope, pods).map(({ id }) => id));
  }
}
