import type { Catalog } from "../../../catalog/catalog.ts";
import { compensatedSum } from "../../../estate/figures/money.ts";
import type { Cluster, NodePool } from "../../../estate/model/cluster.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { placeWorkloads } from "../../../scheduling/place-workloads.ts";
import type { Placement, PoolPlacement } from "../../../scheduling/placement.ts";
import { mergePricings } from "../../bill/charge.ts";
import { defenderByPool } from "../../bill/defender-charges.ts";
import { priceNodes } from "../../bill/node-charges.ts";
import { priceOsDisks } from "../../bill/os-disk-charges.ts";
import { pricedPools } from "../../bill/priced-pools.ts";
import { billCurrency } from "../../bill/pricing-context.ts";

/** An estate with its pods placed, and what its nodes cost a month, with OS disks, Defender and commitments. */
export interface PackedEstate {
  readonly estate: Estate;
  readonly placement: Placement;
  readonly monthly: number;
  /** Nodes without a price: the sum is then too low to compare. */
  readonly unpriced: number;
  readonly unplacedPods: number;
  /** Nodes, OS disks and Defender by `cluster/pool`. */
  readonly byPool: ReadonlyMap<string, number>;
}

/** Places every pod and prices the nodes; `kept` are clusters whose placement is known and has not changed. */
export function packEstate(
  estate: Estate,
  catalog: Catalog,
  today: string,
  changed?: { readonly cluster: string; readonly others: Placement },
): PackedEstate {
  const placement = changed === undefined ? placeWorkloads(estate, catalog) : placeCluster(estate, catalog, changed);
  const context = { estate, catalog, placement, ceiling: undefined, currency: billCurrency(estate), today };
  const pools = pricedPools(context);
  const { charges, unpriced } = mergePricings([priceNodes(context, pools), priceOsDisks(context, pools)]);
  const defender = defenderByPool(context, pools);
  const byPool = new Map(defender);
  for (const { sharing, likely } of charges) {
    if (sharing.kind !== "pool") continue;
    const key = `${sharing.cluster}/${sharing.pool}`;
    byPool.set(key, (byPool.get(key) ?? 0) + likely);
  }
  return {
    estate,
    placement,
    monthly: compensatedSum([...charges.map(({ likely }) => likely), ...defender.values()]),
    unpriced: unpriced.length,
    unplacedPods: placement.unplaced.reduce((sum, { pods }) => sum + pods, 0),
    byPool,
  };
}

/** One cluster placed anew beside the others as they are. */
function placeCluster(
  estate: Estate,
  catalog: Catalog,
  { cluster, others }: { readonly cluster: string; readonly others: Placement },
): Placement {
  const own = placeWorkloads(
    {
      ...estate,
      clusters: estate.clusters.filter(({ name }) => name === cluster),
      workloads: estate.workloads.filter((workload) => workload.cluster === cluster),
    },
    catalog,
  );
  const ids = new Set(estate.workloads.filter((each) => each.cluster === cluster).map(({ id }) => id));
  const isOther = ({ cluster: name }: PoolPlacement) => name !== cluster;
  return {
    pools: estate.clusters.flatMap(({ name }) =>
      name === cluster ? own.pools : others.pools.filter(isOther).filter((each) => each.cluster === name),
    ),
    unplaced: [...others.unplaced.filter(({ workload }) => !ids.has(workload)), ...own.unplaced],
    assumptions: [...others.assumptions, ...own.assumptions],
  };
}

/** The estate with one pool changed. */
export function changePool(
  estate: Estate,
  { cluster, name }: Pick<NodePool, "cluster" | "name">,
  change: (pool: NodePool) => NodePool,
): Estate {
  return mapPools(estate, (pool, { name: own }) => (own === cluster && pool.name === name ? change(pool) : pool));
}

/**
 * The estate with node counts that follow the pods: declared counts and minimums are let go, down to a node in each zone
 * where workloads spread over zones, and what AKS advises for a system pool. What is declared below that stays as it is.
 * A pool that jobs run on as `declared` keeps one node: no pod that stays asks for it, yet they run nowhere else.
 */
export function withFreeCounts(estate: Estate, catalog: Catalog, declared: Placement): Estate {
  const { advisedSystemNodes } = catalog.nodePoolLimits();
  const jobs = new Set(estate.workloads.filter(({ run }) => run === "task").map(({ id }) => id));
  const withJobs = new Set(
    declared.pools
      .filter(({ nodes }) => nodes.some(({ pods }) => pods.some(({ workload }) => jobs.has(workload))))
      .map(({ cluster, pool }) => `${cluster}/${pool}`),
  );
  return mapPools(estate, (pool) => {
    const floor = Math.max(pool.mode === "System" ? advisedSystemNodes.value : 0, pool.zones.length);
    if (pool.countDeclared && pool.minimumNodes < floor) return pool;
    return {
      ...pool,
      countDeclared: false,
      autoscaling: true,
      minimumNodes: withJobs.has(`${pool.cluster}/${pool.name}`) ? 1 : 0,
    };
  });
}

function mapPools(estate: Estate, change: (pool: NodePool, cluster: Cluster) => NodePool): Estate {
  return {
    ...estate,
    clusters: estate.clusters.map((cluster) => ({
      ...cluster,
      nodePools: cluster.nodePools.map((pool) => change(pool, cluster)),
    })),
  };
}
