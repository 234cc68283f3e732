import type { Workload } from "../estate/kubernetes/workload.ts";
import { workloadKindOf } from "../estate/kubernetes/workload-kinds.ts";
import type { AuditContext, Rule, RuleOutcome, RuleSubject } from "./rule.ts";
import { workloadOutcome } from "./workload-outcome.ts";

/**
 * Workloads whose pods cannot be seen (a custom resource, a template that is missing or no template): what a rule says of pods
 * is not evaluable for them, here for all rules alike. A rule that judged such a workload itself knows better.
 */
export function opaqueOutcomes(
  rule: Rule,
  outcomes: readonly RuleOutcome[],
  { estate }: AuditContext,
): readonly RuleOutcome[] {
  if (!rule.inputs.includes("manifests")) return [];
  const unseen = estate.workloads.filter((workload) => workload.opaque || workload.containers.length === 0);
  if (unseen.length === 0) return [];
  const subject = rule.judges ?? concludeSubject(outcomes, estate.workloads);
  if (subject === "objects") return [];
  const judged = new Set(outcomes.map((outcome) => outcome.subject));
  return unseen
    .filter((workload) => !judged.has(workload.id) && (subject === "pods" || workload.run === "serving"))
    .map(notVisible);
}

/** A rule that says nothing of itself speaks of pods if it judged a workload. */
function concludeSubject(outcomes: readonly RuleOutcome[], workloads: readonly Workload[]): RuleSubject {
  const ids = new Set(workloads.map(({ id }) => id));
  return outcomes.some(({ subject }) => ids.has(subject)) ? "pods" : "objects";
}

function notVisible(workload: Workload): RuleOutcome {
  const isCustom = workloadKindOf(workload.object) === undefined;
  return workloadOutcome(workload, {
    verdict: "notEvaluable",
    missing: [isCustom ? "unknown-kind" : "unparsable-dependency"],
    message: isCustom
      ? `The pods of ${workload.label} are made by an operator: what they are cannot be seen in ${workload.kind} ${workload.name}.`
      : `The pod template of ${workload.label} cannot be read, so nothing can be said of its pods.`,
  });
}
