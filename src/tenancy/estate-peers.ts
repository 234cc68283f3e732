import { namespaceLabels } from "../estate/kubernetes/namespace-labels.ts";
import type { NetworkPolicy, PolicyPeer } from "../estate/kubernetes/network-policy.ts";
import type { NamespaceScope, ObjectIndex } from "../estate/kubernetes/object-index.ts";
import { type LabelSelector, matchesLabels } from "../estate/kubernetes/selector.ts";
import type { Workload } from "../estate/kubernetes/workload.ts";
import type { Estate } from "../estate/model/estate.ts";
import type { AddressedPod, AddressRange, PeerReading } from "./peer-reading.ts";
import { matchesByAddress, rangeHoldsPod } from "./pod-addresses.ts";

/** The one label that every namespace has, also one without an object among the manifests. */
const nameLabel = "kubernetes.io/metadata.name";

/** Whom the policies of an estate mean, by the engine of each cluster; what cannot be told is told apart from what can. */
export class EstatePeers {
  readonly #estate: Estate;
  readonly #index: ObjectIndex;
  readonly #clusters: ReadonlyMap<string, Estate["clusters"][number]>;

  constructor(estate: Estate, index: ObjectIndex) {
    this.#estate = estate;
    this.#index = index;
    this.#clusters = new Map(estate.clusters.map((cluster) => [cluster.name, cluster]));
  }

  /** Two-valued: what cannot be told counts as a match, or as none. */
  reading(doubtMatches: boolean): PeerReading {
    return {
      matchesNamespace: (selector, scope) => this.#matchesNamespace(selector, scope) ?? doubtMatches,
      holdsPod: (range, pod) => this.#holdsPod(range, pod) ?? doubtMatches,
    };
  }

  /** True when the policy has a peer of a sort that may leave doubt. */
  mayLeaveDoubt({ ingress = [], egress = [], cluster }: NetworkPolicy): boolean {
    const place = this.#clusters.get(cluster);
    const byAddress = place !== undefined && matchesByAddress(place);
    return peersOf([...ingress, ...egress]).some((peer) =>
      peer.kind === "addresses" ? byAddress : peer.namespaces?.requirements.some(({ key }) => key !== nameLabel),
    );
  }

  /** Why it cannot be told whether the policy means the pods of a workload; undefined when it can. */
  doubt({ ingress = [], egress = [], name, cluster }: NetworkPolicy, pod: Workload): string | undefined {
    for (const peer of peersOf([...ingress, ...egress])) {
      if (peer.kind === "addresses" && this.#holdsPod(peer, pod) === undefined) {
        return `NetworkPolicy ${name} allows ${peer.cidr}, and which addresses the pods of ${cluster} have is not declared`;
      }
      if (peer.kind !== "pods" || peer.namespaces === undefined) continue;
      if (this.#matchesNamespace(peer.namespaces, pod) === undefined) {
        return `NetworkPolicy ${name} selects namespaces by label, and the Namespace ${pod.namespace} is not among the manifests`;
      }
    }
    return undefined;
  }

  #matchesNamespace(selector: LabelSelector, scope: NamespaceScope): boolean | undefined {
    const labels = namespaceLabels(this.#index, scope);
    const byName = selector.requirements.filter(({ key }) => key === nameLabel);
    const isKnown =
      byName.length === selector.requirements.length ||
      this.#estate.complete ||
      this.#index.find({ ...scope, namespace: undefined }, "Namespace", scope.namespace ?? "") !== undefined;
    if (isKnown) return matchesLabels(selector, labels);
    return matchesLabels({ requirements: byName }, labels) ? undefined : false;
  }

  #holdsPod(range: AddressRange, pod: AddressedPod): boolean | undefined {
    const cluster = this.#clusters.get(pod.cluster);
    return cluster !== undefined && matchesByAddress(cluster)
      ? rangeHoldsPod(this.#estate, cluster, range, pod)
      : false;
  }
}

function peersOf(rules: readonly { readonly peers: readonly PolicyPeer[] | undefined }[]): readonly PolicyPeer[] {
  return rules.flatMap(({ peers }) => peers ?? []);
}
