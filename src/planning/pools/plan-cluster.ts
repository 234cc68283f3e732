import type { Catalog } from "../../catalog/catalog.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Cluster, NodePool } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { readPlatformPods } from "../../scheduling/platform-pods.ts";
import { type PodShape, readPodShape } from "../../scheduling/pod-shape.ts";
import { readRuntimeClasses, runtimeClassOf } from "../../scheduling/runtime-class.ts";
import { demandedIsolation } from "../isolation/demanded-isolation.ts";
import type { UnitGroup } from "../isolation/partition-units.ts";
import { plannedPodsOf, platformPodsOf, withOneJob } from "../model/planned-pods.ts";
import type { PlanUnit } from "../model/site.ts";
import type { PlanPolicy } from "../plan-policy.ts";
import type { PlannedClass, PlannedCluster, UnplannedPods } from "../structure-plan.ts";
import type { PlanSolvers } from "./bound-pools.ts";
import { choosePools } from "./choose-pools.ts";
import { withPools } from "./class-pools.ts";
import { type ClassContext, classKey, type PodClass, podClassOf } from "./pod-class.ts";
import { purposeOf } from "./pool-names.ts";
import type { PlannedPods, PoolProblem, PoolSize } from "./pool-problem.ts";
import { poolSizes, type SizeContext } from "./pool-sizes.ts";
import { poolTemplate } from "./pool-template.ts";

/** What the pools of one cluster are planned from. */
export interface ClusterPlanning {
  readonly estate: Estate;
  readonly catalog: Catalog;
  readonly policy: PlanPolicy;
  readonly solvers: PlanSolvers | undefined;
  readonly zones: readonly string[];
  /** Tier and name are decided already. */
  readonly cluster: Cluster;
  readonly template: Cluster;
  readonly isDeclared: boolean;
  readonly tierMicros: number;
}

interface ClassOfPods {
  readonly podClass: PodClass;
  readonly pods: readonly PlannedPods[];
  readonly mode: NodePool["mode"];
  /** Keeps applications away: a pool for the system alone. */
  readonly isSystemOnly: boolean;
  readonly minimumNodes: number;
}

/** Runtime class that AKS installs for sandboxed pods. */
const sandboxRuntimeClass = "kata-vm-isolation";

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
    const problem: PoolProblem = {
      pods: fitting,
      sizes,
      zones: template.zones.length,
      headroom: each.podClass.headroom,
      minimumNodes: each.minimumNodes,
    };
    const { candidates, lowerBoundMicros } = choosePools(problem, planning.solvers);
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

/** Pods whose tenant gets a sandbox run in one, as far as they can. */
function withSandboxes(units: readonly PlanUnit[], { estate, policy }: ClusterPlanning): readonly PlanUnit[] {
  const applications = new Map(estate.applications.map((application) => [application.name, application]));
  return units.map((unit) => {
    const demanded = applications.get(unit.application ?? "")?.requires.sandbox === true;
    if (!demanded && policy.isolation.get(unit.tenant) !== "sandbox") return unit;
    return { ...unit, workloads: unit.workloads.map(sandboxed) };
  });
}

function sandboxed(workload: Workload): Workload {
  if (workload.run === "perNode" || workload.runtimeClassName !== undefined || workload.hostNetwork) return workload;
  return {
    ...workload,
    runtimeClassName: sandboxRuntimeClass,
    podSpec: { ...workload.podSpec, runtimeClassName: sandboxRuntimeClass },
  };
}

interface ReadPods {
  readonly pods: readonly { readonly podClass: PodClass; readonly pods: PlannedPods; readonly unit: PlanUnit }[];
  readonly daemonSets: readonly PodShape[];
  readonly unplanned: readonly UnplannedPods[];
}

function readPods(units: readonly PlanUnit[], { estate, catalog, policy, template }: ClusterPlanning): ReadPods {
  const runtimeClasses = readRuntimeClasses(estate);
  const applications = new Map(estate.applications.map((application) => [application.name, application]));
  const context: ClassContext = {
    policy,
    tenants: new Map(estate.tenants.map((tenant) => [tenant.name, tenant])),
    neighbours: new Set(units.map(({ tenant }) => tenant).filter((tenant) => tenant !== "platform")),
  };
  const pods: ReadPods["pods"][number][] = [];
  const daemonSets: PodShape[] = [];
  const unplanned: UnplannedPods[] = [];
  for (const unit of units) {
    for (const workload of unit.workloads) {
      if (workload.opaque || workload.unreadable.length > 0) {
        const reason = workload.opaque ? `the pods of a ${workload.kind} are not known` : "a value cannot be read";
        unplanned.push({ workload: workload.id, tenant: workload.tenant, reason });
        continue;
      }
      const runtimeClass = runtimeClassOf(runtimeClasses, unit.cluster.name, workload.runtimeClassName);
      // What a declared runtime class selects is the pool of today.
      const free = runtimeClass === undefined ? undefined : { ...runtimeClass, nodeSelector: {}, tolerations: [] };
      const { shape } = readPodShape(workload, free, catalog);
      if (workload.run === "perNode") {
        daemonSets.push(shape);
        continue;
      }
      pods.push({
        unit,
        podClass: podClassOf(unit, workload, shape, context),
        pods: plannedPodsOf(estate, workload, shape, template, applications.get(workload.application ?? "")),
      });
    }
  }
  return { pods, daemonSets, unplanned };
}

/** The system first, then what is shared, then what tenants have for themselves. */
function classesOf(
  read: ReadPods["pods"],
  platform: readonly PlannedPods[],
  units: readonly PlanUnit[],
  { catalog, policy }: ClusterPlanning,
): readonly ClassOfPods[] {
  const isCritical = units.some(({ environment }) => environment.criticality === "high");
  const limits = catalog.nodePoolLimits();
  const headroom = units.some(({ environment }) => policy.headroom.includes(environment.criticality));
  const oneZone = units.every(({ environment }) => policy.oneZone.includes(environment.criticality));
  const plain: PodClass = {
    exclusiveTo: undefined,
    sandboxed: false,
    operatingSystem: "linux",
    architecture: "amd64",
    gpu: false,
    spot: false,
    headroom,
    oneZone,
  };
  const groups = [...Map.groupBy(read, ({ podClass }) => classKey(podClass))]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([, own]) => own);
  const general = groups.find((own) => own.every(({ podClass }) => isPlain(podClass)));
  const isShared = !isCritical && general !== undefined;
  const minimumNodes = isCritical ? 2 : 1;
  const classes = groups.flatMap((own): readonly ClassOfPods[] => {
    const [first] = own;
    if (first === undefined) return [];
    const takesSystem = isShared && own === general;
    return [
      {
        podClass: first.podClass,
        pods: withOneJob([...(takesSystem ? platform : []), ...own.map(({ pods }) => pods)]),
        mode: takesSystem ? "System" : "User",
        isSystemOnly: false,
        minimumNodes: takesSystem ? Math.max(minimumNodes, limits.leastSystemNodes.value) : minimumNodes,
      },
    ];
  });
  if (isShared) return classes;
  const nodes = isCritical ? limits.advisedSystemNodes.value : limits.leastSystemNodes.value;
  return [{ podClass: plain, pods: platform, mode: "System", isSystemOnly: true, minimumNodes: nodes }, ...classes];
}

function isPlain({ exclusiveTo, sandboxed: isSandboxed, operatingSystem, architecture, gpu, spot }: PodClass): boolean {
  return (
    exclusiveTo === undefined &&
    !isSandboxed &&
    operatingSystem === "linux" &&
    architecture === "amd64" &&
    !gpu &&
    !spot
  );
}

function taintsOf({ isSystemOnly, podClass }: ClassOfPods): NodePool["taints"] {
  if (isSystemOnly) return [{ key: "CriticalAddonsOnly", value: "true", effect: "NoSchedule" }];
  return isPlain(podClass) ? [] : [{ key: "dedicated", value: purposeOf(podClass), effect: "NoSchedule" }];
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
