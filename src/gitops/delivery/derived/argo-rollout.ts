import { asObject, valueAt } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import { successAnalysis } from "./rollout-analysis.ts";
import type { RolloutReading, RolloutSetting } from "./rollout-setting.ts";
import { nginxIngress, soleService } from "./traffic-split.ts";

const usualSteps = [10, 25, 50];

/**
 * A Rollout beside a Deployment, whose pods it takes over one by one. Behind an Ingress of nginx the controller splits the
 * traffic between two Services; elsewhere the share of a step is that of the pods. Each step takes five minutes, and is
 * judged where requests to the new version are counted.
 */
export function argoRollout(setting: RolloutSetting): RolloutReading {
  const { workload, application, autoscaler } = setting;
  const { delivery } = application;
  if (workload.replicas.autoscaler !== undefined) {
    return { kind: "refused", reason: "its autoscaler scales the Deployment, which a Rollout keeps at zero" };
  }
  if (delivery.strategy !== "canary") return { kind: "refused", reason: "only canaries are written for Argo Rollouts" };
  const weights = delivery.steps === undefined || delivery.steps.length === 0 ? usualSteps : delivery.steps;
  const least = Math.min(...weights);
  const routing = trafficRouting(setting);
  if (routing === undefined && workload.replicas.declared * least < 100) {
    return {
      kind: "refused",
      reason: `a step of ${least} % is less than one of its ${workload.replicas.declared} pods, and nothing routes its traffic`,
    };
  }
  const { name, namespace } = workload;
  const judged = routing?.analysis === undefined ? { pause: { duration: "5m" } } : analysisStep(name);
  const rollout = {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Rollout",
    metadata: { name, namespace },
    spec: {
      ...(autoscaler === undefined ? { replicas: workload.replicas.declared } : {}),
      selector: valueAt(workload.object.value, ["spec", "selector"]),
      workloadRef: { apiVersion: "apps/v1", kind: "Deployment", name, scaleDown: "progressively" },
      strategy: {
        canary: {
          maxSurge: "25%",
          maxUnavailable: 0,
          ...routing?.fields,
          steps: weights.flatMap((weight) => [{ setWeight: weight }, judged]),
        },
      },
    },
  };
  return { kind: "written", objects: [rollout, ...(routing?.objects ?? [])], replaced: [] };
}

function analysisStep(templateName: string): JsonObject {
  return { analysis: { templates: [{ templateName }] } };
}

interface TrafficRouting {
  readonly fields: JsonObject;
  readonly objects: readonly JsonObject[];
  readonly analysis: JsonObject | undefined;
}

/** The Service of today leads to the version that serves; a second one, to the new version. */
function trafficRouting({
  workload,
  services,
  objects,
  prometheus,
  success,
}: RolloutSetting): TrafficRouting | undefined {
  const reading = soleService(workload, services);
  if (reading.kind === "refused") return undefined;
  const { service } = reading;
  const ingress = nginxIngress(service, objects);
  if (ingress === undefined) return undefined;
  const { namespace } = workload;
  const canaryService = `${service.name}-canary`;
  const { ports, selector } = asObject(service.object.value.spec);
  const second = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: canaryService, namespace },
    spec: { ports, selector },
  };
  const analysis =
    prometheus === undefined
      ? undefined
      : successAnalysis(workload.name, namespace, { by: "nginx", ingress }, { address: prometheus, success });
  return {
    fields: {
      stableService: service.name,
      canaryService,
      trafficRouting: { nginx: { stableIngress: ingress } },
    },
    objects: analysis === undefined ? [second] : [second, analysis],
    analysis,
  };
}
