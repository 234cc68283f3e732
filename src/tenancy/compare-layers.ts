import type { SharedLayer } from "./structure-report.ts";
import type { LocatedTenant } from "./tenant-presence.ts";

/** A layer before it is set against what the tenants accept. */
export interface LayerState {
  readonly sharing: SharedLayer["sharing"];
  readonly because: string;
  /** The cheapest measure that separates the layer, as a noun phrase for the tenant that gets it. */
  readonly lift?: (tenant: string) => string;
}

/** What separates pods on the nodes: others lack the toleration, and its own pods select the pool. */
export function ownPool(tenant: string): string {
  return `a pool of its own with a taint for ${tenant}`;
}

const poolsApart: LayerState = { sharing: "separate", because: "no node pool admits pods of both" };

function both<Value>(left: readonly Value[], right: readonly Value[]): readonly Value[] {
  const others = new Set(right);
  return left.filter((value) => others.has(value));
}

export function commonClusters(left: LocatedTenant, right: LocatedTenant) {
  return both(left.clusters, right.clusters);
}

export function compareSubscriptions(left: LocatedTenant, right: LocatedTenant): LayerState {
  const [cluster] = commonClusters(left, right);
  const lift = (tenant: string) => `a cluster in a subscription of its own for ${tenant}`;
  if (cluster !== undefined) return { sharing: "shared", because: `both run on cluster ${cluster.name}`, lift };
  const [ours, theirs] = [left, right].map(({ clusters }) => clusters.map(({ subscription }) => subscription));
  const [common] = both(ours ?? [], theirs ?? []).flatMap((name) => name ?? []);
  if (common !== undefined) return { sharing: "shared", because: `both have clusters in subscription ${common}`, lift };
  const undeclared = [...left.clusters, ...right.clusters].find(({ subscription }) => subscription === undefined);
  if (undeclared !== undefined) {
    return { sharing: "unknown", because: `the subscription of cluster ${undeclared.name} is not declared` };
  }
  return { sharing: "separate", because: "their clusters are in different subscriptions" };
}

export function compareRegions(left: LocatedTenant, right: LocatedTenant): LayerState {
  const regions = (tenant: LocatedTenant) => tenant.clusters.map(({ region }) => region);
  const common = [...new Set(both(regions(left), regions(right)))];
  const lift = (tenant: string) => `a cluster in another region for ${tenant}`;
  if (common.length > 0) return { sharing: "shared", because: `both run in ${common.join(" and ")}`, lift };
  return { sharing: "separate", because: "they run in different regions" };
}

export function compareClusters(left: LocatedTenant, right: LocatedTenant): LayerState {
  const common = commonClusters(left, right).map(({ name }) => name);
  if (common.length > 0) {
    return {
      sharing: "shared",
      because: `both run on ${listed(common)}, with one control plane and one set of CRDs`,
      lift: (tenant) => `a cluster of its own for ${tenant}`,
    };
  }
  return { sharing: "separate", because: "they run on different clusters" };
}

export function comparePools(
  left: LocatedTenant,
  right: LocatedTenant,
  { complete }: { readonly complete: boolean },
): LayerState {
  const common = commonPools(left, right);
  const [first] = common;
  if (first === undefined) return unseenWorkloads(left, right, complete) ?? poolsApart;
  return {
    sharing: "shared",
    because: `${listed(common)} may take ${exampleOf(left, first)} and ${exampleOf(right, first)}`,
    lift: ownPool,
  };
}

export function compareKernels(
  left: LocatedTenant,
  right: LocatedTenant,
  { complete }: { readonly complete: boolean },
): LayerState {
  const common = commonPools(left, right);
  const open = common.filter((pool) => left.kernelSharers.has(pool) && right.kernelSharers.has(pool));
  const [first] = open;
  if (first === undefined) {
    const unseen = unseenWorkloads(left, right, complete);
    if (unseen !== undefined) return unseen;
    if (common.length === 0) return poolsApart;
    return {
      sharing: "separate",
      because: `on ${listed(common)} every pod of one of them runs in a virtual machine of its own`,
    };
  }
  const [one, other] = [left, right].map(({ kernelSharers }) => kernelSharers.get(first)?.label ?? "");
  return {
    sharing: "shared",
    because: `nothing keeps ${one} and ${other} off one node of ${listed(open)}`,
    lift: (tenant) => `a sandboxed pool (KataVmIsolation) for ${tenant}`,
  };
}

export function compareNamespaces(left: LocatedTenant, right: LocatedTenant): LayerState {
  const common = both(left.namespaces, right.namespaces);
  if (common.length > 0) {
    const lift = (tenant: string) => `a namespace of its own for ${tenant}`;
    return { sharing: "shared", because: `both have objects in ${listed(common)}`, lift };
  }
  return { sharing: "separate", because: "each has namespaces of its own" };
}

/** What cannot be told because a tenant that is on a common cluster has no workload there that anybody knows of. */
export function unseenWorkloads(left: LocatedTenant, right: LocatedTenant, complete: boolean): LayerState | undefined {
  if (complete) return undefined;
  for (const { name } of commonClusters(left, right)) {
    const unseen = [left, right].find(({ runsOn }) => !runsOn.has(name));
    if (unseen === undefined) continue;
    return { sharing: "unknown", because: `no workload of ${unseen.tenant.name} on ${name} is known` };
  }
  return undefined;
}

export function commonPools(left: LocatedTenant, right: LocatedTenant): readonly string[] {
  return left.poolNames.filter((pool) => right.pools.has(pool));
}

function exampleOf(tenant: LocatedTenant, pool: string): string {
  const [first, ...others] = tenant.pools.get(pool) ?? [];
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  return `${first?.label ?? tenant.tenant.name}${more} of ${tenant.tenant.name}`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3);
  return inWords(names.length > 3 ? [...shown, `${names.length - 3} more`] : shown);
}

/** `a`, `a and b`, `a, b and c`. */
export function inWords(names: readonly string[]): string {
  const [last, ...before] = names.toReversed();
  return before.length === 0 ? (last ?? "") : `${before.toReversed().join(", ")} and ${last}`;
}
