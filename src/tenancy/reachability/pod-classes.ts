import { asInteger, asList, asObject, asText } from "../../estate/kubernetes/json-value.ts";
import { entryOf } from "../../estate/kubernetes/map-entry.ts";
import { noPorts, type PortSet, portsOf, unitePorts } from "../../estate/kubernetes/port-set.ts";
import { formatLabelSelector } from "../../estate/kubernetes/selector.ts";
import { BitSet } from "./bit-set.ts";
import type { NetworkSubject, PodSelection, Selected } from "./pod-selection.ts";
import type { EnforcedPolicy } from "./policy-set.ts";
import type { ReachPolicy, RulePeer } from "./reach-policy.ts";

type PodsPeer = RulePeer & { readonly kind: "pods" };

/** A policy that binds the pods of a class; not certain where selector or enforcement leave doubt. */
export interface BindingPolicy {
  readonly policy: ReachPolicy;
  /** Position in the policy set. */
  readonly position: number;
  readonly certain: boolean;
}

/** Workloads that no policy of the cluster can tell apart: they reach the same, and the same reaches them. */
export interface PodClass {
  readonly index: number;
  /** Positions of the workloads. */
  readonly members: readonly number[];
  readonly hostNetwork: boolean;
  readonly bindings: readonly BindingPolicy[];
  /** Container ports by `name/protocol`, for the names that policies mention. */
  readonly namedPorts: ReadonlyMap<string, PortSet>;
  /** Equal for classes whose named ports are the same. */
  readonly namedPortsKey: string;
}

/** Classes that a peer matches. */
export interface PeerClasses {
  readonly yes: BitSet;
  readonly maybe: BitSet;
}

export interface PodClasses {
  readonly classes: readonly PodClass[];
  /** Class of each workload, by its position. */
  readonly classOf: readonly number[];
  readonly peerClasses: (policy: ReachPolicy, peer: PodsPeer) => PeerClasses;
  /** True when the policy binds at least one pod. */
  readonly bindsAny: (position: number) => boolean;
}

/**
 * Groups workloads by what policies can see of them: which policies bind them, which peers name them, what their ports are
 * called, whether they are on the host network. Each selector is looked up once in an index of labels, so the work grows
 * with the number of matches and not with policies times workloads.
 */
export function classifyPods(
  workloads: readonly NetworkSubject[],
  policies: readonly EnforcedPolicy[],
  selection: PodSelection,
): PodClasses {
  const bindings = bindPolicies(workloads.length, policies, selection);
  const peers = selectPeers(policies, selection);
  const names = mentionedPortNames(policies);
  const signatures = workloads.map((workload, position) => [
    workload.hostNetwork ? "host" : "pod",
    namedPortsKey(namedPortsOf(workload, names)),
    ...(bindings[position] ?? []).map(({ position: policy, certain }) => `${certain ? "" : "?"}${policy}`),
    "",
  ]);
  let token = 0;
  for (const { yes, maybe } of peers.values()) {
    for (const position of yes) signatures[position]?.push(String(token));
    for (const position of maybe) signatures[position]?.push(`?${token}`);
    token += 1;
  }
  const bySignature = Map.groupBy(workloads.keys(), (position) => signatures[position]?.join(" ") ?? "");
  const classes = [...bySignature.values()].map((members, index): PodClass => {
    const first = workloads[members[0] ?? 0];
    const namedPorts = first === undefined ? new Map<string, PortSet>() : namedPortsOf(first, names);
    return {
      index,
      members,
      hostNetwork: first?.hostNetwork === true,
      bindings: bindings[members[0] ?? 0] ?? [],
      namedPorts,
      namedPortsKey: namedPortsKey(namedPorts),
    };
  });
  const classOf: number[] = Array.from({ length: workloads.length }, () => 0);
  for (const { index, members } of classes) for (const member of members) classOf[member] = index;
  const peerClasses = new Map<string, PeerClasses>();
  const bound = new Set(bindings.flat().map(({ position }) => position));
  return {
    classes,
    classOf,
    peerClasses: (policy, peer) => {
      const key = peerKey(policy, peer);
      return entryOf(peerClasses, key, () => classesOf(peers.get(key), classOf, classes.length));
    },
    bindsAny: (position) => bound.has(position),
  };
}

function bindPolicies(
  count: number,
  policies: readonly EnforcedPolicy[],
  selection: PodSelection,
): readonly BindingPolicy[][] {
  const bindings: BindingPolicy[][] = Array.from({ length: count }, () => []);
  for (const [position, { policy, certain }] of policies.entries()) {
    const { subject, namespace } = policy;
    const selected =
      subject === undefined
        ? { yes: [], maybe: selection.inNamespace(namespace) }
        : selection.select(subject.namespaces, subject.pods, namespace);
    for (const member of selected.yes) bindings[member]?.push({ policy, position, certain });
    for (const member of selected.maybe) bindings[member]?.push({ policy, position, certain: false });
  }
  return bindings;
}

function selectPeers(policies: readonly EnforcedPolicy[], selection: PodSelection): ReadonlyMap<string, Selected> {
  const peers = new Map<string, Selected>();
  for (const { policy } of policies) {
    for (const rule of rulesOf(policy)) {
      for (const peer of rule.peers ?? []) {
        if (peer.kind !== "pods") continue;
        entryOf(peers, peerKey(policy, peer), () => selection.select(peer.namespaces, peer.pods, policy.namespace));
      }
    }
  }
  return peers;
}

/** Rules of both directions. */
export function rulesOf({ ingress, egress }: ReachPolicy) {
  return [...(ingress?.rules ?? []), ...(egress?.rules ?? [])];
}

function peerKey({ namespace }: ReachPolicy, { namespaces, pods }: PodsPeer): string {
  const where = namespaces === undefined ? `in ${namespace ?? ""}` : `of ${formatLabelSelector(namespaces)}`;
  return `${where}|${formatLabelSelector(pods)}`;
}

function classesOf(selected: Selected | undefined, classOf: readonly number[], count: number): PeerClasses {
  const classes = (positions: readonly number[] = []) =>
    BitSet.of(
      count,
      positions.map((position) => classOf[position] ?? 0),
    );
  return { yes: classes(selected?.yes), maybe: classes(selected?.maybe) };
}

function mentionedPortNames(policies: readonly EnforcedPolicy[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { policy } of policies) {
    for (const { ports } of rulesOf(policy)) {
      for (const { port } of ports ?? []) if (port.kind === "named") names.add(port.name);
    }
  }
  return names;
}

/** Container ports by `name/protocol`; different containers may give one name different numbers. */
function namedPortsOf({ containers }: NetworkSubject, names: ReadonlySet<string>): ReadonlyMap<string, PortSet> {
  const ports = new Map<string, PortSet>();
  if (names.size === 0) return ports;
  for (const { role, value } of containers) {
    if (role !== "main" && role !== "sidecar") continue;
    for (const entry of asList(value.ports)) {
      const { name, containerPort, protocol } = asObject(entry);
      const [text, number, sort] = [asText(name), asInteger(containerPort), asText(protocol) ?? "TCP"];
      if (text === undefined || number === undefined || !names.has(text)) continue;
      if (sort !== "TCP" && sort !== "UDP" && sort !== "SCTP") continue;
      const key = `${text}/${sort}`;
      ports.set(key, unitePorts([ports.get(key) ?? noPorts, portsOf(sort, number, number)]));
    }
  }
  return ports;
}

function namedPortsKey(ports: ReadonlyMap<string, PortSet>): string {
  return [...ports]
    .map(([name, set]) => `${name}=${[...set.values()].flat(2).join(",")}`)
    .sort()
    .join(";");
}
