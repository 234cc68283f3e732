import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import {
  hostNetworkUndecided,
  peerMatchesNothing,
  policyPortUnresolved,
  policyPriorityAmbiguous,
  policySelectsNothing,
} from "../../estate/diagnostics/reachability-diagnostics.ts";
import { formatLabelSelector } from "../../estate/kubernetes/selector.ts";
import type { ClusterReach } from "./cluster-reach.ts";
import { rulesOf } from "./pod-classes.ts";
import type { EnforcedPolicy } from "./policy-set.ts";
import { type Direction, policyLabel, type ReachPolicy, type ReachRule, type RulePeer } from "./reach-policy.ts";

const directions: readonly Direction[] = ["ingress", "egress"];

/** Policies that select nobody, peers that nobody is, ports that no container names, priorities that leave doubt. */
export function diagnosePolicies(
  reach: ClusterReach,
  cluster: string,
  policies: readonly EnforcedPolicy[],
): readonly Diagnostic[] {
  return [
    ...policies.flatMap(({ policy }, position) => {
      if (policy.unreadable !== undefined) return [];
      const label = { policy: policyLabel(policy), cluster };
      if (!reach.pods.bindsAny(position)) return [diagnose(policySelectsNothing, label, { place: policy.place })];
      return [...diagnosePeers(reach, policy, cluster), ...diagnosePorts(reach, policy, position, cluster)];
    }),
    ...diagnosePriorities(policies, cluster),
    ...diagnoseHosts(reach, cluster),
  ];
}

function diagnosePeers(reach: ClusterReach, policy: ReachPolicy, cluster: string): readonly Diagnostic[] {
  return rulesOf(policy).flatMap((rule) =>
    (rule.peers ?? []).flatMap((peer) => {
      if (peer.kind !== "pods") return [];
      const { yes, maybe } = reach.pods.peerClasses(policy, peer);
      if (!yes.isEmpty() || !maybe.isEmpty()) return [];
      const parameters = { policy: policyLabel(policy), cluster, peer: peerText(peer, policy) };
      return [diagnose(peerMatchesNothing, parameters, { place: rule.place() })];
    }),
  );
}

/** A peer in words, such as `pods app=web of namespaces team=x`. */
function peerText(peer: RulePeer, { namespace }: Pick<ReachPolicy, "namespace">): string {
  switch (peer.kind) {
    case "pods": {
      const pods = peer.pods.requirements.length === 0 ? "all pods" : `pods ${formatLabelSelector(peer.pods)}`;
      if (peer.namespaces === undefined) return `${pods} of ${namespace ?? "its namespace"}`;
      if (peer.namespaces.requirements.length === 0) return `${pods} of every namespace`;
      return `${pods} of namespaces ${formatLabelSelector(peer.namespaces)}`;
    }
    case "addresses":
      return peer.except.length === 0 ? peer.cidr : `${peer.cidr} except ${peer.except.join(", ")}`;
    case "entities":
      return [peer.pods ? "pods" : "", ...peer.entities, peer.world ? "world" : ""]
        .filter((part) => part !== "")
        .join(", ");
    case "hosts":
      return "hosts outside by name";
    case "unknown":
      return peer.why;
  }
}

/** Named ports are the destination's: the subject's for ingress, those of the peers for egress. */
function diagnosePorts(
  reach: ClusterReach,
  policy: ReachPolicy,
  position: number,
  cluster: string,
): readonly Diagnostic[] {
  const subjects = () => reach.classes.filter(({ bindings }) => bindings.some((each) => each.position === position));
  const destinations = (direction: Direction, rule: ReachRule) => {
    if (direction === "ingress") return subjects();
    const peers = reach.peers.classes(policy, rule);
    return reach.classes.filter(({ index }) => peers === undefined || peers.yes.has(index) || peers.maybe.has(index));
  };
  return directions.flatMap((direction) =>
    (policy[direction]?.rules ?? []).flatMap((rule) => {
      const names = Map.groupBy(
        (rule.ports ?? []).flatMap(({ protocol, port }) =>
          port.kind === "named" ? [{ protocol, name: port.name }] : [],
        ),
        ({ name }) => name,
      );
      return [...names].flatMap(([name, ports]) => {
        const isFound = destinations(direction, rule).some(({ namedPorts }) =>
          ports.some(({ protocol }) => namedPorts.has(`${name}/${protocol}`)),
        );
        if (isFound) return [];
        const parameters = { policy: policyLabel(policy), cluster, port: name };
        return [diagnose(policyPortUnresolved, parameters, { place: rule.place() })];
      });
    }),
  );
}

function diagnosePriorities(policies: readonly EnforcedPolicy[], cluster: string): readonly Diagnostic[] {
  const ordered = policies.map(({ policy }) => policy).filter(({ tier }) => tier !== "namespace");
  const levels = Map.groupBy(ordered, ({ tier, priority }) => `${tier} ${priority}`);
  return [...levels.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : others.map((policy) => {
          const { priority } = policy;
          const parameters = { policy: policyLabel(policy), cluster, other: policyLabel(first), priority };
          return diagnose(policyPriorityAmbiguous, parameters, { place: policy.place });
        }),
  );
}

function diagnoseHosts(reach: ClusterReach, cluster: string): readonly Diagnostic[] {
  if (reach.engine !== "api-standard") return [];
  return reach.classes
    .filter(({ hostNetwork, bindings }) => hostNetwork && bindings.length > 0)
    .flatMap(({ members }) => members)
    .flatMap((position) => {
      const workload = reach.workloads[position];
      if (workload === undefined) return [];
      return [diagnose(hostNetworkUndecided, { workload: workload.label, cluster }, { place: workload.place })];
    });
}
