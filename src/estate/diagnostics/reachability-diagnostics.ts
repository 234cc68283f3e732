import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { shorten } from "./wording.ts";

interface PolicyName {
  /** Kind, namespace and name, such as `NetworkPolicy shop/deny-all`. */
  readonly policy: string;
  readonly cluster: string;
}

export const policySelectsNothing: DiagnosticRule<PolicyName> = {
  code: "EST-700",
  name: "policy-selects-nothing",
  severity: "warning",
  message: ({ policy, cluster }) =>
    `${shorten(policy)} selects no pod on ${shorten(cluster)}, so it restricts nothing.`,
  hint: () => "Compare its selector with the labels of the pod templates and the namespace it stands in.",
};

export const peerMatchesNothing: DiagnosticRule<PolicyName & { readonly peer: string }> = {
  code: "EST-701",
  name: "policy-peer-matches-nothing",
  severity: "note",
  message: ({ policy, cluster, peer }) =>
    `A peer of ${shorten(policy)} (${shorten(peer)}) matches no pod on ${shorten(cluster)}.`,
  hint: () => "If the pods are deployed from elsewhere, add their manifests; otherwise correct the selector.",
};

export const policyNotEnforced: DiagnosticRule<PolicyName & { readonly engine: string }> = {
  code: "EST-702",
  name: "policy-not-enforced",
  severity: "warning",
  message: ({ policy, cluster, engine }) =>
    `${shorten(policy)} does nothing on ${shorten(cluster)}: ${engine} does not enforce its kind.`,
  hint: () =>
    "Write it in a kind that the cluster's engine enforces, or declare another Cluster.spec.network.policyEngine.",
};

export const policyAddressInvalid: DiagnosticRule<PolicyName & { readonly problem: string }> = {
  code: "EST-703",
  name: "policy-address-invalid",
  severity: "error",
  message: ({ policy, problem }) =>
    `${shorten(policy)} would be refused (${shorten(problem)}), so what it does to the pods it selects is not evaluable.`,
  hint: () => "Write ranges as 10.0.0.0/8, and exceptions inside their range.",
};

export const policyPortUnresolved: DiagnosticRule<PolicyName & { readonly port: string }> = {
  code: "EST-704",
  name: "policy-port-unresolved",
  severity: "warning",
  message: ({ policy, cluster, port }) =>
    `${shorten(policy)} opens the port "${shorten(port)}", a name that no container it may mean on ${shorten(cluster)} gives a port of that protocol.`,
  hint: () =>
    "A named port is resolved in the destination's containers: name the containerPort there, or write its number.",
};

export const policyUnreadable: DiagnosticRule<PolicyName & { readonly problem: string }> = {
  code: "EST-705",
  name: "policy-unreadable",
  severity: "error",
  message: ({ policy, problem }) =>
    `${shorten(policy)} would be refused (${shorten(problem)}), so what it does to the pods it selects is not evaluable.`,
  hint: () => "Correct the field; kubectl apply --dry-run=server says the same.",
};

export const policyPriorityAmbiguous: DiagnosticRule<
  PolicyName & { readonly other: string; readonly priority: number }
> = {
  code: "EST-706",
  name: "policy-priority-ambiguous",
  severity: "warning",
  message: ({ policy, other, priority }) =>
    `${shorten(policy)} and ${shorten(other)} have the same priority ${priority}; where they disagree, which one holds is not evaluable.`,
  hint: () => "Give each policy of a tier a priority of its own.",
};

export const policyKindNotEvaluated: DiagnosticRule<PolicyName> = {
  code: "EST-707",
  name: "policy-kind-not-evaluated",
  severity: "warning",
  message: ({ policy, cluster }) =>
    `${shorten(policy)} is of a kind that is not evaluated, so what the pods in its scope on ${shorten(cluster)} reach is not evaluable.`,
  hint: () => "AKS neither tests nor supports Calico's own kinds; NetworkPolicy says most of it.",
};

export const policyRangeOfOtherFamily: DiagnosticRule<PolicyName> = {
  code: "EST-708",
  name: "policy-range-ipv6",
  severity: "note",
  message: ({ policy }) => `${shorten(policy)} names a range of IPv6, which means nobody in a cluster of IPv4.`,
};

export const policySectionEmpty: DiagnosticRule<PolicyName & { readonly section: string }> = {
  code: "EST-709",
  name: "policy-section-empty",
  severity: "warning",
  message: ({ policy, section }) =>
    `${shorten(policy)} has an empty section "${section}", which Cilium ignores: it denies nothing.`,
  hint: ({ section }) => `To deny all, write "${section}: [{}]".`,
};

export const hostNetworkUndecided: DiagnosticRule<{ readonly workload: string; readonly cluster: string }> = {
  code: "EST-710",
  name: "host-network-undecided",
  severity: "note",
  message: ({ workload, cluster }) =>
    `${shorten(workload)} is on the host network and is bound by policies of ${shorten(cluster)}; the API leaves it to the engine whether they hold for it, and none is declared.`,
  hint: () => "Declare Cluster.spec.network.policyEngine; the engines of AKS treat such pods as their node.",
};

export const networkUnknownZone: DiagnosticRule<{
  readonly network: string;
  readonly zone: string;
  readonly classifications: readonly string[];
}> = {
  code: "EST-711",
  name: "network-zone-unknown",
  severity: "warning",
  message: ({ network, zone }) =>
    `The zone "${shorten(zone)}" of network ${shorten(network)} is no classification of the estate, so rules between zones are not evaluable for it.`,
  hint: ({ classifications }) =>
    `Use one of Estate.spec.classifications: ${classifications.join(", ") || "none is declared"}.`,
};

/** Every problem that the evaluation of network policies reports. */
export const reachabilityDiagnosticRules = [
  policySelectsNothing,
  peerMatchesNothing,
  policyNotEnforced,
  policyAddressInvalid,
  policyPortUnresolved,
  policyUnreadable,
  policyPriorityAmbiguous,
  policyKindNotEvaluated,
  policyRangeOfOtherFamily,
  policySectionEmpty,
  hostNetworkUndecided,
  networkUnknownZone,
] as const;
