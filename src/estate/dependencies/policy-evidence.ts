import { type NetworkPolicy, type PolicyRule, readNetworkPolicies } from "../kubernetes/network-policy.ts";
import type { ObjectIndex } from "../kubernetes/object-index.ts";
import { indexPods, type PodIndex } from "../kubernetes/pod-index.ts";
import { formatLabelSelector, type LabelSelector } from "../kubernetes/selector.ts";
import type { Workload } from "../kubernetes/workload.ts";
import type { EdgeSet } from "./edge-set.ts";

/** A rule for more pairs than this says nothing about any of them in particular. */
const mostPairs = 200;

/**
 * Adds evidence to edges that a NetworkPolicy allows by name: its ingress lets in pods of the caller by a selector of its
 * own. A policy allows, it does not call: it never makes an edge.
 */
export function addPolicyEvidence(edges: EdgeSet, workloads: readonly Workload[], index: ObjectIndex): void {
  const pods = indexPods(workloads);
  for (const policy of readNetworkPolicies(index)) {
    for (const rule of policy.ingress ?? []) {
      const callers = (rule.peers ?? []).flatMap((peer) =>
        peer.kind === "pods" &&
        peer.namespaces === undefined &&
        peer.pods !== undefined &&
        peer.pods.requirements.length > 0
          ? [peer.pods]
          : [],
      );
      for (const selector of callers) supportEdges(edges, policy, selector, rule.place, pods);
    }
  }
}

function supportEdges(
  edges: EdgeSet,
  policy: NetworkPolicy,
  selector: LabelSelector,
  place: PolicyRule["place"],
  pods: PodIndex<Workload>,
): void {
  const callers = pods.select(policy, selector);
  const targets = pods.select(policy, policy.pods);
  if (callers.length * targets.length > mostPairs) return;
  const text = `NetworkPolicy ${policy.name} lets in ${formatLabelSelector(selector)}`;
  for (const caller of callers) {
    for (const target of targets) {
      edges.support(caller.id, { kind: "workload", id: target.id }, () => ({
        origin: "networkPolicy",
        text,
        place: place(),
      }));
    }
  }
}
