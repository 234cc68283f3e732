import type { Catalog, VmSize } from "../../catalog/catalog.ts";
import { defaultOsDiskGiB } from "../../catalog/node-defaults.ts";
import { likelyValue } from "../../estate/figures/figure.ts";
import type { Cluster, NodePool } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { diskServices } from "../../finops/bill/os-disk-charges.ts";
import { billCurrency, type PricingContext, unitPrice } from "../../finops/bill/pricing-context.ts";
import { candidateSizes } from "../../finops/right-sizing/nodes/candidate-sizes.ts";
import { rejection } from "../../scheduling/admission.ts";
import { nodeCapacity, type PlatformDaemons } from "../../scheduling/node-capacity.ts";
import { nodeClasses } from "../../scheduling/node-class.ts";
import { nodeTypeForSize } from "../../scheduling/packing/from-estate/node-type-for-size.ts";
import type { PodShape } from "../../scheduling/pod-shape.ts";
import { nodeKernelCapacity } from "../../tenancy/kernel/node-capacity.ts";
import type { PoolSize } from "./pool-problem.ts";
import { nodeVcpus } from "./pool-template.ts";

/** What the sizes of a pool are read from. */
export interface SizeContext {
  readonly estate: Estate;
  readonly catalog: Catalog;
  readonly cluster: Cluster;
  readonly daemons: PlatformDaemons;
  /** DaemonSets of the cluster, whether the pool admits them or not. */
  readonly daemonSets: readonly PodShape[];
  /** Sizes of two vCPUs count too. */
  readonly small: boolean;
}

const hoursPerMonth = 730;
const unlimited = 1_000_000;

/** Every size that a pool like the template may have, with what it leaves for pods and what a node of it costs. */
export function poolSizes(template: NodePool, context: SizeContext): readonly PoolSize[] {
  const { catalog, cluster, small } = context;
  const monthlyDisk = (size: VmSize) => diskPrice(context, template, size);
  const { sizes } = candidateSizes(catalog, template, cluster.region, monthlyDisk);
  const fewest = small ? nodeVcpus.fewestOfSmallSites : nodeVcpus.fewest;
  const inRange = sizes.filter(({ size }) => size.vcpu >= fewest && size.vcpu <= nodeVcpus.most);
  const byShape = new Map<string, PoolSize>();
  for (const { size, osDisk } of inRange.length > 0 ? inRange : sizes) {
    const offered = offeredBy({ ...template, vmSize: size.name, osDisk }, size, context);
    const key = `${size.vcpu}/${size.memoryGiB}`;
    const known = byShape.get(key);
    if (offered !== undefined && (known === undefined || isPreferred(offered, known, cluster)))
      byShape.set(key, offered);
  }
  return [...byShape.values()];
}

/** The cheaper of two; of two that cost the same the one that the cluster has already. */
function isPreferred(offered: PoolSize, known: PoolSize, { nodePools }: Cluster): boolean {
  if (offered.hourlyMicros !== known.hourlyMicros) return offered.hourlyMicros < known.hourlyMicros;
  const isThere = ({ size }: PoolSize) => nodePools.some(({ vmSize }) => vmSize === size.name);
  return isThere(offered) && !isThere(known);
}

function offeredBy(pool: NodePool, size: VmSize, context: SizeContext): PoolSize | undefined {
  const { catalog, cluster, daemons, daemonSets } = context;
  const hourlyMicros = hourlyPrice(pool, size, context);
  if (hourlyMicros === undefined) return undefined;
  const capacity = nodeCapacity(cluster, pool, size, daemons, catalog);
  const classes = nodeClasses(cluster, pool, size);
  const admitted = daemonSets.filter((shape) =>
    classes.some((nodeClass) => rejection(shape, nodeClass, undefined) === undefined),
  );
  const kernel = nodeKernelCapacity(cluster, pool, catalog);
  const known = (figure: Parameters<typeof likelyValue>[0]) => Math.floor(likelyValue(figure) ?? unlimited * 1000);
  const diskGiB = pool.osDisk.sizeGiB ?? defaultOsDiskGiB(size.vcpu).value;
  const node = nodeTypeForSize({
    name: size.name,
    capacity,
    daemonSets: admitted.map(({ demand }) => demand),
    further: [
      // The kubelet evicts when less than a tenth of the disk is free.
      Math.floor(diskGiB * 2 ** 30 * 0.9),
      size.maxDataDisks ?? unlimited,
      known(kernel.inotifyInstances),
      known(kernel.inotifyWatches),
    ],
    hourlyPriceMicros: hourlyMicros,
  });
  if (node === undefined) return undefined;
  return { size, osDisk: pool.osDisk, maxPods: pool.maxPods, capacity: node.capacity, hourlyMicros };
}

/** VM at its list price less what is agreed, OS disk, and Defender where the cluster has it. */
function hourlyPrice(pool: NodePool, size: VmSize, context: SizeContext): number | undefined {
  const { catalog, cluster } = context;
  const fact = catalog.vmPrice(cluster.region, size.name, pool.spot ? "spot" : "payAsYouGo");
  if (fact === undefined) return undefined;
  const pricing = pricingOf(context);
  const machine = unitPrice(pricing, fact, pool.spot ? [] : ["virtualMachines", "virtualMachine", "compute"]).amount;
  const disk = pool.osDisk.type === "Ephemeral" ? 0 : diskPrice(context, pool, size) / hoursPerMonth;
  const defender = catalog
    .serviceMeters("defender", cluster.region, { product: "Defender for Containers", sku: "Standard vCore" })
    .find(({ meter }) => meter.includes("vCore Pack"))?.price;
  const guarded =
    cluster.monitoring.defender === true && defender !== undefined
      ? unitPrice(pricing, defender, ["defender"]).amount * size.vcpu
      : 0;
  return Math.round((machine + disk + guarded) * 1e6);
}

/** Of a managed OS disk for a month; 0 where the catalog has no price. */
function diskPrice(context: SizeContext, { osDisk }: NodePool, size: VmSize): number {
  const { catalog, cluster } = context;
  const sizeGiB = osDisk.sizeGiB ?? catalog.defaultOsDiskGiB(size.vcpu).value;
  const tier = catalog.diskTier(size.premiumStorage ? "P" : "E", sizeGiB)?.tier;
  const fact = tier === undefined ? undefined : catalog.diskPrice(cluster.region, tier, "LRS");
  return fact === undefined ? 0 : unitPrice(pricingOf(context), fact, diskServices).amount;
}

function pricingOf({ estate, catalog }: SizeContext): PricingContext {
  const placement = { pools: [], unplaced: [], assumptions: [] };
  return { estate, catalog, placement, ceiling: undefined, currency: billCurrency(estate), today: "" };
}
