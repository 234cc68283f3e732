import type { Workload } from "../../estate/kubernetes/workload.ts";
import { compareKernels, type KernelLayer } from "./compare-kernels.ts";
import { commonPools, type TenantSides, unseenWorkloads } from "./comparison.ts";
import { bounded, type LayerState, type LayerStates, listed, separate, shared } from "./layer-state.ts";
import { measures } from "./measures.ts";
import type { NodeTraits } from "./node-traits.ts";
import type { LocatedTenant } from "./tenant-presence.ts";

type NodeLayer =
  | KernelLayer
  | "nodePool"
  | "node"
  | "schedulingPriority"
  | "nodeCompute"
  | "conntrack"
  | "ephemeralStorage"
  | "diskIops"
  | "pageCache"
  | "nodeNetwork";

const poolsApart = separate("no node pool admits pods of both");

/** What two tenants share of nodes: nothing where no pool may take pods of both. */
export function compareNodes(sides: TenantSides): LayerStates<NodeLayer> {
  const { left, right } = sides;
  const pools = commonPools(left, right);
  if (pools.length === 0) return everyNodeLayer(unseenWorkloads(sides) ?? poolsApart);
  const nodes = `one node of ${listed(pools)}`;
  const pods = `${exampleOf(left, pools)} and ${exampleOf(right, pools)}`;
  const open = pools.filter((pool) => left.kernelSharers.has(pool) && right.kernelSharers.has(pool));
  return {
    ...compareKernels(sides, pools, open),
    nodePool: shared(`${listed(pools)} may take ${pods}`, measures.ownPool),
    node: shared(`nothing keeps ${pods} off ${nodes}`, measures.ownPool),
    schedulingPriority: comparePriorities(sides, pools),
    nodeCompute: compareLimits(sides, pools, {
      of: ({ withoutLimits }) => withoutLimits,
      missing: "a CPU request and a memory limit on every container",
      measure: measures.resourceLimits,
      limited: "every container of both has a CPU request and a memory limit",
    }),
    conntrack: shared(`the connections of both are tracked in one table on ${nodes}`, measures.ownPool),
    ephemeralStorage: compareLimits(sides, pools, {
      of: ({ withoutStorageLimit }) => withoutStorageLimit,
      missing: "a limit on ephemeral storage",
      measure: measures.storageLimits,
      limited: "every pod of both has a limit on ephemeral storage",
    }),
    diskIops: shared(`Kubernetes bounds no pod's disk operations on ${nodes}`, measures.ownPool),
    pageCache:
      open.length === 0
        ? bounded(`on ${listed(pools)} one side's pods cache in virtual machines of their own`, measures.ownPool)
        : shared(`one page cache serves both on ${nodes}`, measures.ownPool, measures.sandbox),
    nodeNetwork: shared(`one network card carries both on ${nodes}`, measures.ownPool),
  };
}

function everyNodeLayer(state: LayerState): LayerStates<NodeLayer> {
  return {
    nodePool: state,
    node: state,
    schedulingPriority: state,
    nodeCompute: state,
    kernel: state,
    pids: state,
    inotify: state,
    fileHandles: state,
    conntrack: state,
    ephemeralStorage: state,
    diskIops: state,
    pageCache: state,
    nodeNetwork: state,
  };
}

interface LimitRule {
  readonly of: (traits: NodeTraits) => Workload | undefined;
  readonly missing: string;
  readonly measure: (typeof measures)["resourceLimits" | "storageLimits"];
  readonly limited: string;
}

function compareLimits(
  { left, right, comparison }: TenantSides,
  pools: readonly string[],
  { of, missing, measure, limited }: LimitRule,
): LayerState {
  for (const pool of pools) {
    for (const { tenant } of [left, right]) {
      const workload = of(comparison.nodeTraits(tenant.name, pool));
      if (workload === undefined) continue;
      const because = `${workload.label} of ${tenant.name}, which ${pool} may take, lacks ${missing}`;
      return shared(because, measures.ownPool, { ...measure, text: () => measure.text(tenant.name) });
    }
  }
  return bounded(`${limited} on ${listed(pools)}`, measures.ownPool);
}

/** A pod may push out those of lower priority wherever both may run. */
function comparePriorities({ left, right, comparison }: TenantSides, pools: readonly string[]): LayerState {
  for (const cluster of new Set(pools.map((pool) => pool.split("/")[0] ?? ""))) {
    const [ours, theirs] = [left, right].map(({ tenant }) => comparison.clusterTraits(tenant.name, cluster).priorities);
    for (const [mine, other] of [[ours, theirs] as const, [theirs, ours] as const]) {
      const highest = mine?.at(-1);
      const lowest = other?.[0];
      if (highest === undefined || lowest === undefined || highest.value <= lowest.value) continue;
      const because = `${highest.workload.label} (priority ${highest.value}) may push out ${lowest.workload.label} (priority ${lowest.value}) on ${listed(pools)}`;
      return shared(because, measures.ownPool, measures.samePriority);
    }
  }
  return bounded("the pods of both have one priority, and none may push out the other's", measures.ownPool);
}

function exampleOf(tenant: LocatedTenant, pools: readonly string[]): string {
  const [first, ...others] = tenant.pools.get(pools[0] ?? "") ?? [];
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  return `${first?.label ?? tenant.tenant.name}${more} of ${tenant.tenant.name}`;
}
