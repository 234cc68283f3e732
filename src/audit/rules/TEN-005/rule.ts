import { asList, asObject } from "../../../estate/kubernetes/json-value.ts";
import { type LabelSelector, matchesLabels } from "../../../estate/kubernetes/selector.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Estate, PlacedObject } from "../../../estate/model/estate.ts";
import type { ClusterNetwork } from "../../../tenancy/reachability/estate-reach.ts";
import type { BindingPolicy } from "../../../tenancy/reachability/pod-classes.ts";
import type { Direction, ReachPolicy, RulePeer, RulePort } from "../../../tenancy/reachability/reach-policy.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { objectOutcome } from "../../estate-lookup/object-outcome.ts";
import { missingForAbsence } from "../../evidence.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { clusterNetworks } from "../../tenancy/cluster-networks.ts";
import { type ForeignReach, foreignReach } from "../../tenancy/foreign-reach.ts";
import { platformTenant } from "../../tenancy/tenant-namespaces.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

const dnsPort = 53;

/** TEN-005: every pod is isolated in both directions, as far as its tenant wants, and can still resolve names. */
export const defaultDeny: Rule = {
  id: "TEN-005",
  name: "default-deny",
  title: "Network policies isolate every pod in both directions, as far as its tenant wants, and it can resolve names.",
  severity: { high: "high", medium: "medium", low: "low" },
  inputs: ["manifests", "namespaces", "cluster", "tenants"],
  judges: "pods",
  peers: [
    { tool: "kube-linter", check: "non-isolated-pod" },
    { tool: "kube-score", check: "pod-networkpolicy" },
    { tool: "polaris", check: "missingNetworkPolicy" },
    { tool: "kubescape", check: "C-0260" },
    { tool: "checkov", check: "CKV2_K8S_6" },
    { tool: "kyverno", check: "add-networkpolicy" },
  ],
  *evaluate({ estate }) {
    const missing = missingForAbsence(estate);
    const othersPolicies = new Set(
      lookupOf(estate)
        .objects.objects.filter(isForeignPolicy)
        .map(({ cluster }) => cluster),
    );
    for (const network of clusterNetworks(estate)) {
      const { reach } = network;
      const foreign = foreignReach(estate, reach);
      for (const [position, { id }] of reach.workloads.entries()) {
        const workload = lookupOf(estate).workloads.get(id);
        const own = reach.classes[reach.classOf[position] ?? -1];
        // A pod on the host's network has no identity of its own that a policy could select.
        if (workload === undefined || own === undefined || workload.hostNetwork || workload.opaque) continue;
        if (workload.tenant === platformTenant) continue;
        const bindings = (direction: Direction) =>
          reach.bindings(own, direction).filter(({ policy }) => policy.tier === "namespace");
        // What policies of Cilium or Calico do without a declared engine is not known.
        const hasForeign = network.engine === "api-standard" && othersPolicies.has(network.cluster.name);
        const lacking = hasForeign ? [...missing, "engine-undefined"] : missing;
        const surroundings = { network, missing: lacking, foreign: () => foreign(position) };
        yield judge(workload, { ...surroundings, ingress: bindings("ingress"), egress: bindings("egress") });
      }
    }
    yield* emptySections(estate);
  },
};

const foreignGroups = ["cilium.io/", "crd.projectcalico.org/", "projectcalico.org/"];

function isForeignPolicy({ object }: PlacedObject): boolean {
  return object.kind.endsWith("Policy") && foreignGroups.some((group) => object.apiVersion.startsWith(group));
}

interface Surroundings {
  readonly network: ClusterNetwork;
  /** What keeps the absence of a policy from being proven. */
  readonly missing: readonly string[];
  readonly ingress: readonly BindingPolicy[];
  readonly egress: readonly BindingPolicy[];
  /** A connection with another tenant that the two do not accept. */
  readonly foreign: () => ForeignReach | undefined;
}

function judge(workload: Workload, surroundings: Surroundings): RuleOutcome {
  const { network, missing } = surroundings;
  if (network.engine === "none") return hasNoEngine(workload);
  for (const direction of ["ingress", "egress"] as const) {
    const bindings = surroundings[direction];
    if (bindings.some(({ policy, certain }) => certain && policy[direction]?.isolates === true)) continue;
    const doubtful = bindings.find(({ policy, certain }) => !certain || policy[direction] === undefined);
    if (doubtful !== undefined) return isDoubtful(workload, direction, doubtful.policy);
    if (missing.length === 0) return isOpen(workload, direction);
    return notEvaluable(
      workload,
      missing,
      `No network policy was seen that isolates ${direction} of ${workload.label}, but the input does not prove that there is none.`,
    );
  }
  if (network.engine === "api-standard") {
    return notEvaluable(
      workload,
      ["engine-undefined"],
      `Network policies select ${workload.label}, but nothing says which engine of cluster ${workload.cluster} would enforce them.`,
    );
  }
  const dns = judgeDns(workload, network, surroundings.egress);
  if (dns.verdict !== "pass") return dns;
  const foreign = surroundings.foreign();
  return foreign === undefined ? dns : reachesTooFar(workload, foreign);
}

const acceptedInWords = { separate: "apart", bounded: "bounded", shared: "shared" } as const;

function reachesTooFar(workload: Workload, reach: ForeignReach): RuleOutcome {
  const { from, to, tenant, ports, accepted, because } = reach;
  const both = `tenants ${workload.tenant} and ${tenant} want their pods ${acceptedInWords[accepted]}`;
  if (!reach.certain) {
    return notEvaluable(workload, ["unknown-kind"], `${from} may reach ${to}, and ${both}: ${because}.`);
  }
  const which = ports === "all" ? "all ports" : ports;
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "4",
    message: `${from} reaches ${to} on ${which} (${because}), and ${both}.`,
    fix: {
      description: `Take ${from} out of the rule that lets it in, or let both tenants accept it (accepts: {podsNetwork: ${accepted === "separate" ? "bounded" : "shared"}}).`,
    },
  });
}

function notEvaluable(workload: Workload, missing: readonly string[], message: string): RuleOutcome {
  return workloadOutcome(workload, { verdict: "notEvaluable", missing, message });
}

function isDoubtful(workload: Workload, direction: Direction, { kind, name, unreadable }: ReachPolicy): RuleOutcome {
  return notEvaluable(
    workload,
    ["unknown-kind"],
    `Whether ${direction} of ${workload.label} is isolated hangs on ${kind} ${name}: ${unreadable ?? "whether the engine heeds it depends on its version"}.`,
  );
}

function hasNoEngine(workload: Workload): RuleOutcome {
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "1",
    message: `Nothing isolates ${workload.label}: cluster ${workload.cluster} has no policy engine, so network policies do nothing there.`,
    fix: { description: "Give the cluster a network policy engine; cilium comes with the Cilium data plane." },
  });
}

function isOpen(workload: Workload, direction: Direction): RuleOutcome {
  const consequence =
    direction === "ingress" ? "every pod of the cluster may reach it" : "it may reach every pod and the world";
  const description = "Deny both directions for the whole namespace, then allow what is needed.";
  return workloadOutcome(workload, {
    verdict: "fail",
    part: direction === "ingress" ? "1" : "2",
    message: `No network policy isolates ${direction} of ${workload.label}: ${consequence}.`,
    fix: { description, patch: denyAll },
  });
}

function judgeDns(workload: Workload, network: ClusterNetwork, bindings: readonly BindingPolicy[]): RuleOutcome {
  const opened = new Set(
    bindings.flatMap(({ policy }) =>
      (policy.egress?.rules ?? [])
        .filter(({ action, peers }) => action === "allow" && mayBeDns(peers, policy, network))
        .flatMap(({ ports }) => protocolsForDns(ports)),
    ),
  );
  const closed = (["UDP", "TCP"] as const).filter((protocol) => !opened.has(protocol));
  if (closed.length === 0) return passed(workload);
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "3",
    place: bindings[0]?.policy.place ?? workload.place,
    message: `Egress of ${workload.label} is isolated, and no rule opens port ${dnsPort} over ${closed.join(" and ")} to the DNS of the cluster: it cannot resolve a name${closed.length === 1 ? " whose answer is large" : ""}.`,
    fix: { description: "Allow port 53, UDP and TCP, to the cluster's DNS.", patch: allowDns },
  });
}

function protocolsForDns(ports: readonly RulePort[] | undefined): readonly string[] {
  if (ports === undefined) return ["UDP", "TCP"];
  return ports.flatMap((port) => (coversDns(port) ? [port.protocol] : []));
}

function coversDns({ port }: RulePort): boolean {
  switch (port.kind) {
    case "all":
      return true;
    case "named":
      return port.name === "dns" || port.name === "dns-tcp";
    case "range":
      return port.first <= dnsPort && dnsPort <= port.last;
  }
}

const dnsNamespace = { "kubernetes.io/metadata.name": "kube-system" };
const dnsPods = { "k8s-app": "kube-dns" };

/** LocalDNS of AKS answers on each node. Source: Microsoft Learn, AKS, localdns-custom, 2026-08. */
const localDns = /^169\.254\.(?:0\.0\/16|10\.)/;

/** Whether the cluster's DNS may be among the peers. Labels that nobody knows of kube-system are taken to match. */
function mayBeDns(peers: readonly RulePeer[] | undefined, policy: ReachPolicy, network: ClusterNetwork): boolean {
  return peers === undefined || peers.some((peer) => isDnsPeer(peer, policy, network));
}

function isDnsPeer(peer: RulePeer, { namespace }: ReachPolicy, { engine }: ClusterNetwork): boolean {
  switch (peer.kind) {
    case "pods":
      if (peer.namespaces === undefined && namespace !== undefined && namespace !== "kube-system") return false;
      return mayMatch(peer.namespaces, dnsNamespace) && mayMatch(peer.pods, dnsPods);
    case "addresses":
      return engine !== "cilium" || peer.meansPods === "always" || localDns.test(peer.cidr);
    case "entities":
      return peer.pods || peer.entities.includes("node");
    case "hosts":
      return false;
    case "unknown":
      return true;
  }
}

function mayMatch(selector: LabelSelector | undefined, labels: { readonly [key: string]: string }): boolean {
  const known = (selector?.requirements ?? []).filter(({ key }) => Object.hasOwn(labels, key));
  return matchesLabels({ requirements: known }, labels);
}

const ciliumKinds = ["CiliumNetworkPolicy.cilium.io", "CiliumClusterwideNetworkPolicy.cilium.io"];

/** An empty section of a Cilium policy says nothing, though it looks like one that denies all. */
function* emptySections(estate: Estate): Iterable<RuleOutcome> {
  for (const placed of lookupOf(estate).objects.ofKind(...ciliumKinds)) {
    const spec = asObject(placed.object.value.spec);
    const section = ["ingress", "egress"].find((name) => name in spec && asList(spec[name]).length === 0);
    if (section !== undefined) yield isEmptySection(estate, placed, section);
  }
}

function isEmptySection(estate: Estate, placed: PlacedObject, section: string): RuleOutcome {
  const { kind, name } = placed.object;
  return objectOutcome(estate, placed, {
    verdict: "fail",
    part: "5",
    severity: "medium",
    field: ["spec", section],
    message: `The section ${section} of ${kind} ${name} is empty: to Cilium that says nothing, it denies nothing.`,
    fix: { description: `To deny all, write one empty rule: ${section}: [{}].` },
  });
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
