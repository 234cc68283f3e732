import { asList } from "../../estate/kubernetes/json-value.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { FieldEdit } from "./manifest-fix.ts";
import { selectorLabels } from "./selector-labels.ts";

/** A new spread constraint of the pods over a topology, as a preference: it never keeps a pod from running. */
export function withSpread(workload: Workload, topologyKey: string): FieldEdit {
  const { podSpec, podSpecPath } = workload;
  const existing = podSpec.topologySpreadConstraints;
  const path = [...podSpecPath, "topologySpreadConstraints"];
  const constraint = {
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: selectorLabels(workload) },
  };
  const count = asList(existing).length;
  return count === 0 ? { path, value: [constraint] } : { path: [...path, count], value: constraint };
}
