import type { Catalog } from "../../catalog/catalog.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { type PodShape, readPodShape } from "../../scheduling/pod-shape.ts";
import { readRuntimeClasses, runtimeClassOf } from "../../scheduling/runtime-class.ts";
import { plannedPodsOf } from "../model/planned-pods.ts";
import type { PlanUnit } from "../model/site.ts";
import type { PlanPolicy } from "../plan-policy.ts";
import type { UnplannedPods } from "../structure-plan.ts";
import type { PlanSolvers } from "./bound-pools.ts";
import { type ClassContext, type PodClass, podClassOf } from "./pod-class.ts";
import type { PoolChoices } from "./pool-choices.ts";
import type { PlannedPods } from "./pool-problem.ts";

/** What the pools of one cluster are planned from. */
export interface ClusterPlanning {
  readonly estate: Estate;
  readonly catalog: Catalog;
  readonly policy: PlanPolicy;
  readonly solvers: PlanSolvers | undefined;
  readonly choices: PoolChoices;
  readonly zones: readonly string[];
  /** Tier and name are decided already. */
  readonly cluster: Cluster;
  readonly template: Cluster;
  readonly isDeclared: boolean;
  readonly tierMicros: number;
}

/** Runtime class that AKS installs for sandboxed pods. */
const sandboxRuntimeClass = "kata-vm-isolation";

/** Pods whose tenant gets a sandbox run in one, as far as they can. */
export function withSandboxes(units: readonly PlanUnit[], { estate, policy }: ClusterPlanning): readonly PlanUnit[] {
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

/** Pods of a cluster, each with the class that it is of, and what cannot be planned. */
export interface ReadPods {
  readonly pods: readonly { readonly podClass: PodClass; readonly pods: PlannedPods; readonly unit: PlanUnit }[];
  readonly daemonSets: readonly PodShape[];
  readonly unplanned: readonly UnplannedPods[];
}

/** The pods of all workloads but DaemonSets, which are on every node that admits them. */
export function readPods(units: readonly PlanUnit[], { estate, catalog, policy, template }: ClusterPlanning): ReadPods {
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
        pods: plannedPodsOf(
          estate,
          workload,
          shape,
          template,
          applications.get(workload.application ?? ""),
          policy.spread,
        ),
      });
    }
  }
  return { pods, daemonSets, unplanned };
}
