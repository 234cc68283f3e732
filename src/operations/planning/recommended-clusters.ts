import type { PackedEstate } from "../../finops/right-sizing/nodes/packed-cluster.ts";
import type { PlannedCluster, PlannedPool } from "../../planning/structure-plan.ts";
import type { VerifiedStructure } from "../../planning/verification/verify-structure.ts";
import type { RecommendedCluster, RecommendedPool } from "./plan-report.ts";

/** The recommended structure as it is told: clusters in the order of their names, the system pool first. */
export function recommendedClusters(
  { structure }: VerifiedStructure,
  packed: PackedEstate,
): readonly RecommendedCluster[] {
  return structure.clusters
    .map((planned): RecommendedCluster => {
      const { cluster, isDeclared, template } = planned;
      return {
        name: cluster.name,
        region: cluster.region,
        environments: cluster.environments,
        tier: cluster.tier,
        isNew: !isDeclared || template.declared === undefined,
        because: becauseOf(planned),
        pools: planned.pools.map((pool) => recommendedPool(planned, pool, packed)),
      };
    })
    .toSorted((left, right) => (left.name < right.name ? -1 : 1));
}

function becauseOf({ apartFrom, cluster }: PlannedCluster): string {
  if (apartFrom.length === 0) return `everything in ${cluster.region} may share it`;
  return apartFrom
    .slice(0, 2)
    .map(({ because }) => because)
    .join("; ");
}

function recommendedPool(planned: PlannedCluster, each: PlannedPool, packed: PackedEstate): RecommendedPool {
  const { pool, pods, solved } = each;
  const asked = (dimension: number) =>
    pods.reduce((sum, { size, quantity }) => sum + (size[dimension] ?? 0) * quantity, 0);
  const share = (dimension: number) => {
    const offered = (solved.size.capacity[dimension] ?? 0) * pool.minimumNodes;
    return offered === 0 ? 0 : Number((asked(dimension) / offered).toFixed(4));
  };
  const workloads = new Set(planned.units.flatMap((unit) => unit.workloads.map(({ id }) => id)));
  return {
    name: pool.name,
    mode: pool.mode,
    vmSize: pool.vmSize,
    nodes: pool.minimumNodes,
    nodesForScheduler: each.addedForScheduler,
    zones: pool.zones,
    taints: pool.taints.map(({ key, value }) => `${key}=${value ?? ""}`),
    sandboxed: pool.workloadRuntime === "KataVmIsolation",
    tenants: [...new Set(pods.map(({ tenant }) => tenant))].toSorted(),
    workloads: pods.filter(({ id }) => workloads.has(id)).length,
    pods: pods.reduce((sum, { quantity }) => sum + quantity, 0),
    requested: { cpu: share(0), memory: share(1) },
    monthly: Math.round((packed.byPool.get(`${planned.cluster.name}/${pool.name}`) ?? 0) * 100) / 100,
    because: poolReason(planned, each),
  };
}

function poolReason({ classes, pools }: PlannedCluster, each: PlannedPool): string {
  const own = classes[each.classIndex];
  if (own === undefined) return "";
  if (own.isSystemOnly) return "AKS and the platform's components, apart from applications";
  const { exclusiveTo, sandboxed, gpu, operatingSystem, architecture, spot, headroom } = own.podClass;
  const isSplit = pools.filter(({ classIndex }) => classIndex === each.classIndex).length > 1;
  const parts = [
    ...(exclusiveTo === undefined
      ? []
      : [`${exclusiveTo} wants ${own.because.slice(0, 2).join(" and ") || "nodes"} separate`]),
    ...(sandboxed ? ["sandboxes need nested virtualisation"] : []),
    ...(gpu ? ["GPUs"] : []),
    ...(operatingSystem === "windows" ? ["Windows"] : []),
    ...(architecture === "arm64" ? ["arm64"] : []),
    ...(spot ? ["spot"] : []),
    ...(isSplit ? ["pods of other proportions have a pool of another size"] : []),
    ...(headroom ? ["stands the loss of a zone"] : []),
  ];
  return parts.length === 0 ? "everybody who accepts to share" : parts.join("; ");
}
