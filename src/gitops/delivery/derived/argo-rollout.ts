import { valueAt } from "../../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Application } from "../../../estate/model/application.ts";

/** A Rollout of Argo that takes a Deployment over, or why it cannot. */
export type RolloutReading =
  | { readonly kind: "rollout"; readonly rollout: JsonObject }
  | { readonly kind: "refused"; readonly reason: string };

const usualSteps = [10, 25, 50];

/**
 * A Rollout beside a Deployment, whose pods it takes over one by one. Without a router the share of a step is that of
 * the pods; each step waits five minutes.
 */
export function argoRollout(workload: Workload, { delivery }: Application): RolloutReading {
  if (workload.replicas.autoscaler !== undefined) {
    return { kind: "refused", reason: "its autoscaler scales the Deployment, which a Rollout keeps at zero" };
  }
  if (delivery.strategy !== "canary") return { kind: "refused", reason: "only canaries are written for Argo Rollouts" };
  const weights = delivery.steps === undefined || delivery.steps.length === 0 ? usualSteps : delivery.steps;
  const least = Math.min(...weights);
  if (workload.replicas.declared * least < 100) {
    return {
      kind: "refused",
      reason: `a step of ${least} % is less than one of its ${workload.replicas.declared} pods, and nothing routes its traffic`,
    };
  }
  return {
    kind: "rollout",
    rollout: {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Rollout",
      metadata: { name: workload.name, namespace: workload.namespace },
      spec: {
        replicas: workload.replicas.declared,
        selector: valueAt(workload.object.value, ["spec", "selector"]),
        workloadRef: { apiVersion: "apps/v1", kind: "Deployment", name: workload.name, scaleDown: "progressively" },
        strategy: {
          canary: {
            maxSurge: "25%",
            maxUnavailable: 0,
            steps: weights.flatMap((weight) => [{ setWeight: weight }, { pause: { duration: "5m" } }]),
          },
        },
      },
    },
  };
}
