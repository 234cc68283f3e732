import { asStringMap, type StringMap, valueAt } from "../../estate/kubernetes/json-value.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";

/**
 * Labels by which a new object should select the pods: those of the workload's own selector, which never change. Pod labels
 * may hold a version, by which a rollout would leave some pods out.
 */
export function selectorLabels({ object, podLabels }: Workload): StringMap {
  const own = asStringMap(valueAt(object.value, ["spec", "selector", "matchLabels"]));
  const areCarried = Object.entries(own).every(([key, value]) => podLabels[key] === value);
  return areCarried && Object.keys(own).length > 0 ? own : podLabels;
}
