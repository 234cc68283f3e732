import { asInteger, asList, asObject, asText, type StringMap } from "../../../estate/kubernetes/json-value.ts";
import type { LabelSelector } from "../../../estate/kubernetes/selector.ts";
import type { SchedulerVersion } from "../scheduler-version.ts";
import { labelKeyRequirements, readSelector, withRequirements } from "./affinity-term.ts";
import type { ReadingProblem } from "./reading-problem.ts";

/** A topology spread constraint with its defaults filled in and `matchLabelKeys` merged into the selector. */
export interface SpreadConstraint {
  readonly topologyKey: string;
  readonly maxSkew: number;
  readonly whenUnsatisfiable: "DoNotSchedule" | "ScheduleAnyway";
  /** Undefined matches no pod. */
  readonly selector: LabelSelector | undefined;
  readonly minDomains: number;
  /** Nodes that the pod's node selector and required affinity refuse are left out of the count. */
  readonly honorsNodeAffinity: boolean;
  /** Nodes with untolerated taints are left out of the count. */
  readonly honorsNodeTaints: boolean;
}

/** Reads `topologySpreadConstraints` of a pod spec. */
export function readSpreadConstraints(
  value: unknown,
  labels: StringMap,
  version: SchedulerVersion,
  problems: ReadingProblem[],
): readonly SpreadConstraint[] {
  return asList(value).map((entry, index) => {
    const path = ["spec", "topologySpreadConstraints", index];
    const constraint = asObject(entry);
    const { whenUnsatisfiable } = constraint;
    const topologyKey = asText(constraint.topologyKey);
    const maxSkew = asInteger(constraint.maxSkew) ?? 0;
    if (topologyKey === undefined) problems.push({ path: [...path, "topologyKey"], text: "is missing" });
    if (maxSkew < 1) problems.push({ path: [...path, "maxSkew"], text: "is not a whole number above 0" });
    if (whenUnsatisfiable !== "DoNotSchedule" && whenUnsatisfiable !== "ScheduleAnyway")
      problems.push({ path: [...path, "whenUnsatisfiable"], text: "is neither DoNotSchedule nor ScheduleAnyway" });
    const selector = readSelector(constraint.labelSelector, [...path, "labelSelector"], problems);
    const added = version.readsMatchLabelKeys ? labelKeyRequirements(constraint.matchLabelKeys, labels, "In") : [];
    return {
      topologyKey: topologyKey ?? "",
      maxSkew,
      whenUnsatisfiable: whenUnsatisfiable === "ScheduleAnyway" ? "ScheduleAnyway" : "DoNotSchedule",
      selector: selector === undefined ? undefined : withRequirements(selector, added),
      minDomains: version.readsMinDomains ? (asInteger(constraint.minDomains) ?? 1) : 1,
      honorsNodeAffinity: constraint.nodeAffinityPolicy !== "Ignore",
      honorsNodeTaints: constraint.nodeTaintsPolicy === "Honor",
    };
  });
}
