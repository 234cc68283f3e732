import { asList, asObject, asText, valueAt } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { ServiceEndpoint, Workload } from "../../../estate/kubernetes/workload.ts";
import type { Application } from "../../../estate/model/application.ts";
import type { Cluster } from "../../../estate/model/cluster.ts";
import type { PlacedObject } from "../../../estate/model/estate.ts";

/** A rollout that Flagger steers, or why it cannot. */
export type CanaryReading =
  | { readonly kind: "canary"; readonly canary: JsonObject; readonly service: ServiceEndpoint }
  | { readonly kind: "refused"; readonly reason: string };

/** Steps of a canary whose application names none, in percent of the traffic. */
const usualSteps = [10, 25, 50];
/** Checks that the new version of a blue/green rollout has to pass before it gets the traffic. */
const blueGreenIterations = 5;

/**
 * A Canary for a Deployment behind one Service. Flagger makes that Service itself and points it at the version that serves,
 * so it must not be delivered any more: the agent and Flagger would undo each other's selector.
 */
export function flaggerCanary(
  workload: Workload,
  { delivery }: Application,
  cluster: Cluster,
  services: readonly ServiceEndpoint[],
  objects: readonly PlacedObject[],
): CanaryReading {
  const behind = services.filter((service) => service.workloads.includes(workload.id));
  const [service, another] = behind;
  if (service === undefined) return refused("no Service leads to it");
  if (another !== undefined) return refused(`the Services ${service.name} and ${another.name} both lead to it`);
  const [port, secondPort] = service.ports;
  if (port === undefined || secondPort !== undefined || service.headless || service.type !== "ClusterIP") {
    return refused(`Service ${service.name} is not a ClusterIP with one port`);
  }
  const ingress = ingressTo(service, objects);
  const provider = cluster.network.serviceMesh === "istio" ? "istio" : ingress === undefined ? undefined : "nginx";
  if (provider === undefined) return refused("nothing there can split its traffic: no mesh, and no Ingress of nginx");
  const canary = {
    apiVersion: "flagger.app/v1beta1",
    kind: "Canary",
    metadata: { name: workload.name, namespace: workload.namespace },
    spec: {
      provider,
      targetRef: { apiVersion: "apps/v1", kind: workload.kind, name: workload.name },
      progressDeadlineSeconds: 600,
      ...(provider === "nginx" && ingress !== undefined
        ? { ingressRef: { apiVersion: "networking.k8s.io/v1", kind: "Ingress", name: ingress } }
        : {}),
      ...autoscalerRef(workload),
      service: {
        name: service.name,
        port: port.port,
        targetPort: port.targetPort ?? port.port,
        ...(port.name === undefined ? {} : { portName: port.name }),
      },
      analysis: analysisOf(delivery),
    },
  };
  return { kind: "canary", canary, service };
}

function refused(reason: string): CanaryReading {
  return { kind: "refused", reason };
}

/** The Ingress of nginx that routes to a Service. */
function ingressTo(service: ServiceEndpoint, objects: readonly PlacedObject[]): string | undefined {
  const found = objects.find(({ object, namespace }) => {
    if (object.kind !== "Ingress" || namespace !== service.namespace) return false;
    const spec = asObject(object.value.spec);
    const className =
      asText(spec.ingressClassName) ??
      asText(valueAt(object.value, ["metadata", "annotations", "kubernetes.io/ingress.class"]));
    const paths = asList(spec.rules).flatMap((rule) => asList(valueAt(rule, ["http", "paths"])));
    const isRouted = paths.some((path) => valueAt(path, ["backend", "service", "name"]) === service.name);
    return isRouted && className?.includes("nginx") === true;
  });
  return found?.object.name;
}

function autoscalerRef({ replicas }: Workload): JsonObject {
  if (replicas.autoscaler === undefined) return {};
  const { kind, name } = replicas.autoscaler;
  const apiVersion = kind === "ScaledObject" ? "keda.sh/v1alpha1" : "autoscaling/v2";
  return { autoscalerRef: { apiVersion, kind, name } };
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
  return {
    interval: "5m",
    threshold: 2,
    ...mode,
    metrics: [{ name: "request-success-rate", interval: "1m", thresholdRange: { min: 99 } }],
  };
}
