import { equalValues } from "../../estate/kubernetes/equal-values.ts";
import { asObject, isJsonObject, valueAt } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import type { FieldChange } from "./document-change.ts";

const requiredTerms = "requiredDuringSchedulingIgnoredDuringExecution";

/**
 * The changes of a workload's object that bring its pods to their planned pool, and to none of today's: node selector,
 * tolerations, required node affinity and runtime class. Paths are those of the object.
 */
export function placementChanges(workload: Workload, planned: Workload): readonly FieldChange[] {
  const { podSpec, podSpecPath } = workload;
  return [
    ...selectorChanges(asObject(podSpec["nodeSelector"]), planned.nodeSelector, [...podSpecPath, "nodeSelector"]),
    ...listChange(podSpec["tolerations"], planned.tolerations, [...podSpecPath, "tolerations"]),
    ...affinityChanges(asObject(podSpec["affinity"]), asObject(planned.podSpec["affinity"]), [
      ...podSpecPath,
      "affinity",
    ]),
    ...(planned.runtimeClassName === undefined || planned.runtimeClassName === workload.runtimeClassName
      ? []
      : [{ path: [...podSpecPath, "runtimeClassName"], value: planned.runtimeClassName }]),
  ];
}

/**
 * Of these changes those that only take away: what ties pods to a pool of today and has no place in the plan. Where
 * environments that share a text are to have different pools, this is what they agree on.
 */
export function unpinningChanges(workload: Workload, planned: Workload): readonly FieldChange[] {
  const nodeSelector = Object.fromEntries(
    Object.entries(workload.nodeSelector).filter(([key, value]) => planned.nodeSelector[key] === value),
  );
  const tolerations = workload.tolerations.filter((stated) =>
    planned.tolerations.some((each) => equalValues(each, stated)),
  );
  const { runtimeClassName: _, ...others } = planned;
  return placementChanges(workload, { ...others, runtimeClassName: undefined, nodeSelector, tolerations });
}

/** Label by label where some stay, so that a patch says no more than it must. */
function selectorChanges(before: JsonObject, after: JsonObject, path: FieldPath): readonly FieldChange[] {
  if (equalValues(before, after)) return [];
  const kept = Object.keys(before).filter((key) => Object.hasOwn(after, key));
  if (Object.keys(after).length === 0) return [{ path, value: undefined }];
  if (kept.length === 0) return [{ path, value: after }];
  return [
    ...Object.entries(after).flatMap(([key, value]) =>
      before[key] === value ? [] : [{ path: [...path, key], value }],
    ),
    ...Object.keys(before).flatMap((key) =>
      Object.hasOwn(after, key) ? [] : [{ path: [...path, key], value: undefined }],
    ),
  ];
}

function listChange(before: unknown, after: readonly JsonObject[], path: FieldPath): readonly FieldChange[] {
  const stated = Array.isArray(before) ? before : [];
  if (equalValues(stated, after)) return [];
  return [{ path, value: after.length === 0 ? undefined : after }];
}

/** Only what is required keeps pods from a pool; mappings that it leaves empty go with it. */
function affinityChanges(before: JsonObject, after: JsonObject, path: FieldPath): readonly FieldChange[] {
  const steps: FieldPath = ["nodeAffinity", requiredTerms];
  const stated = valueAt(before, steps);
  const wanted = valueAt(after, steps);
  if (stated === undefined || equalValues(stated, wanted)) return [];
  if (wanted !== undefined) return [{ path: [...path, ...steps], value: wanted }];
  const nodeAffinity = before["nodeAffinity"];
  if (!isJsonObject(nodeAffinity) || Object.keys(nodeAffinity).length > 1) {
    return [{ path: [...path, ...steps], value: undefined }];
  }
  return [{ path: Object.keys(before).length > 1 ? [...path, "nodeAffinity"] : path, value: undefined }];
}
