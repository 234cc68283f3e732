import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import type { WhatIfChange } from "../what-if-change.ts";
import type { ChangedEstate } from "./changed-estate.ts";

/** So many replicas of a workload; what an autoscaler may add stays as it is. */
export function setReplicas(
  estate: Estate,
  { workload: id, replicas }: Extract<WhatIfChange, { kind: "replicas" }>,
): ChangedEstate {
  const workload = estate.workloads.find((each) => each.id === id);
  if (workload === undefined) return { refused: `there is no workload ${id}` };
  if (workload.run !== "serving") return { refused: `${workload.label} has no replicas of its own` };
  const changed = withReplicas(workload, replicas);
  return {
    estate: { ...estate, workloads: estate.workloads.map((each) => (each.id === id ? changed : each)) },
    ...(workload.claims.length === 0 ? {} : { caveats: ["what keeps data must be able to run so many replicas"] }),
  };
}

export function withReplicas(workload: Workload, count: number): Workload {
  const { replicas } = workload;
  const scales = replicas.autoscaler !== undefined;
  return {
    ...workload,
    replicas: {
      ...replicas,
      minimum: count,
      declared: scales ? replicas.declared : count,
      maximum: scales ? Math.max(replicas.maximum, count) : count,
    },
  };
}
