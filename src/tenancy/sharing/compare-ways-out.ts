import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import { commonClusters, commonPools, type TenantSides } from "./comparison.ts";
import type { EgressBounds, EgressReach } from "./egress-isolation.ts";
import {
  bounded,
  common,
  inWords,
  type LayerState,
  type LayerStates,
  listed,
  separate,
  shared,
  unknown,
} from "./layer-state.ts";
import { type Measure, measures } from "./measures.ts";
import type { LocatedTenant } from "./tenant-presence.ts";

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
  const unenforced = withoutEngine(clusters);
  if (unenforced !== undefined) return unenforced;
  return decided("how far policies let pods out of the cluster", (bound) => egressBy(bound, sides, clusters));
}

function egressBy(bound: keyof EgressBounds, sides: TenantSides, clusters: readonly Cluster[]): LayerState {
  const [left, right] = [sides.left, sides.right].map((tenant) => furthest(bound, tenant, sides, clusters));
  const open = [...(left ?? []), ...(right ?? [])].find(({ reach }) => reach === "anywhere");
  const close = measures.closedEgress;
  if (open !== undefined) return shared(anywhereInWords(open), close, narrowed(open, measures.boundedEgress));
  const isInside = (pods: readonly FurthestPod[] = []) => pods.every(({ reach }) => reach === "inside");
  const insider = isInside(left) ? sides.left : isInside(right) ? sides.right : undefined;
  if (insider !== undefined) return separate(`policies let no pod of ${insider.tenant.name} out of the cluster`);
  const [cluster] = clusters;
  const way = outboundInWords(cluster?.network.outbound ?? "");
  return bounded(`both leave ${cluster?.name} by one ${way}, and policies restrict what their pods reach`, close);
}

/**
 * Instance metadata answers every pod that no egress policy holds back, with tokens of the node's identity, which stands
 * for the pods of both: to close it for one tenant does not keep the other from them.
 */
function compareEndpoints(sides: TenantSides, clusters: readonly Cluster[]): LayerState {
  if (clusters.length === 0) return separate("they run on different clusters");
  const unenforced = withoutEngine(clusters);
  if (unenforced !== undefined) return unenforced;
  return decided("whether policies keep pods from instance metadata", (bound) => endpointsBy(bound, sides, clusters));
}

function endpointsBy(bound: keyof EgressBounds, sides: TenantSides, clusters: readonly Cluster[]): LayerState {
  const names = listed(clusters.map(({ name }) => name));
  const open = [sides.left, sides.right].flatMap((tenant) => {
    const pods = furthest(bound, tenant, sides, clusters);
    return pods.find(({ reach }) => reach === "anywhere") ?? pods.find(({ reach }) => reach === "metadata") ?? [];
  });
  const [first] = open;
  if (first === undefined) {
    return separate(`egress policies keep the pods of both from instance metadata on ${names}`);
  }
  const close = narrowed({ tenant: inWords(open.map(({ tenant }) => tenant)) }, measures.closedMetadata);
  const because = `nothing keeps ${first.workload.label} of ${first.tenant} from the tokens of its node on ${first.cluster}`;
  return open.length === 1 ? bounded(because, close) : shared(because, close, narrowed(first, measures.closedMetadata));
}

/** What holds whether or not the policies that leave doubt let traffic pass; unknown where that decides. */
function decided(what: string, judge: (bound: keyof EgressBounds) => LayerState): LayerState {
  const [certain, possible] = [judge("certain"), judge("possible")];
  if (certain.sharing === possible.sharing) return possible;
  return unknown(`${what} hangs on policies that the input does not decide (${possible.because})`);
}

interface FurthestPod {
  readonly tenant: string;
  readonly cluster: string;
  readonly workload: Workload;
  readonly reach: EgressReach;
}

/** The pods of a tenant that reach furthest, cluster by cluster. */
function furthest(
  bound: keyof EgressBounds,
  { tenant }: LocatedTenant,
  { comparison }: TenantSides,
  clusters: readonly Cluster[],
): readonly FurthestPod[] {
  return clusters.flatMap(({ name }) => {
    const { egress } = comparison.clusterTraits(tenant.name, name);
    return egress === undefined ? [] : [{ tenant: tenant.name, cluster: name, ...egress[bound] }];
  });
}

function anywhereInWords({ workload, tenant, cluster }: FurthestPod): string {
  return `no policy restricts where ${workload.label} of ${tenant} connects to on ${cluster}`;
}

/** The measure for the tenant whose pods reach that far, whoever asks for it. */
function narrowed({ tenant }: Pick<FurthestPod, "tenant">, measure: Measure): Measure {
  return { ...measure, text: () => measure.text(tenant) };
}

/** What cannot be enforced holds nobody back; where no engine is declared, that cannot be told. */
function withoutEngine(clusters: readonly Cluster[]): LayerState | undefined {
  for (const { name, network } of clusters) {
    if (network.policyEngine === "none") {
      return shared(`no policy engine of ${name} enforces policies`, {
        kind: "denyPolicy",
        text: () => `a policy engine on ${name}`,
      });
    }
    if (network.policyEngine === undefined) {
      return unknown(`the policy engine of ${name}, which must enforce policies, is not declared`);
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
