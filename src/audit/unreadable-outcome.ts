import { describeUnreadable } from "../estate/kubernetes/unreadable-fields.ts";
import type { Container, UnreadableField, Workload } from "../estate/kubernetes/workload.ts";
import type { RuleOutcome } from "./rule.ts";
import { workloadOutcome } from "./workload-outcome.ts";

/** What of a workload could not be read and concerns one of these; undefined when all of it is known. */
export function unreadableOf(
  { unreadable }: Workload,
  ...concerns: readonly UnreadableField["concerns"][]
): UnreadableField | undefined {
  return unreadable.find((field) => concerns.includes(field.concerns));
}

/** A value that could not be read decides the verdict, so there is none. */
export function notReadable(workload: Workload, field: UnreadableField, container?: Container): RuleOutcome {
  return workloadOutcome(workload, {
    verdict: "notEvaluable",
    missing: [field.reason === "unresolved-variable" ? field.reason : "unparsable-dependency"],
    place: field.place,
    message: `The verdict needs ${describeUnreadable(workload, field)}.`,
    ...(container === undefined ? {} : { container }),
  });
}
