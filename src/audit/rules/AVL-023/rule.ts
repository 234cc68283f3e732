import { asInteger, asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { readScalers, type Scaler, targetId } from "../../autoscaling/scalers.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { objectOutcome, passedObject } from "../../estate-lookup/object-outcome.ts";
import { holdsVariable } from "../../estate-lookup/unresolved.ts";
import { missingForAbsence } from "../../evidence.ts";
import { editFix } from "../../fixes/manifest-fix.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";

/** AVL-023: an autoscaler has a target, a floor that survives a failure, and bounds in order. */
export const autoscalerTarget: Rule = {
  id: "AVL-023",
  name: "autoscaler-target",
  title: "An autoscaler names a workload that is there, keeps two replicas at least, and has its bounds in order.",
  severity: { high: "high", medium: "medium", low: "low" },
  inputs: ["manifests"],
  peers: [
    { tool: "kube-linter", check: "dangling-horizontalpodautoscaler", part: "1" },
    { tool: "kube-linter", check: "hpa-minimum-three-replicas", part: "2" },
    { tool: "kube-score", check: "horizontalpodautoscaler-has-target", part: "1" },
    { tool: "polaris", check: "hpaMinAvailability", part: "2" },
    { tool: "polaris", check: "hpaMaxAvailability", part: "3" },
  ],
  judges: "objects",
  *evaluate({ estate }) {
    const missing = missingForAbsence(estate);
    for (const scaler of readScalers(estate)) yield* judge(estate, scaler, missing);
  },
};

function* judge(estate: Estate, scaler: Scaler, missing: readonly string[]): Iterable<RuleOutcome> {
  const outcomes = [judgeTarget(estate, scaler, missing), ...judgeBounds(estate, scaler)].filter(
    (outcome) => outcome !== undefined,
  );
  if (outcomes.length === 0) yield passedObject(estate, scaler.placed);
  else yield* outcomes;
}

function judgeTarget(estate: Estate, scaler: Scaler, missing: readonly string[]): RuleOutcome | undefined {
  const { placed, target } = scaler;
  const field = ["spec", "scaleTargetRef"];
  const name = `${placed.object.kind} ${placed.object.name}`;
  if (target === undefined) {
    return objectOutcome(estate, placed, {
      verdict: "fail",
      part: "1",
      field,
      message: `${name} names no kind and name to scale, so it scales nothing.`,
      fix: { description: "State apiVersion, kind and name of the workload." },
    });
  }
  const kind = target.group === "" ? target.kind : `${target.kind}.${target.group}`;
  if (lookupOf(estate).objects.find(placed, kind, target.name) !== undefined) return undefined;
  const written = `${target.group === "" ? "(no apiVersion) " : ""}${target.kind}/${target.name}`;
  const reasons = holdsVariable(target.name) ? ["unresolved-variable"] : missing;
  if (reasons.length > 0) {
    return objectOutcome(estate, placed, {
      verdict: "notEvaluable",
      part: "1",
      field,
      missing: reasons,
      message: `${name} scales ${written}, which was not seen, but the input does not prove that it is not there.`,
    });
  }
  return objectOutcome(estate, placed, {
    verdict: "fail",
    part: "1",
    field,
    message: `${name} scales ${written}, which namespace ${placed.namespace ?? ""} does not have: the workload keeps its declared replicas whatever the load.`,
    fix: { description: "Name the workload with its apiVersion, kind and name, in the autoscaler's own namespace." },
  });
}

function judgeBounds(estate: Estate, scaler: Scaler): readonly (RuleOutcome | undefined)[] {
  const { placed, floorField, ceilingField, standardFloor, standardCeiling } = scaler;
  const spec = asObject(placed.object.value.spec);
  const name = `${placed.object.kind} ${placed.object.name}`;
  const floor = spec[floorField] === undefined ? standardFloor : asInteger(spec[floorField]);
  const ceiling = spec[ceilingField] === undefined ? (standardCeiling ?? floor) : asInteger(spec[ceilingField]);
  if (floor === undefined || ceiling === undefined) {
    const field = ["spec", floor === undefined ? floorField : ceilingField];
    return [
      objectOutcome(estate, placed, {
        verdict: "notEvaluable",
        part: floor === undefined ? "2" : "3",
        field,
        missing: ["unresolved-variable"],
        message: `${asText(field[1]) ?? ""} of ${name} is no whole number.`,
      }),
    ];
  }
  return [lowFloor(estate, scaler, floor, ceiling), unorderedBounds(estate, scaler, floor, ceiling)];
}

function lowFloor(estate: Estate, scaler: Scaler, floor: number, ceiling: number) {
  if (floor >= 2) return undefined;
  const { placed, floorField, ceilingField } = scaler;
  const path = ["spec", floorField];
  const { kind, name } = placed.object;
  return objectOutcome(estate, placed, {
    verdict: "fail",
    part: "2",
    // One cause weighs once: AVL-001 judges the replicas of the workload that is scaled.
    ...(lookupOf(estate).workloads.has(targetId(scaler)) ? { severity: "low" as const } : {}),
    field: path,
    message: `${kind} ${name} may scale down to ${floor} ${floor === 1 ? "replica" : "replicas"}: when load is low, ${floor === 0 ? "the first request waits for a start" : "one lost node stops the workload"}.`,
    fix: editFix("Keep two replicas at least.", placed, [
      { path, value: 2 },
      ...(ceiling < 2 ? [{ path: ["spec", ceilingField], value: 2 }] : []),
    ]),
  });
}

function unorderedBounds(estate: Estate, { placed, ceilingField }: Scaler, floor: number, ceiling: number) {
  if (ceiling > floor) return undefined;
  const { kind, name } = placed.object;
  const equal = ceiling === floor;
  return objectOutcome(estate, placed, {
    verdict: "fail",
    part: "3",
    ...(equal ? { severity: "info" as const } : {}),
    field: ["spec", ceilingField],
    message: equal
      ? `${kind} ${name} has one bound, ${floor}, for floor and ceiling: it never scales.`
      : `${kind} ${name} has a floor of ${floor} above its ceiling of ${ceiling}: the API server refuses it.`,
    fix: {
      description: equal
        ? "Raise the ceiling, or state the replicas in the workload."
        : "Put the ceiling above the floor.",
    },
  });
}
