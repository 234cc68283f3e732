import type { Catalog, VmSize } from "../../catalog/catalog.ts";
import type { NodePool } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { type Alternative, withoutCommitments } from "./alternative.ts";

/** Spot for every user pool that may take it, beside what is declared; commitments then cover what is left. */
export function spotAlternative(estate: Estate): readonly Alternative[] {
  const canBeSpot = ({ mode, spot }: NodePool) => mode === "User" && !spot;
  const pools = estate.clusters.flatMap(({ nodePools }) => nodePools).filter(canBeSpot);
  if (pools.length === 0) return [];
  return [
    {
      kind: "spot",
      label: "Spot for every user pool, the rest pay as you go",
      estate: mapPools(withoutCommitments(estate), (pool) => (canBeSpot(pool) ? { ...pool, spot: true } : pool)),
      notes: [
        "nodes may be taken away at any time, no SLA",
        "only for what tolerates the spot taint",
        "spot prices of one day",
      ],
      moves: false,
    },
  ];
}

/** Each region of the estate moved to each other priced one; commitments stay out, they are bound to a region. */
export function regionAlternatives(estate: Estate, catalog: Catalog): readonly Alternative[] {
  const sources = [...new Set(estate.clusters.map(({ region }) => region))].toSorted();
  const sizes = [...new Set(estate.clusters.flatMap(({ nodePools }) => nodePools.map(({ vmSize }) => vmSize)))];
  const targets = catalog
    .knownRegions()
    .filter((region) => sizes.some((size) => catalog.vmPrice(region, size, "payAsYouGo") !== undefined))
    .toSorted();
  return sources.flatMap((from) =>
    targets
      .filter((to) => to !== from)
      .map((to): Alternative => {
        const moved = withoutCommitments(estate);
        const latency = catalog.regionLatency(from, to);
        const zones = catalog.regionZones(to);
        return {
          kind: "region",
          label: `Clusters of ${from} in ${to}, pay as you go`,
          estate: {
            ...moved,
            clusters: moved.clusters.map((cluster) => (cluster.region === from ? { ...cluster, region: to } : cluster)),
          },
          notes: [
            ...(latency === undefined ? [] : [`about ${Math.round(latency.value)} ms from ${from}`]),
            ...(zones === undefined ? ["zones not known"] : zones.value < 3 ? [`${zones.value} zones only`] : []),
            "services stay where they are",
          ],
          moves: false,
        };
      }),
  );
}

/** Each pool on the cheapest size of the same shape: as many vCPUs, at least as much memory, all that the pool needs. */
export function familyAlternatives(estate: Estate, catalog: Catalog): readonly Alternative[] {
  const forArchitecture = (
    architectures: readonly VmSize["architecture"][],
    label: string,
    notes: readonly string[],
  ) => {
    const changes = new Set<string>();
    const changed = mapPools(withoutCommitments(estate), (pool, region) => {
      const size = cheapestLike(catalog, pool, region, architectures);
      if (size === undefined || size === pool.vmSize) return pool;
      changes.add(`${short(pool.vmSize)} to ${short(size)}`);
      return { ...pool, vmSize: size };
    });
    const alternative: Alternative = {
      kind: "vmFamily",
      label,
      estate: changed,
      notes: [...[...changes].toSorted(), ...notes],
      moves: true,
    };
    return changes.size === 0 ? [] : [alternative];
  };
  return [
    ...forArchitecture(["amd64"], "The cheapest size of the same shape for every pool, pay as you go", [
      "pools are made anew",
    ]),
    ...forArchitecture(["amd64", "arm64"], "The same with Arm sizes, pay as you go", [
      "images must be built for arm64",
      "pools are made anew",
    ]),
  ];
}

function cheapestLike(
  catalog: Catalog,
  pool: NodePool,
  region: string,
  architectures: readonly VmSize["architecture"][],
): string | undefined {
  const now = catalog.vmSize(pool.vmSize);
  const purchase = pool.spot ? "spot" : "payAsYouGo";
  if (now === undefined || catalog.vmPrice(region, pool.vmSize, purchase) === undefined) return undefined;
  const priced = catalog.vmSizes().flatMap((size) => {
    const price = catalog.vmPrice(region, size.name, purchase)?.value;
    return price !== undefined && fits(size, now, pool, architectures) ? [{ name: size.name, price }] : [];
  });
  return priced.toSorted((left, right) => left.price - right.price || (left.name < right.name ? -1 : 1))[0]?.name;
}

function fits(size: VmSize, now: VmSize, pool: NodePool, architectures: readonly VmSize["architecture"][]): boolean {
  const ephemeralGiB = pool.osDisk.type === "Ephemeral" ? (pool.osDisk.sizeGiB ?? 128) : 0;
  return (
    size.vcpu === now.vcpu &&
    size.memoryGiB >= now.memoryGiB &&
    size.gpus === now.gpus &&
    (architectures.includes(size.architecture) || size.name === now.name) &&
    // Confidential and constrained-core sizes cost for something that is not asked here.
    size.constrainedCoreBase === undefined &&
    !/^Standard_[DE]C/.test(size.name) &&
    !size.burstable &&
    size.premiumStorage === now.premiumStorage &&
    (pool.mode === "System" ? size.systemPoolAllowed : size.userPoolAllowed) &&
    (ephemeralGiB === 0 || (size.tempDiskGiB ?? 0) >= ephemeralGiB) &&
    (pool.workloadRuntime === "OCIContainer" || size.nestedVirtualization === true)
  );
}

function mapPools(estate: Estate, change: (pool: NodePool, region: string) => NodePool): Estate {
  return {
    ...estate,
    clusters: estate.clusters.map((cluster) => ({
      ...cluster,
      nodePools: cluster.nodePools.map((pool) => change(pool, cluster.region)),
    })),
  };
}

function short(vmSize: string): string {
  return vmSize.replace(/^Standard_/, "");
}
