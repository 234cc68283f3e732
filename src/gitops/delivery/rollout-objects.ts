import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { canaryAnalysis } from "../../estate/assumptions/gitops-rules.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Application } from "../../estate/model/application.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import { assumed, missController, missRequests, type PlaceTask, refuseRollout } from "./delivery-log.ts";
import { argoRollout } from "./derived/argo-rollout.ts";
import { flaggerCanary } from "./derived/flagger-canary.ts";
import { prometheusAddress, wantedSuccess } from "./derived/rollout-analysis.ts";

/** What steers the rollouts of an application at a place. */
export interface RolloutObjects {
  readonly objects: readonly JsonObject[];
  /** Ids of the workloads whose replicas the controller decides. */
  readonly steered: ReadonlySet<string>;
  /** Services that the controller makes itself, as `namespace/name`. */
  readonly replaced: ReadonlySet<string>;
}

const nothing: RolloutObjects = { objects: [], steered: new Set(), replaced: new Set() };

const controllers = {
  flagger: { name: "flagger", crd: "canaries.flagger.app", kind: "Canary" },
  argoRollouts: { name: "argo-rollouts", crd: "rollouts.argoproj.io", kind: "Rollout" },
} as const;

/**
 * Canaries and Rollouts of an application that declares them and has none: for its Deployments that users or a declared
 * load come to. A cluster without the controller gets none, because its API server would refuse the whole application.
 */
export function rolloutObjects(
  task: PlaceTask,
  application: Application,
  workloads: readonly Workload[],
  autoscalers: ReadonlyMap<string, JsonObject | undefined>,
): RolloutObjects {
  const { strategy, controller } = application.delivery;
  const steering = controller === "flagger" || controller === "argoRollouts" ? controllers[controller] : undefined;
  if (steering === undefined || (strategy !== "canary" && strategy !== "blueGreen")) return nothing;
  const { index, place, log } = task;
  const { objects, services } = index.at(place);
  if (objects.some((placed) => placed.application === application.name && placed.object.kind === steering.kind))
    return nothing;
  if (!hasController(place.cluster, steering)) {
    missController(task, application, steering.name);
    return nothing;
  }
  const written: JsonObject[] = [];
  const steered = new Set<string>();
  const replaced = new Set<string>();
  const write = controller === "flagger" ? flaggerCanary : argoRollout;
  const prometheus = prometheusAddress(place.cluster);
  const success = wantedSuccess(index.estate, application, place.environment.name);
  for (const workload of workloads.filter((each) => isSteered(task, application, each))) {
    const reading = write({
      workload,
      application,
      cluster: place.cluster,
      services,
      objects,
      autoscaler: autoscalers.get(workload.id),
      prometheus,
      success,
    });
    if (reading.kind === "refused") {
      refuseRollout(task, workload, reading.reason);
      continue;
    }
    if (controller === "flagger" && strategy === "blueGreen") missRequests(task, workload);
    written.push(...reading.objects);
    for (const service of reading.replaced) replaced.add(service);
    steered.add(workload.id);
  }
  if (written.length > 0) {
    const parameters = { application: application.name, success };
    assumed(log, assume(canaryAnalysis, `Application/${application.name}`, parameters, application.place));
  }
  return { objects: written, steered, replaced };
}

function hasController(
  { components }: Cluster,
  { name, crd }: { readonly name: string; readonly crd: string },
): boolean {
  return components.some((component) => component.name === name || component.crds.includes(crd));
}

function isSteered({ index }: PlaceTask, { load }: Application, workload: Workload): boolean {
  if (workload.kind !== "Deployment" || workload.opaque) return false;
  const reference = `${workload.namespace}/${workload.kind}/${workload.name}`;
  const isEntered = index.estate.entryPoints.some(({ workloads }) => workloads.includes(workload.id));
  return isEntered || load.some((each) => each.workload === reference);
}
