import {
  type NetworkPolicy,
  type PolicyPort,
  type PolicyRule,
  readNetworkPolicies,
} from "../../../estate/kubernetes/network-policy.ts";
import { indexObjects, scopeKey } from "../../../estate/kubernetes/object-index.ts";
import { matchesLabels } from "../../../estate/kubernetes/selector.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

const dnsPort = 53;

/** TEN-005: every pod is isolated in both directions and can still resolve names. */
export const defaultDeny: Rule = {
  id: "TEN-005",
  name: "default-deny",
  title: "Every pod is isolated in both directions by a network policy and can still resolve names.",
  severity: { high: "high", medium: "medium", low: "low" },
  *evaluate({ estate }) {
    const policies = Map.groupBy(readNetworkPolicies(indexObjects(estate.objects).index), scopeKey);
    for (const workload of estate.workloads) {
      // A pod on the host's network has no identity of its own that a policy could select.
      if (workload.hostNetwork || workload.opaque || workload.tenant === "platform") continue;
      const selecting = (policies.get(scopeKey(workload)) ?? []).filter((policy) =>
        matchesLabels(policy.pods, workload.podLabels),
      );
      yield judge(workload, selecting);
    }
  },
};

function judge(workload: Workload, policies: readonly NetworkPolicy[]): RuleOutcome {
  const ingress = policies.filter((policy) => policy.ingress !== undefined);
  const egress = policies.filter((policy) => policy.egress !== undefined);
  const fix = {
    description: "Deny both directions for the whole namespace, then allow what is needed.",
    patch: denyAll,
  };
  if (ingress.length === 0) {
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "1",
      message: `No network policy isolates ingress of ${workload.label}: every pod of the cluster may reach it.`,
      fix,
    });
  }
  if (egress.length === 0) {
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "2",
      message: `No network policy isolates egress of ${workload.label}: it may reach every pod and the world.`,
      fix,
    });
  }
  const rules = egress.flatMap((policy) => policy.egress ?? []);
  const closed = (["UDP", "TCP"] as const).filter((protocol) => !rules.some((rule) => opensDns(rule, protocol)));
  if (closed.length > 0) {
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "3",
      place: egress[0]?.place ?? workload.place,
      message: `Egress of ${workload.label} is isolated, and no rule opens port ${dnsPort} over ${closed.join(" and ")}: it cannot resolve a name${closed.length === 1 ? " whose answer is large" : ""}.`,
      fix: { description: "Allow port 53, UDP and TCP, to the cluster's DNS.", patch: allowDns },
    });
  }
  return passed(workload);
}

/** Whether the rule lets DNS through to anybody; that the peer is the cluster's DNS is left to the reachability proof. */
function opensDns(rule: PolicyRule, protocol: "UDP" | "TCP"): boolean {
  if (rule.ports === undefined) return true;
  return rule.ports.some((port) => port.protocol === protocol && coversDns(port));
}

function coversDns({ port }: PolicyPort): boolean {
  switch (port.kind) {
    case "all":
      return true;
    case "named":
      return port.name === "dns" || port.name === "dns-tcp";
    case "range":
      return port.first <= dnsPort && dnsPort <= port.last;
  }
}

const denyAll = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: default-deny}
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
`;

const allowDns = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: allow-dns}
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
    - to:
        - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}
          podSelector: {matchLabels: {k8s-app: kube-dns}}
      ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]
`;
