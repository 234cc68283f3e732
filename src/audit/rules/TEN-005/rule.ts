import {
  type NetworkPolicy,
  type PolicyPort,
  type PolicyRule,
  readNetworkPolicies,
} from "../../../estate/kubernetes/network-policy.ts";
import { indexObjects, scopeKey } from "../../../estate/kubernetes/object-index.ts";
import { matchesLabels } from "../../../estate/kubernetes/selector.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { PlacedObject } from "../../../estate/model/estate.ts";
import { missingForAbsence } from "../../evidence.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

const dnsPort = 53;

/** TEN-005: every pod is isolated in both directions and can still resolve names. */
export const defaultDeny: Rule = {
  id: "TEN-005",
  name: "default-deny",
  title: "Every pod is isolated in both directions by a network policy and can still resolve names.",
  severity: { high: "high", medium: "medium", low: "low" },
  inputs: ["manifests", "namespaces", "cluster"],
  judges: "pods",
  peers: [
    { tool: "kube-linter", check: "non-isolated-pod" },
    { tool: "kube-score", check: "pod-networkpolicy" },
    { tool: "polaris", check: "missingNetworkPolicy" },
    { tool: "kubescape", check: "C-0260" },
    { tool: "checkov", check: "CKV2_K8S_6" },
  ],
  *evaluate({ estate }) {
    const policies = Map.groupBy(readNetworkPolicies(indexObjects(estate.objects).index), scopeKey);
    const foreign = new Set(
      estate.objects.filter(isForeignPolicy).map(({ environment, cluster }) => `${environment}/${cluster}`),
    );
    const engines = new Map(estate.clusters.map(({ name, network }) => [name, network.policyEngine]));
    const missing = missingForAbsence(estate);
    for (const workload of estate.workloads) {
      // A pod on the host's network has no identity of its own that a policy could select.
      if (workload.hostNetwork || workload.opaque || workload.tenant === "platform") continue;
      const selecting = (policies.get(scopeKey(workload)) ?? []).filter((policy) =>
        matchesLabels(policy.pods, workload.podLabels),
      );
      const unread = foreign.has(`${workload.environment}/${workload.cluster}`);
      yield judge(workload, selecting, {
        engine: engines.get(workload.cluster),
        missing: [...missing, ...(unread ? ["unknown-kind"] : [])],
      });
    }
  },
};

interface Surroundings {
  /** Policy engine of the cluster; undefined: not declared. */
  readonly engine: string | undefined;
  /** What keeps the absence of a policy from being proven. */
  readonly missing: readonly string[];
}

const foreignGroups = ["cilium.io/", "crd.projectcalico.org/", "projectcalico.org/", "policy.networking.k8s.io/"];

/** Policies of other kinds than Kubernetes' own, which are not evaluated. */
function isForeignPolicy({ object }: PlacedObject): boolean {
  return object.kind.endsWith("Policy") && foreignGroups.some((group) => object.apiVersion.startsWith(group));
}

function judge(workload: Workload, policies: readonly NetworkPolicy[], { engine, missing }: Surroundings): RuleOutcome {
  const ingress = policies.filter((policy) => policy.ingress !== undefined);
  const egress = policies.filter((policy) => policy.egress !== undefined);
  const open = ingress.length === 0 ? "ingress" : egress.length === 0 ? "egress" : undefined;
  if (open !== undefined && missing.length > 0) {
    return notEvaluable(
      workload,
      missing,
      `No network policy was seen that isolates ${open} of ${workload.label}, but the input does not prove that there is none.`,
    );
  }
  if (open !== undefined) return isOpen(workload, open);
  if (engine === "none") {
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "1",
      message: `Network policies select ${workload.label}, but cluster ${workload.cluster} has no policy engine: they isolate nothing.`,
      fix: { description: "Give the cluster a network policy engine; cilium comes with the Cilium data plane." },
    });
  }
  if (engine === undefined) {
    return notEvaluable(
      workload,
      ["engine-undefined"],
      `Network policies select ${workload.label}, but nothing says which engine of cluster ${workload.cluster} would enforce them.`,
    );
  }
  return judgeDns(workload, egress);
}

function notEvaluable(workload: Workload, missing: readonly string[], message: string): RuleOutcome {
  return workloadOutcome(workload, { verdict: "notEvaluable", missing, message });
}

function isOpen(workload: Workload, direction: "ingress" | "egress"): RuleOutcome {
  const consequence =
    direction === "ingress" ? "every pod of the cluster may reach it" : "it may reach every pod and the world";
  return workloadOutcome(workload, {
    verdict: "fail",
    part: direction === "ingress" ? "1" : "2",
    message: `No network policy isolates ${direction} of ${workload.label}: ${consequence}.`,
    fix: { description: "Deny both directions for the whole namespace, then allow what is needed.", patch: denyAll },
  });
}

function judgeDns(workload: Workload, egress: readonly NetworkPolicy[]): RuleOutcome {
  const rules = egress.flatMap((policy) => policy.egress ?? []);
  const closed = (["UDP", "TCP"] as const).filter((protocol) => !rules.some((rule) => opensDns(rule, protocol)));
  if (closed.length === 0) return passed(workload);
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "3",
    place: egress[0]?.place ?? workload.place,
    message: `Egress of ${workload.label} is isolated, and no rule opens port ${dnsPort} over ${closed.join(" and ")}: it cannot resolve a name${closed.length === 1 ? " whose answer is large" : ""}.`,
    fix: { description: "Allow port 53, UDP and TCP, to the cluster's DNS.", patch: allowDns },
  });
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
