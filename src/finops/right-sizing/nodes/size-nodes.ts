import type { Catalog } from "../../../catalog/catalog.ts";
import { equallyCheap } from "../../../estate/assumptions/sizing-rules.ts";
import type { Cluster, NodePool } from "../../../estate/model/cluster.ts";
import type { PoolPlacement } from "../../../scheduling/placement.ts";
import { type CandidateSize, candidateSizes } from "./candidate-sizes.ts";
import { type NodeSizingOptions, packChanged, poolOf } from "./changed-pool.ts";
import { leversOf, type NodeLever } from "./node-levers.ts";
import type { PackedEstate } from "./packed-cluster.ts";
import { askedOf, askedRatio, blastRadiusOf, daemonSetsOf } from "./pool-shares.ts";

/** A pool packed on one size. */
interface SizePoint {
  readonly vmSize: string;
  readonly vcpu: number;
  readonly memoryGiB: number;
  readonly osDisk: "Ephemeral" | "Managed";
  readonly nodes: number;
  /** Nodes, OS disks and Defender of the pool a month. */
  readonly monthly: number;
  /** Nodes, OS disks, Defender and commitments of the whole estate against the pool's own size: below 0 is cheaper. */
  readonly difference: number;
  /** Shares of the pool's CPU or memory, whichever is larger: taken by AKS and its daemons, and by DaemonSets. */
  readonly overheadShare: number;
  readonly daemonSetShare: number;
  /** Share of what pods may use that no pod asks for, of the scarcer of CPU and memory. */
  readonly freeShare: number;
  /** Largest share of the pool's pods on one node: what the loss of a node takes. */
  readonly blastRadius: number;
  /** Pods of the cluster that find no place with this size. */
  readonly unplacedPods: number;
}

export interface SizedPool {
  readonly cluster: string;
  readonly pool: string;
  readonly region: string;
  readonly mode: NodePool["mode"];
  readonly zones: number;
  /** As declared, with its node count. */
  readonly declared: { readonly vmSize: string; readonly nodes: number; readonly monthly: number };
  /** GiB that the pods ask for a vCPU that they ask for, beside what a node of the size has. */
  readonly askedGiBPerVcpu: number | undefined;
  readonly curve: readonly SizePoint[];
  /** The pool's own size with the nodes that its pods need. */
  readonly own: SizePoint | undefined;
  readonly advised: SizePoint | undefined;
  readonly levers: readonly NodeLever[];
  readonly unpriced: readonly string[];
  /** Sizes that were left out for want of effort, the dearest by their lower bound. */
  readonly notTried: number;
  /** Why nothing is advised; undefined where something is. */
  readonly reason: string | undefined;
}

/** Pods placed for one pool's curve at the most: beyond, the sizes that cannot be cheap are left out. */
const mostPlacedPods = 120_000;
const fewestSizes = 6;

/**
 * Every pool on every size that fits it, packed by the scheduler's rules with node counts that follow the pods. `free` is
 * the estate with such counts; `declared` the same pods on the declared ones.
 */
export function sizeNodes(
  free: PackedEstate,
  declared: PackedEstate,
  options: NodeSizingOptions,
): readonly SizedPool[] {
  const pools = free.estate.clusters.flatMap((cluster) => cluster.nodePools.map((pool) => ({ cluster, pool })));
  return pools.flatMap(({ cluster, pool }, index) => {
    options.signal?.throwIfAborted();
    options.onProgress?.(`node pool ${index + 1} of ${pools.length}`);
    const sized = sizePool(free, declared, cluster, pool, options);
    return sized === undefined ? [] : [sized];
  });
}

function sizePool(
  free: PackedEstate,
  declared: PackedEstate,
  cluster: Cluster,
  pool: NodePool,
  options: NodeSizingOptions,
): SizedPool | undefined {
  const { catalog } = options;
  const placed = poolOf(declared, pool);
  const now = poolOf(free, pool);
  if (placed === undefined || now === undefined) return undefined;
  const key = `${pool.cluster}/${pool.name}`;
  const { sizes, unpriced } = candidateSizes(catalog, pool, cluster.region, (size) => {
    const tier = catalog.diskTier(
      size.premiumStorage ? "P" : "E",
      pool.osDisk.sizeGiB ?? catalog.defaultOsDiskGiB(size.vcpu).value,
    );
    return tier === undefined ? 0 : (catalog.diskPrice(cluster.region, tier.tier, "LRS")?.value ?? 0);
  });
  const tried = withinEffort(free, now, pool, sizes, options, cluster);
  const curve =
    now.nodes.length === 0 ? [] : tried.flatMap((candidate) => pointOf(free, pool, candidate, options) ?? []);
  const own = curve.find(({ vmSize }) => vmSize === pool.vmSize);
  const advised = own === undefined ? undefined : adviceFrom(curve, own, pool, now);
  return {
    cluster: cluster.name,
    pool: pool.name,
    region: cluster.region,
    mode: pool.mode,
    zones: pool.zones.length,
    declared: { vmSize: pool.vmSize, nodes: placed.nodes.length, monthly: declared.byPool.get(key) ?? 0 },
    askedGiBPerVcpu: askedRatio(now),
    curve,
    own,
    advised,
    levers: own === undefined ? [] : leversOf(free, pool, now, options),
    unpriced,
    notTried: sizes.length - tried.length,
    reason: reasonOf(catalog, pool, cluster, now, own, advised),
  };
}

function reasonOf(
  catalog: Catalog,
  pool: NodePool,
  { region }: Cluster,
  now: PoolPlacement,
  own: SizePoint | undefined,
  advised: SizePoint | undefined,
): string | undefined {
  if (advised !== undefined) return undefined;
  if (catalog.vmSize(pool.vmSize) === undefined) return `the catalog does not know ${pool.vmSize}`;
  if (now.nodes.length === 0) return "no pod needs a node of it";
  if (own === undefined) return `the catalog has no price of ${pool.vmSize} in ${region}`;
  return "no size that fits is cheaper";
}

/** Sizes whose packing is affordable: those with the lowest lower bounds, and the pool's own. */
function withinEffort(
  { estate }: PackedEstate,
  now: PoolPlacement,
  pool: NodePool,
  sizes: readonly CandidateSize[],
  { catalog }: NodeSizingOptions,
  { region }: Cluster,
): readonly CandidateSize[] {
  const pods = estate.workloads
    .filter(({ cluster }) => cluster === pool.cluster)
    .reduce((sum, { replicas }) => sum + Math.max(0, replicas.minimum), 0);
  const affordable = Math.max(fewestSizes, Math.floor(mostPlacedPods / Math.max(1, pods)));
  if (sizes.length <= affordable) return sizes;
  const asked = askedOf(now);
  const bound = ({ size }: CandidateSize): number => {
    const nodes = Math.max(asked.cpu / (size.vcpu * 1000), asked.memory / (size.memoryGiB * 2 ** 30));
    return nodes * (catalog.vmPrice(region, size.name, pool.spot ? "spot" : "payAsYouGo")?.value ?? 0);
  };
  const kept = new Set(sizes.toSorted((left, right) => bound(left) - bound(right)).slice(0, affordable));
  return sizes.filter((candidate) => kept.has(candidate) || candidate.size.name === pool.vmSize);
}

function pointOf(
  free: PackedEstate,
  pool: NodePool,
  { size, osDisk }: CandidateSize,
  options: NodeSizingOptions,
): SizePoint | undefined {
  const isOwn = size.name === pool.vmSize;
  const packed = isOwn ? free : packChanged(free, pool, (each) => ({ ...each, vmSize: size.name, osDisk }), options);
  const placed = poolOf(packed, pool);
  if (placed === undefined || packed.unpriced > free.unpriced) return undefined;
  const nodes = placed.nodes.length;
  const total = { cpu: size.vcpu * 1000 * nodes, memory: size.memoryGiB * 2 ** 30 * nodes };
  const overhead = placed.overheadPerNode;
  const daemons = daemonSetsOf(packed, placed);
  const asked = askedOf(placed);
  const share = (cpu: number, memory: number) => (nodes === 0 ? 0 : Math.max(cpu / total.cpu, memory / total.memory));
  const usable = {
    cpu: placed.allocatable.cpuMillicores * nodes,
    memory: placed.allocatable.memoryBytes * nodes,
  };
  return {
    vmSize: size.name,
    vcpu: size.vcpu,
    memoryGiB: size.memoryGiB,
    osDisk: (isOwn ? pool.osDisk : osDisk).type,
    nodes,
    monthly: packed.byPool.get(`${pool.cluster}/${pool.name}`) ?? 0,
    difference: packed.monthly - free.monthly,
    overheadShare: share(overhead.cpuMillicores * nodes, overhead.memoryBytes * nodes),
    daemonSetShare: share(daemons.cpu, daemons.memory),
    freeShare: nodes === 0 ? 0 : 1 - Math.max(asked.cpu / usable.cpu, asked.memory / usable.memory),
    blastRadius: blastRadiusOf(packed, placed),
    unplacedPods: packed.unplacedPods,
  };
}

/** The cheapest size that leaves no pod out and at least as many zones as now; among equally cheap ones the most nodes. */
function adviceFrom(
  curve: readonly SizePoint[],
  own: SizePoint,
  pool: NodePool,
  now: PoolPlacement,
): SizePoint | undefined {
  // A pool of several nodes does not become one node, whose loss would take everything.
  const fewest = Math.min(now.nodes.length, Math.max(2, pool.zones.length));
  const open = curve.filter(({ unplacedPods, nodes }) => unplacedPods <= own.unplacedPods && nodes >= fewest);
  const cheapest = Math.min(own.difference, ...open.map(({ difference }) => difference));
  const within = open.filter(({ difference }) => difference - cheapest <= equallyCheap * own.monthly);
  const [best] = within.toSorted(
    (left, right) =>
      right.nodes - left.nodes || left.difference - right.difference || (left.vmSize < right.vmSize ? -1 : 1),
  );
  if (best === undefined || best.vmSize === own.vmSize) return undefined;
  return best.difference < -equallyCheap * own.monthly ? best : undefined;
}
