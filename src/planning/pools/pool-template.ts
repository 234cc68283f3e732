import type { Catalog, VmSize } from "../../catalog/catalog.ts";
import type { Cluster, NodePool } from "../../estate/model/cluster.ts";
import type { PodClass } from "./pod-class.ts";

/** Most vCPUs of a node: a loss takes too much with it beyond. Fewest: below, reservations and agents take too much. */
export const nodeVcpus = { most: 32, fewest: 4, fewestOfSmallSites: 2 } as const;

/**
 * Everything about a pool but its name, size and count: what the declared pool that is most like it has, or what AKS gives.
 * Undefined when no size of the catalog has what the class needs.
 */
export function poolTemplate(
  cluster: Cluster,
  mode: NodePool["mode"],
  each: PodClass,
  zones: readonly string[],
  catalog: Catalog,
): NodePool | undefined {
  const like = mostAlike(cluster, mode, each, catalog);
  const vmSize = sizeLike(like, cluster.region, each, catalog);
  if (vmSize === undefined) return undefined;
  const { declared: _, place: __, vmSizePlace: ___, ...settings } = like ?? plainPool(cluster, catalog);
  return {
    ...settings,
    cluster: cluster.name,
    mode,
    vmSize: vmSize.name,
    zones: each.oneZone ? zones.slice(0, 1) : zones,
    countDeclared: true,
    autoscaling: true,
    taints: [],
    labels: {},
    osSku: osSkuOf(settings.osSku, each),
    workloadRuntime: each.sandboxed ? "KataVmIsolation" : "OCIContainer",
    spot: each.spot,
  };
}

function osSkuOf(declared: string, { operatingSystem, sandboxed }: PodClass): string {
  if (operatingSystem === "windows") return /^windows/i.test(declared) ? declared : "Windows2022";
  return sandboxed || /^windows/i.test(declared) ? "AzureLinux" : declared;
}

function mostAlike(cluster: Cluster, mode: NodePool["mode"], each: PodClass, catalog: Catalog): NodePool | undefined {
  const points = (pool: NodePool) => {
    const size = catalog.vmSize(pool.vmSize);
    return (
      (pool.mode === mode ? 1 : 0) +
      ((size?.gpus ?? 0) > 0 === each.gpu ? 8 : 0) +
      ((pool.workloadRuntime === "KataVmIsolation") === each.sandboxed ? 4 : 0) +
      (/^windows/i.test(pool.osSku) === (each.operatingSystem === "windows") ? 4 : 0) +
      (size?.architecture === each.architecture ? 2 : 0)
    );
  };
  // The oldest generation, since sizes of older ones than the template's are no candidates.
  const generation = ({ vmSize }: NodePool) => Number(/_v(\d+)$/.exec(vmSize)?.[1] ?? 1);
  return cluster.nodePools.toSorted(
    (left, right) =>
      points(right) - points(left) || generation(left) - generation(right) || (left.name < right.name ? -1 : 1),
  )[0];
}

/** A size from which candidates are drawn: processor and accelerator have to be right, all else is chosen. */
function sizeLike(
  like: NodePool | undefined,
  region: string,
  { architecture, gpu, sandboxed }: PodClass,
  catalog: Catalog,
): VmSize | undefined {
  const isRight = (size: VmSize) =>
    size.architecture === architecture && size.gpus >= 1 === gpu && (!sandboxed || size.nestedVirtualization === true);
  const declared = like === undefined ? undefined : catalog.vmSize(like.vmSize);
  if (declared !== undefined && isRight(declared)) return declared;
  const priceOf = (size: VmSize) => catalog.vmPrice(region, size.name, "payAsYouGo")?.value;
  const usable = catalog
    .vmSizes()
    .filter((size) => isRight(size) && !size.burstable && size.userPoolAllowed && size.vcpu >= nodeVcpus.fewest)
    .flatMap((size) => {
      const price = priceOf(size);
      return price === undefined ? [] : [{ size, price: price / size.vcpu }];
    });
  return usable.toSorted((left, right) => left.price - right.price || (left.size.name < right.size.name ? -1 : 1))[0]
    ?.size;
}

function plainPool(cluster: Cluster, catalog: Catalog): NodePool {
  return {
    name: "general",
    cluster: cluster.name,
    mode: "User",
    vmSize: "",
    zones: [],
    minimumNodes: 0,
    maximumNodes: 0,
    countDeclared: true,
    autoscaling: true,
    maxPods: catalog.defaultMaxPods(cluster.network.plugin).value,
    osSku: "AzureLinux",
    osDisk: { type: "Managed", sizeGiB: undefined },
    taints: [],
    labels: {},
    spot: false,
    spotMaxPrice: undefined,
    workloadRuntime: "OCIContainer",
    upgrade: {},
    linux: { sysctls: {} },
  };
}
