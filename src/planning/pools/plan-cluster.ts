import type { NodePool } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { readPlatformPods } from "../../scheduling/platform-pods.ts";
import { demandedIsolation } from "../isolation/demanded-isolation.ts";
import type { UnitGroup } from "../isolation/partition-units.ts";
import { platformPodsOf } from "../model/planned-pods.ts";
import type { PlannedClass, PlannedCluster, UnplannedPods } from "../structure-plan.ts";
import { withPools } from "./class-pools.ts";
import type { PodClass } from "./pod-class.ts";
import { classesOf, taintsOf } from "./pod-classes.ts";
import type { PlannedPods, PoolProblem, PoolSize } from "./pool-problem.ts";
import { poolSizes, type SizeContext } from "./pool-sizes.ts";
import { poolTemplate } from "./pool-template.ts";
import { type ClusterPlanning, readPods, withSandboxes } from "./read-pods.ts";

/** Pools for the units of one cluster, each class of pods by itself at least cost, with the bound of all together. */
export function planCluster(
  group: UnitGroup,
  planning: ClusterPlanning,
): { readonly planned: PlannedCluster; readonly unplanned: readonly UnplannedPods[] } {
  const { estate, catalog, cluster, zones } = planning;
  const units = withSandboxes(group.units, planning);
  const workloads = units.flatMap((unit) => unit.workloads);
  const platform = readPlatformPods(planning.cluster, workloads, catalog);
  const read = readPods(units, planning);
  const classes = classesOf(read.pods, platform.pods.map(platformPodsOf), units, planning);
  const unplanned: UnplannedPods[] = [...read.unplanned];
  const planned: PlannedClass[] = [];
  for (const each of classes) {
    const template = poolTemplate(cluster, each.mode, each.podClass, zones, catalog);
    if (template === undefined) {
      unplanned.push(...each.pods.map((pods) => unplannedOf(pods, noSizeReason(each.podClass))));
      continue;
    }
    const sizing: SizeContext = {
      estate,
      catalog,
      cluster,
      daemons: platform.daemons,
      daemonSets: read.daemonSets,
      small: each.podClass.oneZone,
    };
    const tainted: NodePool = { ...template, taints: taintsOf(each) };
    const sizes = poolSizes(tainted, sizing);
    const { fitting, tooLarge } = withoutTooLarge(each.pods, sizes);
    unplanned.push(...tooLarge.map((pods) => unplannedOf(pods, "one pod is larger than every size that may carry it")));
    const asked: PoolProblem = {
      pods: fitting,
      sizes,
      zones: template.zones.length,
      headroom: each.podClass.headroom,
      minimumNodes: each.minimumNodes,
    };
    const { problem, solutions } = planning.choices.of(asked, planning.solvers);
    const { candidates, drafts, lowerBoundMicros } = solutions;
    if (candidates.length === 0) {
      const reason = each.podClass.headroom && template.zones.length < 2 ? oneZoneReason : noSizeReason(each.podClass);
      unplanned.push(...fitting.map((pods) => unplannedOf(pods, reason)));
      continue;
    }
    const { podClass, isSystemOnly } = each;
    const because = becauseOf(podClass, estate);
    planned.push({
      podClass,
      isSystemOnly,
      template: tainted,
      problem,
      candidates,
      drafts,
      chosen: 0,
      lowerBoundMicros,
      because,
    });
  }
  const { template, isDeclared, tierMicros } = planning;
  const bare: PlannedCluster = {
    cluster,
    template,
    isDeclared,
    units,
    classes: planned,
    pools: [],
    apartFrom: group.apartFrom,
    lowerBoundMicros: planned.reduce((sum, each) => sum + each.lowerBoundMicros, 0),
    tierMicros,
  };
  return { planned: withPools(bare), unplanned };
}

const oneZoneReason = "its environment has to stand the loss of a zone, and the region has one zone";

function noSizeReason({ sandboxed, gpu, architecture, operatingSystem }: PodClass): string {
  const what = [
    ...(sandboxed ? ["nested virtualisation for sandboxes"] : []),
    ...(gpu ? ["GPUs"] : []),
    ...(architecture === "arm64" ? ["an arm64 processor"] : []),
    ...(operatingSystem === "windows" ? ["Windows"] : []),
  ];
  return what.length === 0
    ? "no size that is priced in the region can carry it"
    : `no size that is priced in the region has ${what.join(" and ")}`;
}

function unplannedOf({ id, tenant }: PlannedPods, reason: string): UnplannedPods {
  return { workload: id, tenant, reason };
}

function becauseOf({ exclusiveTo }: PodClass, { tenants }: Estate): PlannedClass["because"] {
  const tenant = tenants.find(({ name }) => name === exclusiveTo);
  return tenant === undefined ? [] : demandedIsolation(tenant).because;
}

function withoutTooLarge(pods: readonly PlannedPods[], sizes: readonly PoolSize[]) {
  const fits = ({ size }: PlannedPods) =>
    sizes.some(({ capacity }) => size.every((amount, dimension) => amount <= (capacity[dimension] ?? 0)));
  return { fitting: pods.filter(fits), tooLarge: sizes.length === 0 ? [] : pods.filter((each) => !fits(each)) };
}
