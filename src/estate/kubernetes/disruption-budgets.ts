import type { PlacedObject } from "../model/estate.ts";
import { asObject } from "./json-value.ts";
import { entryOf } from "./map-entry.ts";
import type { ObjectIndex } from "./object-index.ts";
import type { PodGroup, PodIndex } from "./pod-index.ts";
import { readLabelSelector } from "./selector.ts";
import type { DisruptionBudget } from "./workload.ts";

/**
 * The PodDisruptionBudgets that select a workload's pods, by workload id, in the order given. No selector selects nothing;
 * an empty one selects every pod of the namespace in policy/v1 and nothing in policy/v1beta1.
 */
export function readDisruptionBudgets(
  index: ObjectIndex,
  pods: PodIndex<PodGroup>,
): ReadonlyMap<string, readonly DisruptionBudget[]> {
  const byWorkload = new Map<string, DisruptionBudget[]>();
  for (const placed of index.ofKind("PodDisruptionBudget.policy")) {
    const selector = readLabelSelector(asObject(placed.object.value.spec).selector);
    if (selector === undefined) continue;
    if (selector.requirements.length === 0 && placed.object.apiVersion === "policy/v1beta1") continue;
    const budget = readBudget(placed);
    for (const { id } of pods.select(placed, selector))
      entryOf(byWorkload, id, (): DisruptionBudget[] => []).push(budget);
  }
  return byWorkload;
}

function readBudget({ object }: PlacedObject): DisruptionBudget {
  const { minAvailable, maxUnavailable } = asObject(object.value.spec);
  return {
    name: object.name,
    ...(isAmount(minAvailable) ? { minAvailable } : {}),
    ...(isAmount(maxUnavailable) ? { maxUnavailable } : {}),
    place: object.locate([]),
  };
}

function isAmount(value: unknown): value is number | string {
  return typeof value === "string" || typeof value === "number";
}
