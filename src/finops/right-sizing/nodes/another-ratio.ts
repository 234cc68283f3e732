import type { VmSize } from "../../../catalog/catalog.ts";
import type { NodePool } from "../../../estate/model/cluster.ts";
import { candidateSizes } from "./candidate-sizes.ts";
import { type NodeSizingOptions, packChanged, poolOf } from "./changed-pool.ts";
import type { PackedEstate } from "./packed-cluster.ts";
import { askedOf } from "./pool-shares.ts";

/** A size on which the pods of a pool cost less. */
export interface BetterSize {
  readonly vmSize: string;
  /** GiB of memory a vCPU. */
  readonly ratio: number;
  readonly nodes: number;
  /** Nodes, OS disks and commitments of the estate, less than as declared. */
  readonly monthlySaving: number;
}

/** Ratios of memory to vCPU closer than this are the same family of sizes. */
const sameRatio = 0.1;
/** Sizes that are packed for one pool, those first that may cost least. */
const mostTried = 2;

/**
 * The size with as many vCPUs and another ratio of memory to them on which the same pods cost least, by the pool's own
 * rules of node counts; undefined where none is cheaper. Pods that found a node find one there too.
 */
export function sizeOfAnotherRatio(
  declared: PackedEstate,
  { cluster: clusterName, name }: Pick<NodePool, "cluster" | "name">,
  options: NodeSizingOptions,
): BetterSize | undefined {
  const cluster = declared.estate.clusters.find((each) => each.name === clusterName);
  const pool = cluster?.nodePools.find((each) => each.name === name);
  const now = pool === undefined ? undefined : options.catalog.vmSize(pool.vmSize);
  if (cluster === undefined || pool === undefined || now === undefined) return undefined;
  const ownRatio = now.memoryGiB / now.vcpu;
  const placed = poolOf(declared, pool);
  if (placed === undefined || placed.nodes.length === 0) return undefined;
  const purchase = pool.spot ? "spot" : "payAsYouGo";
  const asked = askedOf(placed);
  const fewest = pool.countDeclared ? placed.nodes.length : Math.max(1, pool.minimumNodes);
  // What the pods ask for needs at least so many nodes, before anything is reserved on them.
  const leastHourly = ({ name: size, vcpu, memoryGiB }: VmSize): number => {
    const filled = Math.ceil(Math.max(asked.cpu / (vcpu * 1000), asked.memory / (memoryGiB * bytesPerGiB)));
    const price = options.catalog.vmPrice(cluster.region, size, purchase)?.value ?? Number.POSITIVE_INFINITY;
    return Math.max(fewest, filled) * price;
  };
  const nowHourly = placed.nodes.length * (options.catalog.vmPrice(cluster.region, now.name, purchase)?.value ?? 0);
  const tried = candidateSizes(options.catalog, pool, cluster.region, () => 0)
    .sizes.filter(
      ({ size }) => size.vcpu === now.vcpu && Math.abs(size.memoryGiB / size.vcpu / ownRatio - 1) > sameRatio,
    )
    .filter(({ size }) => leastHourly(size) < nowHourly)
    .toSorted((left, right) => leastHourly(left.size) - leastHourly(right.size))
    .slice(0, mostTried);
  const better = tried.flatMap(({ size, osDisk }): readonly BetterSize[] => {
    const packed = packChanged(declared, pool, (each) => ({ ...each, vmSize: size.name, osDisk }), options);
    const nodes = poolOf(packed, pool)?.nodes.length ?? 0;
    const monthlySaving = declared.monthly - packed.monthly;
    const fits = packed.unpriced <= declared.unpriced && packed.unplacedPods <= declared.unplacedPods;
    if (!fits || monthlySaving < oneCent) return [];
    return [{ vmSize: size.name, ratio: size.memoryGiB / size.vcpu, nodes, monthlySaving }];
  });
  return better.toSorted((left, right) => right.monthlySaving - left.monthlySaving)[0];
}

const oneCent = 0.01;
const bytesPerGiB = 1024 ** 3;
