import { asText } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { ServiceEndpoint } from "../../../estate/kubernetes/workload.ts";
import type { Application } from "../../../estate/model/application.ts";
import { successMetric, type TrafficSplit } from "./rollout-analysis.ts";
import type { RolloutReading, RolloutSetting } from "./rollout-setting.ts";
import { nginxIngress, soleService } from "./traffic-split.ts";

/** Steps of a canary whose application names none, in percent of the traffic. */
const usualSteps = [10, 25, 50];
/** Checks that the new version of a blue/green rollout has to pass before it gets the traffic. */
const blueGreenIterations = 5;

/**
 * A Canary for a Deployment behind one Service. Flagger makes that Service itself and points it at the version that serves,
 * so it must not be delivered any more: the agent and Flagger would undo each other's selector.
 */
export function flaggerCanary(setting: RolloutSetting): RolloutReading {
  const { workload, application, cluster, services, objects, prometheus, success } = setting;
  const reading = soleService(workload, services);
  if (reading.kind === "refused") return reading;
  const { service, port } = reading;
  const ingress = nginxIngress(service, objects);
  const split = splitBy(cluster.network.serviceMesh, ingress);
  if (split === undefined) {
    return { kind: "refused", reason: "nothing there can split its traffic: no mesh, and no Ingress of nginx" };
  }
  const { name, namespace } = workload;
  const metric = prometheus === undefined ? undefined : successMetric(name, namespace, split, prometheus);
  const canary = {
    apiVersion: "flagger.app/v1beta1",
    kind: "Canary",
    metadata: { name, namespace },
    spec: {
      provider: split.by,
      targetRef: { apiVersion: "apps/v1", kind: workload.kind, name },
      progressDeadlineSeconds: 600,
      ...(split.by === "nginx"
        ? { ingressRef: { apiVersion: "networking.k8s.io/v1", kind: "Ingress", name: split.ingress } }
        : {}),
      ...autoscalerRef(setting),
      service: servicePorts(service.name, port),
      analysis: { ...analysisOf(application.delivery), metrics: [metricOf(metric, name, success)] },
    },
  };
  return {
    kind: "written",
    objects: metric === undefined ? [canary] : [canary, metric],
    replaced: [`${service.namespace}/${service.name}`],
  };
}

function splitBy(mesh: string | undefined, ingress: string | undefined): TrafficSplit | undefined {
  if (mesh === "istio") return { by: "istio" };
  return ingress === undefined ? undefined : { by: "nginx", ingress };
}

/** Without a Prometheus of the cluster, the metric that Flagger knows by itself, from the server that it was installed with. */
function metricOf(template: JsonObject | undefined, name: string, success: number): JsonObject {
  return {
    ...(template === undefined ? { name: "request-success-rate" } : { name: "success-rate", templateRef: { name } }),
    interval: "1m",
    thresholdRange: { min: success },
  };
}

function servicePorts(
  name: string,
  { port, targetPort, name: portName }: ServiceEndpoint["ports"][number],
): JsonObject {
  return { name, port, targetPort: targetPort ?? port, ...(portName === undefined ? {} : { portName }) };
}

function autoscalerRef({ workload, autoscaler }: RolloutSetting): JsonObject {
  const declared = workload.replicas.autoscaler;
  if (declared !== undefined) {
    const { kind, name } = declared;
    const apiVersion = kind === "ScaledObject" ? "keda.sh/v1alpha1" : "autoscaling/v2";
    return { autoscalerRef: { apiVersion, kind, name } };
  }
  if (autoscaler === undefined) return {};
  return {
    autoscalerRef: {
      apiVersion: asText(autoscaler["apiVersion"]),
      kind: asText(autoscaler["kind"]),
      name: workload.name,
    },
  };
}

/** Each step is watched as long as the steps before it are checked; failures in a row take the version back. */
function analysisOf({ strategy, steps }: Application["delivery"]): JsonObject {
  const weights = [...new Set(steps === undefined || steps.length === 0 ? usualSteps : steps)].sort(
    (left, right) => left - right,
  );
  const mode =
    strategy === "blueGreen"
      ? { iterations: blueGreenIterations }
      : { maxWeight: weights.at(-1) ?? 50, stepWeights: weights };
  return { interval: "5m", threshold: 2, ...mode };
}
