import { formatFieldPath } from "../estate/kubernetes/field-path.ts";
import type { Container, Workload } from "../estate/kubernetes/workload.ts";
import type { Place } from "../estate/sources/place.ts";
import type { FieldPath } from "../estate/sources/yaml-document.ts";
import type { RuleOutcome } from "./rule.ts";

/** What a rule adds to the workload it speaks of. */
export type WorkloadVerdict = Pick<RuleOutcome, "verdict" | "message"> &
  Partial<
    Pick<
      RuleOutcome,
      "part" | "missing" | "fix" | "severity" | "control" | "monthlyCost" | "downtimeMinutesPerYear" | "mendedBy"
    >
  > & {
    readonly container?: Container;
    /** The field inside the workload's object that decides; the container's path when absent. */
    readonly field?: FieldPath;
    /** Its place, where it stands in another object; that of the field when absent. */
    readonly place?: Place;
  };

/** An outcome about a workload or one of its containers. */
export function workloadOutcome(
  workload: Workload,
  { container, place, field = place === undefined ? container?.path : undefined, ...verdict }: WorkloadVerdict,
): RuleOutcome {
  return {
    ...verdict,
    subject: workload.id,
    subjectLabel: workload.label,
    environment: workload.environment,
    tenant: workload.tenant,
    namespace: workload.namespace,
    place: place ?? (field === undefined ? workload.place : workload.object.locate(field)),
    ...(field === undefined || field.length === 0 ? {} : { path: formatFieldPath(field) }),
    ...(container === undefined ? {} : { container: container.name }),
  };
}

/** A pass; nothing is said of it, so its place is not looked up: that would parse positions of documents without findings. */
export function passed(workload: Workload, container?: Container): RuleOutcome {
  return workloadOutcome(workload, {
    verdict: "pass",
    message: "",
    place: workload.place,
    ...(container === undefined ? {} : { container }),
  });
}
