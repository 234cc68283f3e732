import type { PolicyPeer } from "../estate/kubernetes/network-policy.ts";
import type { NamespaceScope } from "../estate/kubernetes/object-index.ts";
import { type LabelSelector, matchesLabels } from "../estate/kubernetes/selector.ts";
import type { Workload } from "../estate/kubernetes/workload.ts";

export type AddressRange = PolicyPeer & { readonly kind: "addresses" };
export type AddressedPod = Pick<Workload, "cluster" | "hostNetwork">;

/** Whom the peers of a policy mean: the API leaves some of it to the engine, and manifests do not tell all. */
export interface PeerReading {
  readonly matchesNamespace: (selector: LabelSelector, scope: NamespaceScope) => boolean;
  /** True when the engine lets the pod pass by its address. */
  readonly holdsPod: (range: AddressRange, pod: AddressedPod) => boolean;
}

/** The plain API: address ranges mean addresses outside the cluster, and a namespace has the labels given. */
export function plainReading(
  namespaceLabels: (scope: NamespaceScope) => { readonly [key: string]: string },
): PeerReading {
  return {
    matchesNamespace: (selector, scope) => matchesLabels(selector, namespaceLabels(scope)),
    holdsPod: () => false,
  };
}
