import type { Cluster } from "../../estate/model/cluster.ts";
import { commonClusters, commonPools, type TenantSides } from "./comparison.ts";
import {
  bounded,
  common,
  type LayerState,
  type LayerStates,
  listed,
  separate,
  shared,
  unknown,
} from "./layer-state.ts";
import { measures } from "./measures.ts";

type WayLayer = "snatPorts" | "egress" | "nodeEndpoints" | "ingress";

/** Ways into and out of the clusters. */
export function compareWaysOut(sides: TenantSides): LayerStates<WayLayer> {
  const clusters = commonClusters(sides.left, sides.right);
  return {
    snatPorts: compareSnat(sides, clusters),
    egress: compareEgress(sides, clusters),
    nodeEndpoints: compareEndpoints(sides, clusters),
    ingress: compareIngress(sides, clusters),
  };
}

/** A load balancer deals out ports by node; gateways and firewalls serve whole subnets. */
function compareSnat(sides: TenantSides, [cluster]: readonly Cluster[]): LayerState {
  if (cluster === undefined) {
    const firewall = commonFirewall(sides);
    return firewall === undefined
      ? separate("their clusters leave by addresses of their own")
      : shared(`the traffic of both leaves through the firewall of ${firewall}`, measures.ownCluster);
  }
  const { outbound } = cluster.network;
  if (outbound === "loadBalancer" && commonPools(sides.left, sides.right).length === 0) {
    return bounded(`the load balancer of ${cluster.name} gives each node ports of its own`, measures.ownCluster);
  }
  return shared(`the traffic of both leaves ${cluster.name} by one ${outboundInWords(outbound)}`, measures.ownCluster);
}

function compareEgress(sides: TenantSides, clusters: readonly Cluster[]): LayerState {
  const [cluster] = clusters;
  if (cluster === undefined) {
    const firewall = commonFirewall(sides);
    return firewall === undefined
      ? separate("their clusters have ways out of their own")
      : bounded(`both leave through the firewall of ${firewall}`, measures.ownRegion);
  }
  const open = openPods(sides, clusters);
  if (open !== undefined) return open;
  const way = outboundInWords(cluster.network.outbound);
  return bounded(
    `both leave ${cluster.name} by one ${way}, and policies restrict what their pods reach`,
    measures.ownCluster,
  );
}

/** Instance metadata, kubelets and the API server answer every pod that no egress policy holds back. */
function compareEndpoints(sides: TenantSides, clusters: readonly Cluster[]): LayerState {
  if (clusters.length === 0) return separate("they run on different clusters");
  return (
    openPods(sides, clusters) ??
    bounded(
      `egress policies hold back the pods of both on ${listed(clusters.map(({ name }) => name))}`,
      measures.ownCluster,
    )
  );
}

/** A pod that no egress policy restricts, or an engine that would not enforce it. */
function openPods({ left, right, comparison }: TenantSides, clusters: readonly Cluster[]): LayerState | undefined {
  for (const { name, network } of clusters) {
    for (const { tenant } of [left, right]) {
      const { egressOpen } = comparison.clusterTraits(tenant.name, name);
      if (egressOpen === undefined) continue;
      const because = `no NetworkPolicy restricts where ${egressOpen.label} of ${tenant.name} connects to on ${name}`;
      const close = { ...measures.closedEgress, text: () => measures.closedEgress.text(tenant.name) };
      return shared(because, measures.ownCluster, close);
    }
    if (network.policyEngine === "none") {
      return shared(`no policy engine of ${name} enforces the policies`, measures.ownCluster);
    }
    if (network.policyEngine === undefined) {
      return unknown(`the policy engine of ${name}, which must enforce the policies, is not declared`);
    }
  }
  return undefined;
}

function compareIngress({ left, right, comparison }: TenantSides, clusters: readonly Cluster[]): LayerState {
  if (clusters.length === 0) return separate("they run on different clusters");
  let ownWays: LayerState | undefined;
  for (const { name } of clusters) {
    const [ours, theirs] = [left, right].map(({ tenant }) => comparison.clusterTraits(tenant.name, name).waysIn);
    const ways = common(ours ?? [], theirs ?? []);
    if (ways.length > 0)
      return shared(`both are reached through ${listed(ways)} of ${name}`, measures.ownCluster, measures.ownIngress);
    const [one] = ours ?? [];
    const [other] = theirs ?? [];
    if (one !== undefined && other !== undefined) {
      ownWays ??= bounded(`on ${name} one is reached through ${one}, the other through ${other}`, measures.ownCluster);
    }
  }
  return ownWays ?? separate("no cluster lets traffic in to both");
}

/** The name of a network whose firewall lets out the traffic of both. */
function commonFirewall({ left, right }: TenantSides): string | undefined {
  const [ours, theirs] = [left, right].map(({ clusters }) =>
    clusters.flatMap(({ network }) => (network.outbound === "userDefinedRouting" ? (network.name ?? []) : [])),
  );
  return common(ours ?? [], theirs ?? [])[0];
}

function outboundInWords(outbound: string): string {
  if (outbound === "loadBalancer") return "load balancer";
  if (outbound === "userDefinedRouting") return "route to a firewall";
  return /nat ?gateway/i.test(outbound) ? "NAT gateway" : `way out (${outbound})`;
}
