import { assume } from "../../../estate/assumptions/assumption-rule.ts";
import { networkLayout, nodeSubnet } from "../../../estate/assumptions/cloud-target-rules.ts";
import { addressesShared, networkFull } from "../../../estate/diagnostics/cloud-target-diagnostics.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import { type Cidr, overlaps, parseCidr } from "../../../estate/model/cidr.ts";
import type { Cluster } from "../../../estate/model/cluster.ts";
import type { Estate, Network } from "../../../estate/model/estate.ts";
import type { GraphDraft } from "./graph-draft.ts";
import { subscriptionOf } from "./subscriptions.ts";

/** A network with all its subnets, also those that the estate does not name. */
export interface NetworkPlan {
  readonly name: string;
  readonly region: string;
  readonly subscription: string;
  readonly addressSpace: readonly string[];
  readonly subnets: readonly PlannedSubnet[];
  readonly egress: Network["egress"];
  readonly clusters: readonly Cluster[];
  /** Cluster and pool, joined by `/`, to the subnet of its nodes. */
  readonly nodeSubnets: ReadonlyMap<string, string>;
  readonly tells: string;
}

interface PlannedSubnet {
  readonly name: string;
  readonly prefix: string;
  readonly use: "nodes" | "pods" | "endpoints" | "firewall" | "other";
}

const endpointSubnet = "private-endpoints";
const firewallSubnet = "AzureFirewallSubnet";

/** Of every network that is not declared: a range by position would move when a cluster is added, and networks with it. */
const undeclaredSpace = "10.100.0.0/16";

/** Networks of the clusters: the declared ones, and one for each cluster that names none. */
export function planNetworks(estate: Estate, draft: GraphDraft): ReadonlyMap<string, NetworkPlan> {
  const plans = new Map<string, NetworkPlan>();
  for (const network of estate.networks) {
    const clusters = estate.clusters.filter((cluster) => cluster.network.name === network.name);
    const [first] = clusters;
    if (first !== undefined) plans.set(network.name, planNetwork(estate, network, clusters, draft));
  }
  const alone = estate.clusters.filter(({ network }) => network.name === undefined || !plans.has(network.name));
  sayShared(alone, draft);
  for (const cluster of alone) {
    const network: Network = {
      name: cluster.name,
      region: cluster.region,
      zone: undefined,
      addressSpace: [undeclaredSpace],
      subnets: [],
      egress: { type: undefined, allowedFqdns: [] },
      ...(cluster.place === undefined ? {} : { place: cluster.place }),
    };
    plans.set(cluster.name, planNetwork(estate, network, [cluster], draft));
  }
  return plans;
}

/** Two such networks can stand beside each other, and never be connected. */
function sayShared(clusters: readonly Cluster[], draft: GraphDraft): void {
  const names = clusters.map(({ name }) => name);
  const [first] = clusters;
  if (first === undefined || names.length < 2) return;
  const parameters = { clusters: names.toSorted(), range: undeclaredSpace };
  draft.diagnostics.push(diagnose(addressesShared, parameters, { place: first.place }));
}

export function networkOf(networks: ReadonlyMap<string, NetworkPlan>, cluster: Cluster): NetworkPlan | undefined {
  return networks.get(cluster.network.name ?? cluster.name) ?? networks.get(cluster.name);
}

function planNetwork(estate: Estate, network: Network, clusters: readonly Cluster[], draft: GraphDraft): NetworkPlan {
  const [first] = clusters;
  const subnets = network.subnets.map((subnet): PlannedSubnet => ({ ...subnet, use: useOf(subnet.name, clusters) }));
  const claim = (name: string, length: number, use: PlannedSubnet["use"]): void => {
    if (subnets.some((subnet) => subnet.name === name)) return;
    const prefix =
      ownRange(network.addressSpace, subnets, use, length) ?? freeRange(network.addressSpace, subnets, length);
    if (prefix === undefined) {
      draft.diagnostics.push(diagnose(networkFull, { network: network.name, subnet: name }, { place: network.place }));
      return;
    }
    subnets.push({ name, prefix, use });
    draft.assumptions.push(
      assume(
        networkLayout,
        `Estate/networks/${network.name}/${name}`,
        { network: network.name, subnet: name, prefix },
        network.place,
      ),
    );
  };
  for (const cluster of clusters) {
    for (const pool of cluster.nodePools) {
      if (pool.subnet !== undefined) claim(pool.subnet, 22, "nodes");
      if (pool.podSubnet !== undefined) claim(pool.podSubnet, 20, "pods");
    }
  }
  if (!subnets.some(({ use }) => use === "nodes")) claim("aks", 22, "nodes");
  const hasVaults = estate.cloudServices.some(({ service }) => service === "keyVault");
  const isPrivate = clusters.some((cluster) => cluster.network.privateApiServer === true);
  if (estate.dataStores.length > 0 || hasVaults || isPrivate) claim(endpointSubnet, 24, "endpoints");
  if (network.egress.type === "firewall") claim(firewallSubnet, 26, "firewall");
  return {
    name: network.name,
    region: network.region ?? first?.region ?? "westeurope",
    subscription: first === undefined ? "default" : subscriptionOf(first),
    addressSpace: network.addressSpace,
    subnets: subnets.toSorted((left, right) => (left.name < right.name ? -1 : 1)),
    egress: network.egress,
    clusters,
    nodeSubnets: chooseNodeSubnets(clusters, subnets, draft),
    tells: estate.networks.includes(network) ? "Estate" : `Cluster/${network.name}`,
  };
}

function useOf(name: string, clusters: readonly Cluster[]): PlannedSubnet["use"] {
  const pools = clusters.flatMap(({ nodePools }) => nodePools);
  if (pools.some(({ podSubnet }) => podSubnet === name)) return "pods";
  if (pools.some(({ subnet }) => subnet === name)) return "nodes";
  if (name === firewallSubnet) return "firewall";
  if (/endpoint/i.test(name)) return "endpoints";
  return /(?:^|[^a-z])(?:aks|nodes?)(?:[^a-z]|$)/i.test(name) ? "nodes" : "other";
}

function chooseNodeSubnets(
  clusters: readonly Cluster[],
  subnets: readonly PlannedSubnet[],
  draft: GraphDraft,
): ReadonlyMap<string, string> {
  const chosen = new Map<string, string>();
  const candidates = subnets.filter(({ use }) => use === "nodes");
  for (const cluster of clusters) {
    const words = [...cluster.environments, cluster.name];
    const fitting = candidates.find(({ name }) => words.some((word) => name.split(/[^A-Za-z0-9]+/).includes(word)));
    const fallback = (fitting ?? candidates[0])?.name;
    for (const pool of cluster.nodePools) {
      const subnet = pool.subnet ?? fallback;
      if (subnet !== undefined) chosen.set(`${cluster.name}/${pool.name}`, subnet);
    }
    if (fallback !== undefined && cluster.nodePools.some(({ subnet }) => subnet === undefined)) {
      const parameters = { cluster: cluster.name, subnet: fallback };
      draft.assumptions.push(assume(nodeSubnet, `Cluster/${cluster.name}`, parameters, cluster.place));
    }
  }
  return chosen;
}

/** Places of single subnets, as /24 from the end of the space: what is added in front does not move them. */
const placesFromEnd: { readonly [use in PlannedSubnet["use"]]?: bigint } = { firewall: 1n, endpoints: 2n };
const placeSize = 256n;

/** The place that is kept for a subnet of some use; undefined where there is none, or it is taken. */
function ownRange(
  space: readonly string[],
  subnets: readonly PlannedSubnet[],
  use: PlannedSubnet["use"],
  length: number,
): string | undefined {
  const fromEnd = placesFromEnd[use];
  const range = parseCidr(space[0] ?? "");
  if (fromEnd === undefined || range?.version !== 4 || range.prefixLength > 20) return undefined;
  const first = range.first + (1n << BigInt(32 - range.prefixLength)) - fromEnd * placeSize;
  const candidate: Cidr = { version: 4, first, prefixLength: 24 };
  const isTaken = subnets.flatMap(({ prefix }) => parseCidr(prefix) ?? []).some((other) => overlaps(candidate, other));
  return isTaken ? undefined : `${addressText(first)}/${length}`;
}

/** First range of a length that overlaps no subnet, after the last one of them where there is room. */
function freeRange(space: readonly string[], subnets: readonly PlannedSubnet[], length: number): string | undefined {
  const taken = subnets.flatMap(({ prefix }) => parseCidr(prefix) ?? []);
  const size = 1n << BigInt(32 - length);
  for (const range of space.flatMap((text) => parseCidr(text) ?? [])) {
    if (range.version !== 4 || range.prefixLength > length) continue;
    const end = range.first + (1n << BigInt(32 - range.prefixLength));
    // Each step goes past a taken range, so there are no more steps than ranges.
    let first = range.first;
    for (let step = 0; step <= taken.length && first + size <= end; step += 1) {
      const candidate: Cidr = { version: 4, first, prefixLength: length };
      const blocking = taken.find((other) => overlaps(candidate, other));
      if (blocking === undefined) return `${addressText(first)}/${length}`;
      const after = blocking.first + (1n << BigInt(32 - blocking.prefixLength));
      first = ((after + size - 1n) / size) * size;
    }
  }
  return undefined;
}

function addressText(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 255n)).join(".");
}
