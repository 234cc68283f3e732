import { entryOf } from "../../estate/kubernetes/map-entry.ts";
import { formatPorts, type PortSet } from "../../estate/kubernetes/port-set.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { EntryPeers } from "./entry-edges.ts";
import { type PolicyObject, type PolicyObjectPeer, portObjects, selectorOf } from "./policy-object.ts";
import type { PolicyPlan } from "./policy-plan.ts";
import { workloadKey } from "./workload-key.ts";

const nameLabel = "kubernetes.io/metadata.name";

/**
 * The world without the instance metadata service, which hands tokens of the node to whoever asks: workload identity
 * does not need it, and no host that is declared resolves to it.
 */
const world: PolicyObjectPeer = { ipBlock: { cidr: "0.0.0.0/0", except: ["169.254.169.254/32"] } };

/**
 * The NetworkPolicies of a plan by namespace: one that denies everything, one that lets every pod ask DNS, and one for each
 * workload that needs more. The same plan gives the same policies, in the same order.
 */
export function generatePolicies(plan: PolicyPlan): ReadonlyMap<string, readonly PolicyObject[]> {
  const all = [...plan.workloads.values()].toSorted((left, right) => (workloadKey(left) < workloadKey(right) ? -1 : 1));
  const byNamespace = Map.groupBy(all, ({ namespace }) => namespace);
  return new Map(
    [...byNamespace].map(([namespace, workloads]) => [
      namespace,
      [
        defaultDeny(namespace),
        allowDns(namespace),
        ...workloads.flatMap((each) => workloadPolicy(plan, each, workloads)),
      ],
    ]),
  );
}

function policyObject(namespace: string, name: string, spec: PolicyObject["spec"]): PolicyObject {
  return { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name, namespace }, spec };
}

function defaultDeny(namespace: string): PolicyObject {
  return policyObject(namespace, "default-deny", { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
}

/** CoreDNS of AKS: pods `k8s-app=kube-dns` of kube-system, on 53 by UDP and TCP. */
function allowDns(namespace: string): PolicyObject {
  const dns = {
    namespaceSelector: { matchLabels: { [nameLabel]: "kube-system" } },
    podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
  };
  const ports = [
    { protocol: "TCP", port: 53 },
    { protocol: "UDP", port: 53 },
  ];
  return policyObject(namespace, "allow-dns", {
    podSelector: {},
    policyTypes: ["Egress"],
    egress: [{ to: [dns], ports }],
  });
}

/** What a workload needs; none when it needs nothing but DNS. */
function workloadPolicy(
  plan: PolicyPlan,
  workload: Workload,
  neighbours: readonly Workload[],
): readonly PolicyObject[] {
  const key = workloadKey(workload);
  const peerOf = (other: string) => podPeer(plan, workload, other);
  const inward: PortedPeer[] = [
    ...plan.edges.filter(({ to }) => to === key).map(({ from, ports }) => ({ peer: peerOf(from), ports })),
    ...(plan.entries.get(key) ?? []).flatMap(({ peers, ports }) => entryPeers(peers).map((peer) => ({ peer, ports }))),
  ];
  const outsidePorts = plan.outside.get(key);
  const outward: PortedPeer[] = [
    ...plan.edges.filter(({ from }) => from === key).map(({ to, ports }) => ({ peer: peerOf(to), ports })),
    ...(outsidePorts === undefined ? [] : [{ peer: world, ports: outsidePorts }]),
  ];
  if (inward.length === 0 && outward.length === 0) return [];
  const ingress = groupByPorts(inward).map(({ peers, ports }) => ({ from: peers, ...portsField(ports) }));
  const egress = groupByPorts(outward).map(({ peers, ports }) => ({ to: peers, ...portsField(ports) }));
  return [
    policyObject(workload.namespace, policyName(workload, neighbours), {
      podSelector: selectorOf(workload, neighbours),
      policyTypes: [
        ...(ingress.length > 0 ? ["Ingress" as const] : []),
        ...(egress.length > 0 ? ["Egress" as const] : []),
      ],
      ...(ingress.length > 0 ? { ingress } : {}),
      ...(egress.length > 0 ? { egress } : {}),
    }),
  ];
}

/** The workload's name, with its kind where two kinds share it. */
function policyName({ kind, name }: Workload, neighbours: readonly Workload[]): string {
  const isShared = neighbours.some((other) => other.name === name && other.kind !== kind);
  return isShared ? `allow-${kind.toLowerCase()}-${name}` : `allow-${name}`;
}

interface PortedPeer {
  readonly peer: PolicyObjectPeer;
  readonly ports: PortSet;
}

function podPeer(plan: PolicyPlan, { namespace }: Workload, key: string): PolicyObjectPeer {
  const other = plan.workloads.get(key);
  if (other === undefined) throw new RangeError(`the plan has no workload ${key}`);
  const neighbours = [...plan.workloads.values()].filter((each) => each.namespace === other.namespace);
  const podSelector = selectorOf(other, neighbours);
  if (other.namespace === namespace) return { podSelector };
  return { namespaceSelector: { matchLabels: { [nameLabel]: other.namespace } }, podSelector };
}

function entryPeers(peers: EntryPeers): readonly PolicyObjectPeer[] {
  if (peers.kind === "addresses") return peers.ranges.map((cidr) => ({ ipBlock: { cidr } }));
  if (peers.names === undefined) return [{ namespaceSelector: {} }];
  return peers.names.map((name) => ({ namespaceSelector: { matchLabels: { [nameLabel]: name } } }));
}

/** Peers with the same ports share a rule; each peer once. */
function groupByPorts(list: readonly PortedPeer[]) {
  const groups = new Map<string, { readonly ports: PortSet; readonly peers: Map<string, PolicyObjectPeer> }>();
  for (const { peer, ports } of list) {
    const group = entryOf(groups, formatPorts(ports), () => ({ ports, peers: new Map<string, PolicyObjectPeer>() }));
    group.peers.set(JSON.stringify(peer), peer);
  }
  const sorted = <Value>(map: ReadonlyMap<string, Value>) =>
    [...map].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, value]) => value);
  return sorted(groups).map(({ ports, peers }) => ({ ports, peers: sorted(peers) }));
}

function portsField(ports: PortSet) {
  const written = portObjects(ports);
  return written === undefined ? {} : { ports: written };
}
