import { allowedDisruptions } from "../../../estate/kubernetes/disruption-arithmetic.ts";
import { asObject } from "../../../estate/kubernetes/json-value.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { EstateContext } from "./estate-pods.ts";

/**
 * The cluster's PodDisruptionBudgets with the status that the disruption controller would give them while every pod is
 * healthy. One whose value cannot be read lets nothing go.
 */
export function estateBudgets(workloads: readonly Workload[], { estate, cluster }: EstateContext): readonly object[] {
  return estate.objects
    .filter((placed) => placed.cluster === cluster.name && placed.object.kind === "PodDisruptionBudget")
    .map(({ object, namespace, environment }) => {
      const guarded = workloads.filter(
        (workload) =>
          workload.environment === environment &&
          workload.namespace === namespace &&
          workload.disruptionBudgets.some(({ name }) => name === object.name),
      );
      const budget = guarded[0]?.disruptionBudgets.find(({ name }) => name === object.name);
      const pods = guarded.reduce((sum, { replicas }) => sum + replicas.minimum, 0);
      const disruptionsAllowed = budget === undefined ? 0 : (allowedDisruptions(budget, pods) ?? 0);
      const metadata = { ...asObject(object.value.metadata), ...(namespace === undefined ? {} : { namespace }) };
      return { kind: "PodDisruptionBudget", metadata, spec: object.value.spec, status: { disruptionsAllowed } };
    });
}
