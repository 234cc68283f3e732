import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { Application } from "../../../estate/model/application.ts";
import type { Cluster } from "../../../estate/model/cluster.ts";
import type { Estate } from "../../../estate/model/estate.ts";

/** What splits the traffic between the versions, and counts the requests of each. */
export type TrafficSplit = { readonly by: "nginx"; readonly ingress: string } | { readonly by: "istio" };

/** Share of requests that has to succeed where no objective says more, in percent. */
const usualSuccess = 99;

/**
 * Share of requests to a new version that has to succeed, in percent: the strictest objective of the application's
 * journeys in the environment, so that no version stays that would break it once it has all the traffic.
 */
export function wantedSuccess({ journeys }: Estate, { name }: Application, environment: string): number {
  const own = journeys.filter((journey) => journey.application === name && journey.environment === environment);
  const shares = own.flatMap(({ objectiveUnavailability }) => objectiveUnavailability ?? []);
  return shares.length === 0 ? usualSuccess : Number((100 * (1 - Math.min(...shares))).toFixed(6));
}

/**
 * Address of a Prometheus that the operator runs on the cluster: it names the Service `prometheus-operated`, whatever the
 * release is called. Undefined where none runs; the managed one of Azure asks for a token, which neither controller brings.
 */
export function prometheusAddress({ components }: Cluster): string | undefined {
  const operator = components.find(({ name }) => name.includes("prometheus"));
  return operator === undefined ? undefined : `http://prometheus-operated.${operator.namespace}:9090`;
}

/** What stands for the new version in the queries of a controller. */
interface Selection {
  readonly namespace: string;
  readonly workload: string;
  readonly window: string;
}

/** PromQL of the share of requests to the new version that succeed, from 0 to 1. */
function successShare(split: TrafficSplit, { namespace, workload, window }: Selection): string {
  switch (split.by) {
    case "nginx":
      return ratio(
        "nginx_ingress_controller_requests",
        `namespace="${namespace}", ingress="${split.ingress}", canary!=""`,
        'status!~"5.*"',
        window,
      );
    case "istio":
      return ratio(
        "istio_requests_total",
        `reporter="destination", destination_workload_namespace="${namespace}", destination_workload="${workload}"`,
        'response_code!~"5.*"',
        window,
      );
  }
}

function ratio(metric: string, all: string, good: string, window: string): string {
  return `sum(rate(${metric}{${all}, ${good}}[${window}])) / sum(rate(${metric}{${all}}[${window}]))`;
}

/** MetricTemplate of Flagger; it gives percent. */
export function successMetric(name: string, namespace: string, split: TrafficSplit, address: string): JsonObject {
  const selection = { namespace: "{{ namespace }}", workload: "{{ target }}", window: "{{ interval }}" };
  return {
    apiVersion: "flagger.app/v1beta1",
    kind: "MetricTemplate",
    metadata: { name, namespace },
    spec: { provider: { type: "prometheus", address }, query: `100 * ${successShare(split, selection)}` },
  };
}

/**
 * AnalysisTemplate of Argo Rollouts: five looks at a step, one a minute, after the first minute. No request in a minute
 * says nothing of the version.
 */
export function successAnalysis(
  name: string,
  namespace: string,
  split: TrafficSplit,
  { address, success }: { readonly address: string; readonly success: number },
): JsonObject {
  const least = Number((success / 100).toFixed(8));
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "AnalysisTemplate",
    metadata: { name, namespace },
    spec: {
      metrics: [
        {
          name: "success-share",
          initialDelay: "1m",
          interval: "1m",
          count: 5,
          failureLimit: 1,
          successCondition: `len(result) == 0 || isNaN(result[0]) || result[0] >= ${least}`,
          provider: {
            prometheus: { address, query: successShare(split, { namespace, workload: name, window: "1m" }) },
          },
        },
      ],
    },
  };
}
