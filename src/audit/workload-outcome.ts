import type { Container, Workload } from "../estate/kubernetes/workload.ts";
import type { Place } from "../estate/sources/place.ts";
import type { RuleOutcome } from "./rule.ts";

/** What a rule adds to the workload it speaks of. */
export type WorkloadVerdict = Pick<RuleOutcome, "verdict" | "message"> &
  Partial<Pick<RuleOutcome, "part" | "missing" | "fix" | "severity">> & {
    readonly container?: Container;
    /** Place of the deciding field; the workload's own when absent. */
    readonly place?: Place;
  };

/** An outcome about a workload or one of its containers. */
export function workloadOutcome(workload: Workload, { container, place, ...verdict }: WorkloadVerdict): RuleOutcome {
  return {
    ...verdict,
    subject: workload.id,
    subjectLabel: workload.label,
    environment: workload.environment,
    tenant: workload.tenant,
    namespace: workload.namespace,
    place: place ?? (container === undefined ? workload.place : workload.object.locate(container.path)),
    ...(container === undefined ? {} : { container: container.name }),
  };
}

/** A pass; nothing is said of it. */
export function passed(workload: Workload, container?: Container): RuleOutcome {
  return workloadOutcome(workload, { verdict: "pass", message: "", ...(container === undefined ? {} : { container }) });
}
