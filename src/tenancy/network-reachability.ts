import { asInteger, asList, asObject, asText } from "../estate/kubernetes/json-value.ts";
import { entryOf } from "../estate/kubernetes/map-entry.ts";
import type { NetworkPolicy, PolicyPeer, PolicyPort, PolicyRule } from "../estate/kubernetes/network-policy.ts";
import { type NamespaceScope, scopeKey } from "../estate/kubernetes/object-index.ts";
import { indexPods, type PodIndex } from "../estate/kubernetes/pod-index.ts";
import {
  allPorts,
  everyPortOf,
  intersectPorts,
  isEmptyPortSet,
  noPorts,
  type PortSet,
  portsOf,
  unitePorts,
} from "../estate/kubernetes/port-set.ts";
import type { Workload } from "../estate/kubernetes/workload.ts";
import type { PeerReading } from "./peer-reading.ts";

/** What of a workload network policies look at. */
export type NetworkSubject = Pick<
  Workload,
  "id" | "environment" | "cluster" | "namespace" | "kind" | "name" | "podLabels" | "hostNetwork" | "containers"
>;

/** The end of a connection that is no workload: addresses outside the cluster. Ids hold slashes, so none is equal to it. */
const outside = "outside";

/** A connection that the policies let pass, with the pod ports it may use. */
export interface AllowedConnection {
  /** Workload id, or `outside`. */
  readonly from: string;
  /** Workload id, or `outside`. */
  readonly to: string;
  readonly ports: PortSet;
  /** Only from or to some outside addresses (`ipBlock`), not any. */
  readonly someAddresses: boolean;
}

interface Evaluation {
  readonly pods: PodIndex<NetworkSubject>;
  /** Policies by id of the workloads they select. */
  readonly selecting: ReadonlyMap<string, readonly NetworkPolicy[]>;
  /** Namespaces by `environment/cluster`. */
  readonly namespaces: ReadonlyMap<string, ReadonlySet<string>>;
  readonly reading: PeerReading;
  /** Workload ids that a peer matches, by the peer and the policy's scope. */
  readonly peers: Map<PolicyPeer, ReadonlySet<string>>;
}

/**
 * Every allowed connection between two different workloads, and between each workload and the outside, by the exact
 * semantics of networking.k8s.io NetworkPolicies: a pod that no policy selects for a direction is open in it; one that some
 * policy selects may do what any rule of any such policy allows; a connection needs egress and ingress. Pods on the host
 * network have no identity of their own: policies neither restrict them nor name them as peers, but by address. Whether an
 * address range (`ipBlock`) also means pods is the engine's to say, so the caller passes that in with the reading.
 */
export function allowedConnections(
  workloads: readonly NetworkSubject[],
  policies: readonly NetworkPolicy[],
  reading: PeerReading,
): readonly AllowedConnection[] {
  const evaluation = evaluate(workloads, policies, reading);
  const connections: AllowedConnection[] = [];
  for (const from of workloads) {
    for (const to of workloads) {
      const ports = from.id === to.id ? noPorts : portsBetween(evaluation, from, to);
      if (!isEmptyPortSet(ports)) connections.push({ from: from.id, to: to.id, ports, someAddresses: false });
    }
    for (const someAddresses of [false, true]) {
      const inward = outsidePorts(evaluation, from, "ingress", someAddresses);
      if (!isEmptyPortSet(inward)) connections.push({ from: outside, to: from.id, ports: inward, someAddresses });
      const outward = outsidePorts(evaluation, from, "egress", someAddresses);
      if (!isEmptyPortSet(outward)) connections.push({ from: from.id, to: outside, ports: outward, someAddresses });
    }
  }
  return connections;
}

function evaluate(
  workloads: readonly NetworkSubject[],
  policies: readonly NetworkPolicy[],
  reading: PeerReading,
): Evaluation {
  const pods = indexPods(workloads);
  const selecting = new Map<string, NetworkPolicy[]>();
  for (const policy of policies) {
    for (const { id } of pods.select(policy, policy.pods))
      entryOf(selecting, id, (): NetworkPolicy[] => []).push(policy);
  }
  const namespaces = new Map<string, Set<string>>();
  for (const workload of workloads) {
    entryOf(namespaces, clusterKey(workload), () => new Set<string>()).add(workload.namespace);
  }
  return { pods, selecting, namespaces, reading, peers: new Map() };
}

function clusterKey({ environment, cluster }: NamespaceScope): string {
  return scopeKey({ environment, cluster, namespace: undefined });
}

function portsBetween(evaluation: Evaluation, from: NetworkSubject, to: NetworkSubject): PortSet {
  if (clusterKey(from) !== clusterKey(to)) return noPorts;
  const outward = directionPorts(evaluation, from, "egress", to, to);
  return isEmptyPortSet(outward)
    ? noPorts
    : intersectPorts(outward, directionPorts(evaluation, to, "ingress", from, to));
}

/** What the subject's own policies of one direction allow with a peer; ports are those of the destination. */
function directionPorts(
  evaluation: Evaluation,
  subject: NetworkSubject,
  direction: "ingress" | "egress",
  peer: NetworkSubject,
  destination: NetworkSubject,
): PortSet {
  const rules = rulesOf(evaluation, subject, direction);
  if (rules === undefined) return allPorts;
  const matching = rules.filter(({ policy, rule }) => matchesPeer(evaluation, policy, rule, peer));
  return unitePorts(matching.map(({ rule }) => portsOfRule(rule, destination)));
}

/** Rules that bind the subject in one direction; undefined when nothing restricts it. */
function rulesOf(
  { selecting }: Evaluation,
  subject: NetworkSubject,
  direction: "ingress" | "egress",
): readonly { readonly policy: NetworkPolicy; readonly rule: PolicyRule }[] | undefined {
  if (subject.hostNetwork) return undefined;
  const policies = (selecting.get(subject.id) ?? []).filter((policy) => policy[direction] !== undefined);
  if (policies.length === 0) return undefined;
  return policies.flatMap((policy) => (policy[direction] ?? []).map((rule) => ({ policy, rule })));
}

function matchesPeer(evaluation: Evaluation, policy: NetworkPolicy, rule: PolicyRule, peer: NetworkSubject): boolean {
  if (rule.peers === undefined) return true;
  return rule.peers.some((one) =>
    one.kind === "addresses"
      ? evaluation.reading.holdsPod(one, peer)
      : !peer.hostNetwork && podsOfPeer(evaluation, policy, one).has(peer.id),
  );
}

function podsOfPeer(
  evaluation: Evaluation,
  policy: NetworkPolicy,
  peer: PolicyPeer & { readonly kind: "pods" },
): ReadonlySet<string> {
  return entryOf(evaluation.peers, peer, () => {
    const selector = peer.pods ?? { requirements: [] };
    const scopes = scopesOfPeer(evaluation, policy, peer);
    return new Set(scopes.flatMap((scope) => evaluation.pods.select(scope, selector).map(({ id }) => id)));
  });
}

function scopesOfPeer(
  { namespaces, reading }: Evaluation,
  policy: NetworkPolicy,
  peer: PolicyPeer & { readonly kind: "pods" },
): readonly NamespaceScope[] {
  const selector = peer.namespaces;
  if (selector === undefined) return [policy];
  const { environment, cluster } = policy;
  return [...(namespaces.get(clusterKey(policy)) ?? [])]
    .map((namespace) => ({ environment, cluster, namespace }))
    .filter((scope) => reading.matchesNamespace(selector, scope));
}

/** Connections with any address outside, or with those of address ranges only. Named ports match no outside destination. */
function outsidePorts(
  evaluation: Evaluation,
  subject: NetworkSubject,
  direction: "ingress" | "egress",
  someAddresses: boolean,
): PortSet {
  const rules = rulesOf(evaluation, subject, direction);
  if (rules === undefined) return someAddresses ? noPorts : allPorts;
  const matching = rules.filter(({ rule }) =>
    someAddresses ? rule.peers?.some(({ kind }) => kind === "addresses") === true : rule.peers === undefined,
  );
  const destination = direction === "ingress" ? subject : undefined;
  return unitePorts(matching.map(({ rule }) => portsOfRule(rule, destination)));
}

function portsOfRule({ ports }: PolicyRule, destination: NetworkSubject | undefined): PortSet {
  return ports === undefined ? allPorts : unitePorts(ports.map((port) => portsOfPort(port, destination)));
}

function portsOfPort({ protocol, port }: PolicyPort, destination: NetworkSubject | undefined): PortSet {
  switch (port.kind) {
    case "all":
      return everyPortOf(protocol);
    case "range":
      return portsOf(protocol, port.first, port.last);
    case "named":
      return unitePorts(
        namedPorts(destination, port.name, protocol).map((number) => portsOf(protocol, number, number)),
      );
  }
}

/** Container ports of a name and protocol; different containers may give it different numbers. */
function namedPorts(destination: NetworkSubject | undefined, name: string, protocol: string): readonly number[] {
  return (destination?.containers ?? []).flatMap(({ value }) =>
    asList(value.ports).flatMap((entry) => {
      const port = asObject(entry);
      const number = asInteger(port.containerPort);
      return number !== undefined && port.name === name && (asText(port.protocol) ?? "TCP") === protocol
        ? [number]
        : [];
    }),
  );
}
