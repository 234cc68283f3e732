import type { Cluster } from "../estate/model/cluster.ts";
import type { TenancyLayer } from "../estate/model/tenancy-layer.ts";
import type { Sharing, Tenant } from "../estate/model/tenant.ts";
import type { PodNetwork, PodNetworkSharing } from "./pod-network.ts";
import type { SharedLayer } from "./structure-report.ts";
import type { LocatedTenant } from "./tenant-presence.ts";

/** A layer before it is set against what the tenants accept. */
interface LayerState {
  readonly sharing: SharedLayer["sharing"];
  readonly because: string;
}

interface LayerRule {
  readonly layer: string;
  /** What tenants call it when they say what they accept. */
  readonly acceptedAs: readonly TenancyLayer[];
  readonly compare: (left: LocatedTenant, right: LocatedTenant, network: PodNetwork) => LayerState;
}

/** Layers from the widest to the narrowest. */
const layerRules: readonly LayerRule[] = [
  { layer: "subscription", acceptedAs: ["subscription"], compare: compareSubscriptions },
  { layer: "region", acceptedAs: ["region"], compare: compareRegions },
  { layer: "cluster", acceptedAs: ["cluster", "controlPlane", "clusterScopedApi"], compare: compareClusters },
  { layer: "nodePool", acceptedAs: ["nodePool", "node"], compare: comparePools },
  { layer: "node", acceptedAs: ["kernel"], compare: compareKernels },
  { layer: "namespace", acceptedAs: ["namespace"], compare: compareNamespaces },
  { layer: "podNetwork", acceptedAs: ["podsNetwork"], compare: comparePodNetworks },
];

const strictness: { readonly [sharing in Sharing]: number } = { shared: 0, bounded: 1, separate: 2 };

/** What two tenants share, layer by layer, against what the stricter of them accepts. */
export function sharedLayers(left: LocatedTenant, right: LocatedTenant, network: PodNetwork): SharedLayer[] {
  return layerRules.map(({ layer, acceptedAs, compare }) => {
    const { sharing, because } = compare(left, right, network);
    const accepted = strictest([left.tenant, right.tenant], acceptedAs);
    return { layer, sharing, because, accepted, met: isMet(sharing, accepted) };
  });
}

/** How far a layer falls short of what is accepted; 0 when it does not. */
export function gapOf({ sharing, accepted }: SharedLayer): number {
  if (sharing === "unknown" || accepted === undefined) return 0;
  return Math.max(0, strictness[accepted] - strictness[sharing]);
}

/** True when the tenant states for every layer that it may be shared. */
export function acceptsEverything({ accepts }: Tenant): boolean {
  return layerRules.every(({ acceptedAs }) => acceptedAs.every((layer) => accepts[layer] === "shared"));
}

/** True when the tenant itself asks for at least what the pair must keep. */
export function demands(tenant: Tenant, layer: string, accepted: Sharing): boolean {
  const rule = layerRules.find((each) => each.layer === layer);
  const own = rule === undefined ? undefined : strictest([tenant], rule.acceptedAs);
  return own !== undefined && strictness[own] >= strictness[accepted];
}

function strictest(tenants: readonly Tenant[], layers: readonly TenancyLayer[]): Sharing | undefined {
  const stated = tenants.flatMap(({ accepts }) => layers.flatMap((layer) => accepts[layer] ?? []));
  const [first, ...others] = stated;
  if (first === undefined) return undefined;
  return others.reduce((left, right) => (strictness[right] > strictness[left] ? right : left), first);
}

function isMet(sharing: SharedLayer["sharing"], accepted: Sharing | undefined): SharedLayer["met"] {
  if (sharing === "separate" || accepted === "shared") return true;
  if (sharing === "unknown" || accepted === undefined) return "notEvaluable";
  return strictness[sharing] >= strictness[accepted];
}

function both<Value>(left: readonly Value[], right: readonly Value[]): readonly Value[] {
  const others = new Set(right);
  return left.filter((value) => others.has(value));
}

function commonClusters(left: LocatedTenant, right: LocatedTenant) {
  return both(left.clusters, right.clusters);
}

function compareSubscriptions(left: LocatedTenant, right: LocatedTenant): LayerState {
  const [cluster] = commonClusters(left, right);
  if (cluster !== undefined) return { sharing: "shared", because: `both run on cluster ${cluster.name}` };
  const [ours, theirs] = [left, right].map(({ clusters }) => clusters.map(({ subscription }) => subscription));
  const [common] = both(ours ?? [], theirs ?? []).flatMap((name) => name ?? []);
  if (common !== undefined) return { sharing: "shared", because: `both have clusters in subscription ${common}` };
  const undeclared = [...left.clusters, ...right.clusters].find(({ subscription }) => subscription === undefined);
  if (undeclared !== undefined) {
    return { sharing: "unknown", because: `the subscription of cluster ${undeclared.name} is not declared` };
  }
  return { sharing: "separate", because: "their clusters are in different subscriptions" };
}

function compareRegions(left: LocatedTenant, right: LocatedTenant): LayerState {
  const regions = (tenant: LocatedTenant) => tenant.clusters.map(({ region }) => region);
  const common = [...new Set(both(regions(left), regions(right)))];
  if (common.length > 0) return { sharing: "shared", because: `both run in ${common.join(" and ")}` };
  return { sharing: "separate", because: "they run in different regions" };
}

function compareClusters(left: LocatedTenant, right: LocatedTenant): LayerState {
  const common = commonClusters(left, right).map(({ name }) => name);
  if (common.length > 0) {
    return { sharing: "shared", because: `both run on ${listed(common)}, with one control plane and one set of CRDs` };
  }
  return { sharing: "separate", because: "they run on different clusters" };
}

function comparePools(left: LocatedTenant, right: LocatedTenant): LayerState {
  const common = commonPools(left, right);
  const [first] = common;
  if (first === undefined) return { sharing: "separate", because: "no node pool admits pods of both" };
  return {
    sharing: "shared",
    because: `${listed(common)} may take ${exampleOf(left, first)} and ${exampleOf(right, first)}`,
  };
}

function compareKernels(left: LocatedTenant, right: LocatedTenant): LayerState {
  const common = commonPools(left, right);
  if (common.length === 0) return { sharing: "separate", because: "no node pool admits pods of both" };
  const open = common.filter((pool) => left.kernelSharers.has(pool) && right.kernelSharers.has(pool));
  const [first] = open;
  if (first === undefined) {
    return {
      sharing: "separate",
      because: `on ${listed(common)} every pod of one of them runs in a virtual machine of its own`,
    };
  }
  const [one, other] = [left, right].map(({ kernelSharers }) => kernelSharers.get(first)?.label ?? "");
  return { sharing: "shared", because: `${listed(open)} may run ${one} and ${other} on one node` };
}

function compareNamespaces(left: LocatedTenant, right: LocatedTenant): LayerState {
  const common = both(left.namespaces, right.namespaces);
  if (common.length > 0) return { sharing: "shared", because: `both have objects in ${listed(common)}` };
  return { sharing: "separate", because: "each has namespaces of its own" };
}

function comparePodNetworks(left: LocatedTenant, right: LocatedTenant, network: PodNetwork): LayerState {
  const states = commonClusters(left, right)
    .filter(({ name }) => [left, right].every(({ workloads }) => workloads.some(({ cluster }) => cluster === name)))
    .map((cluster) => podNetworkOn(cluster, network.between(cluster.name, left.tenant.name, right.tenant.name)));
  return weakest(states) ?? { sharing: "separate", because: "no cluster runs pods of both" };
}

function podNetworkOn({ name, network: { policyEngine } }: Cluster, sharing: PodNetworkSharing): LayerState {
  switch (sharing.kind) {
    case "notEvaluated":
      return { sharing: "unknown", because: sharing.because };
    case "shared":
      return {
        sharing: "shared",
        because: `on ${name} no policy keeps ${sharing.from.label} from ${sharing.to.label}`,
      };
    case "bounded":
    case "separate":
      break;
  }
  if (policyEngine === "none")
    return { sharing: "shared", because: `no policy engine of ${name} enforces the policies` };
  if (policyEngine === undefined) {
    const because = `the policy engine of ${name}, which must enforce the policies, is not declared`;
    return { sharing: "unknown", because };
  }
  if (sharing.kind === "separate") return { sharing: "separate", because: `policies on ${name} let nothing pass` };
  const because = `policies on ${name} let ${sharing.from.label} reach ${sharing.to.label}`;
  return { sharing: "bounded", because };
}

/** What is shared most decides; what is not known counts as worse than bounded. */
function weakest(states: readonly LayerState[]): LayerState | undefined {
  const order: readonly LayerState["sharing"][] = ["shared", "unknown", "bounded", "separate"];
  return states.toSorted((left, right) => order.indexOf(left.sharing) - order.indexOf(right.sharing))[0];
}

function commonPools(left: LocatedTenant, right: LocatedTenant): readonly string[] {
  return left.poolNames.filter((pool) => right.pools.has(pool));
}

function exampleOf(tenant: LocatedTenant, pool: string): string {
  const [first, ...others] = tenant.pools.get(pool) ?? [];
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  return `${first?.label ?? tenant.tenant.name}${more} of ${tenant.tenant.name}`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(", ");
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
