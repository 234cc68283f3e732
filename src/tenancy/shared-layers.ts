import type { TenancyLayer } from "../estate/model/tenancy-layer.ts";
import type { Sharing, Tenant } from "../estate/model/tenant.ts";
import {
  compareClusters,
  compareKernels,
  compareNamespaces,
  comparePools,
  compareRegions,
  compareSubscriptions,
  type LayerState,
} from "./compare-layers.ts";
import { comparePodNetworks } from "./compare-pod-networks.ts";
import type { PodNetwork } from "./pod-network.ts";
import type { SharedLayer } from "./structure-report.ts";
import type { LocatedTenant } from "./tenant-presence.ts";

/** What tenants are compared by, besides where they are. */
export interface Comparison {
  readonly network: PodNetwork;
  /** Everything is declared: a tenant without a known workload has none. */
  readonly complete: boolean;
}

interface LayerRule {
  readonly layer: string;
  /** What tenants call it when they say what they accept. */
  readonly acceptedAs: readonly TenancyLayer[];
  readonly compare: (left: LocatedTenant, right: LocatedTenant, comparison: Comparison) => LayerState;
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
export function sharedLayers(left: LocatedTenant, right: LocatedTenant, comparison: Comparison): SharedLayer[] {
  return layerRules.map(({ layer, acceptedAs, compare }) => {
    const { sharing, because, lift } = compare(left, right, comparison);
    const tenants = [left.tenant, right.tenant];
    const accepted = strictest(tenants, acceptedAs);
    const met = isMet(sharing, accepted);
    const found = { layer, sharing, because, accepted, met };
    if (met !== false || accepted === undefined || lift === undefined) return found;
    const [who, ...others] = tenants.filter((tenant) => demands(tenant, layer, accepted));
    return { ...found, lift: lift(who === undefined || others.length > 0 ? "one of them" : who.name) };
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
