import { asObject } from "../../estate/kubernetes/json-value.ts";
import type { PodGroup, PodIndex } from "../../estate/kubernetes/pod-index.ts";
import { readLabelSelector } from "../../estate/kubernetes/selector.ts";
import type { PlacedObject } from "../../estate/model/estate.ts";

/** True for a NetworkPolicy that asks for labels which no pod carries; one over all pods waits for those to come. */
export function policySelectsNothing(placed: PlacedObject, pods: PodIndex<PodGroup>): boolean {
  const selector = readLabelSelector(asObject(placed.object.value.spec).podSelector ?? {});
  if (selector === undefined || selector.requirements.length === 0) return false;
  return pods.select(placed, selector).length === 0;
}
