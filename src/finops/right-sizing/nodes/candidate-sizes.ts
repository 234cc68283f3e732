import type { Catalog, VmSize } from "../../../catalog/catalog.ts";
import type { NodePool } from "../../../estate/model/cluster.ts";
import { hoursPerMonth } from "../../bill/charge.ts";

/** A VM size that a pool could have, with the OS disk it would have. */
export interface CandidateSize {
  readonly size: VmSize;
  readonly osDisk: NodePool["osDisk"];
}

export interface CandidateSizes {
  /** By vCPUs, then memory; the pool's own size among them where it is priced. */
  readonly sizes: readonly CandidateSize[];
  /** Sizes that would fit, of which the catalog has no price in the region. */
  readonly unpriced: readonly string[];
}

/** Sizes with more vCPUs than this are no general-purpose nodes: a loss takes too much with it. */
const mostVcpus = 64;
/** An ephemeral OS disk takes the temporary disk whole from this size on (AKS default). */
const ephemeralGiB = 128;

/**
 * Sizes that meet what the pool asks for: processor, GPUs, generation, storage, networking, sandbox, role in AKS. Of the
 * sizes with the same vCPUs and memory only the cheapest is kept. `monthlyDisk` prices the OS disk.
 */
export function candidateSizes(
  catalog: Catalog,
  pool: NodePool,
  region: string,
  monthlyDisk: (size: VmSize) => number,
): CandidateSizes {
  const now = catalog.vmSize(pool.vmSize);
  if (now === undefined) return { sizes: [], unpriced: [] };
  const purchase = pool.spot ? "spot" : "payAsYouGo";
  const byShape = new Map<string, CandidateSize & { readonly monthly: number }>();
  const unpriced: string[] = [];
  for (const size of catalog.vmSizes()) {
    const isOwn = size.name === now.name;
    if (!isOwn && !isCandidate(size, now, pool)) continue;
    const price = catalog.vmPrice(region, size.name, purchase)?.value;
    if (price === undefined) {
      unpriced.push(size.name);
      continue;
    }
    const osDisk = osDiskOf(pool, size);
    const monthly = price * hoursPerMonth + (osDisk.type === "Ephemeral" ? 0 : monthlyDisk(size));
    const shape = isOwn ? "own" : `${size.vcpu}/${size.memoryGiB}`;
    const best = byShape.get(shape);
    if (best === undefined || monthly < best.monthly) byShape.set(shape, { size, osDisk, monthly });
  }
  const sizes = [...byShape.values()]
    .map(({ size, osDisk }) => ({ size, osDisk }))
    .toSorted(
      (left, right) =>
        left.size.vcpu - right.size.vcpu ||
        left.size.memoryGiB - right.size.memoryGiB ||
        (left.size.name < right.size.name ? -1 : 1),
    );
  return { sizes, unpriced: unpriced.toSorted() };
}

/** The pool's own OS disk; ephemeral instead of managed where the size has room for it. */
export function osDiskOf({ osDisk }: NodePool, size: VmSize): NodePool["osDisk"] {
  const room = size.tempDiskGiB ?? 0;
  const wanted = osDisk.sizeGiB ?? ephemeralGiB;
  return osDisk.type === "Managed" && room >= wanted ? { type: "Ephemeral", sizeGiB: osDisk.sizeGiB } : osDisk;
}

function isCandidate(size: VmSize, now: VmSize, pool: NodePool): boolean {
  const needed = pool.osDisk.type === "Ephemeral" ? (pool.osDisk.sizeGiB ?? ephemeralGiB) : 0;
  return (
    size.vcpu <= Math.max(mostVcpus, now.vcpu) &&
    size.architecture === now.architecture &&
    size.gpus === now.gpus &&
    (size.gpus === 0 || size.family === now.family) &&
    generationOf(size) >= generationOf(now) &&
    size.constrainedCoreBase === undefined &&
    isConfidential(size) === isConfidential(now) &&
    (now.burstable || !size.burstable) &&
    (size.premiumStorage || !now.premiumStorage) &&
    (now.acceleratedNetworking !== true || size.acceleratedNetworking !== false) &&
    (pool.mode === "System" ? size.systemPoolAllowed : size.userPoolAllowed) &&
    (needed === 0 || (size.tempDiskGiB ?? 0) >= needed) &&
    (pool.workloadRuntime === "OCIContainer" || size.nestedVirtualization === true)
  );
}

/** `5` for `Standard_D4s_v5`; sizes without a version are the first generation. */
function generationOf({ name }: VmSize): number {
  return Number(/_v(\d+)$/.exec(name)?.[1] ?? 1);
}

function isConfidential({ name }: VmSize): boolean {
  return /^Standard_[DE]C\d/.test(name);
}
