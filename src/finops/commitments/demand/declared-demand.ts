import type { Cluster, NodePool } from "../../../estate/model/cluster.ts";
import { closedStretches } from "../../../scheduling/clock/opening-hours.ts";
import type { PricingContext } from "../../bill/pricing-context.ts";
import { unitPrice } from "../../bill/pricing-context.ts";
import type { CommittablePool, DemandState } from "./node-demand.ts";

/** The pools that commitments may cover, with the nodes that they have now. */
export interface DeclaredDemand {
  readonly pools: readonly CommittablePool[];
  /** Nodes of each pool while its cluster runs. */
  readonly nodes: readonly number[];
  /** Hours of a week; clusters that stop have no nodes in their hours off. */
  readonly pattern: readonly DemandState[];
  /** Clusters that stop, as declared or as asked. */
  readonly stopped: readonly string[];
}

const vmServices = ["virtualMachines", "virtualMachine", "compute"];
const secondsPerHour = 3600;
const hoursPerWeek = 168;
/** A Monday in a month without a change of clocks. */
const someMonday = Date.parse("2026-02-02T00:00:00Z") / 1000;

/**
 * Nodes as placed, hour by hour over a week: all hours, less those in which a cluster is stopped. `stopOutsideHours` stops
 * every cluster whose environments have hours. Spot pools take no commitment and are left out.
 */
export function declaredDemand(context: PricingContext, stopOutsideHours: boolean): DeclaredDemand {
  const members = context.estate.clusters.flatMap((cluster) =>
    cluster.nodePools.filter(({ spot }) => !spot).map((pool) => ({ cluster, pool })),
  );
  const pools = members.map(({ cluster, pool }) => committablePool(context, cluster, pool));
  const nodes = members.map(
    ({ cluster, pool }) =>
      context.placement.pools.find((each) => each.cluster === cluster.name && each.pool === pool.name)?.nodes.length ??
      0,
  );
  const open = new Map<string, Float64Array>();
  for (const cluster of context.estate.clusters) {
    if (!stopOutsideHours && cluster.stopsOutsideHours !== true) continue;
    const hours = openHours(context, cluster);
    if (hours !== undefined) open.set(cluster.name, hours);
  }
  return { pools, nodes, pattern: weekOf(pools, nodes, open), stopped: [...open.keys()] };
}

function committablePool(context: PricingContext, cluster: Cluster, pool: NodePool): CommittablePool {
  const list = context.catalog.vmPrice(cluster.region, pool.vmSize, "payAsYouGo");
  // A price of zero is a placeholder of the price list, not a gift.
  const price = list === undefined || list.value <= 0 ? undefined : unitPrice(context, list, vmServices).amount;
  const flexibility = context.catalog.sizeFlexibility(pool.vmSize);
  return {
    cluster: cluster.name,
    pool: pool.name,
    region: cluster.region,
    vmSize: pool.vmSize,
    payAsYouGo: price,
    group: flexibility?.group ?? pool.vmSize,
    ratio: flexibility?.ratio.value ?? 1,
  };
}

/** Share of each hour of a week in which some environment of the cluster is needed; undefined when it is always. */
function openHours({ estate }: PricingContext, cluster: Cluster): Float64Array | undefined {
  const environments = cluster.environments.flatMap(
    (name) => estate.environments.find((each) => each.name === name) ?? [],
  );
  if (environments.length < cluster.environments.length) return undefined;
  const untilSeconds = someMonday + hoursPerWeek * secondsPerHour;
  const closed = closedStretches(environments, { fromSeconds: someMonday, untilSeconds });
  if (closed.length === 0) return undefined;
  const open = new Float64Array(hoursPerWeek).fill(1);
  for (const stretch of closed) {
    const from = (stretch.fromSeconds - someMonday) / secondsPerHour;
    const until = (stretch.untilSeconds - someMonday) / secondsPerHour;
    for (let hour = Math.floor(from); hour < Math.min(hoursPerWeek, until); hour += 1) {
      open[hour] = Math.max(0, (open[hour] ?? 0) - (Math.min(until, hour + 1) - Math.max(from, hour)));
    }
  }
  return open;
}

function weekOf(
  pools: readonly CommittablePool[],
  nodes: readonly number[],
  open: ReadonlyMap<string, Float64Array>,
): readonly DemandState[] {
  if (open.size === 0) return [{ hours: hoursPerWeek, nodes }];
  return Array.from({ length: hoursPerWeek }, (_, hour) => ({
    hours: 1,
    nodes: pools.map(({ cluster }, index) => (nodes[index] ?? 0) * (open.get(cluster)?.[hour] ?? 1)),
  }));
}
