import type { Workload } from "../estate/kubernetes/workload.ts";
import { workloadKindOf } from "../estate/kubernetes/workload-kinds.ts";
import { lookupOf } from "./estate-lookup/estate-lookup.ts";
import type { AuditContext, Rule, RuleOutcome, RuleSubject } from "./rule.ts";
import { workloadOutcome } from "./workload-outcome.ts";

/** Follows what a rule says, to add in the end what it could not. */
export interface OpaqueWatch {
  readonly note: (outcome: RuleOutcome) => void;
  readonly outcomes: () => readonly RuleOutcome[];
}

const nothingUnseen: OpaqueWatch = { note: () => undefined, outcomes: () => [] };

/**
 * Workloads whose pods cannot be seen (a custom resource, a template that is missing or no template): what a rule says of pods
 * is not evaluable for them, here for all rules alike. A rule that judged such a workload itself knows better.
 */
export function watchOpaque(rule: Rule, { estate }: AuditContext): OpaqueWatch {
  if (!rule.inputs.includes("manifests")) return nothingUnseen;
  const unseen = estate.workloads.filter((workload) => workload.opaque || workload.containers.length === 0);
  if (unseen.length === 0) return nothingUnseen;
  const { workloads } = lookupOf(estate);
  const judged = new Set<string>();
  return {
    note: ({ subject }) => {
      if (workloads.has(subject)) judged.add(subject);
    },
    outcomes: () => {
      // A rule that says nothing of itself speaks of pods if it judged a workload.
      const subject: RuleSubject = rule.judges ?? (judged.size > 0 ? "pods" : "objects");
      if (subject === "objects") return [];
      return unseen
        .filter((workload) => !judged.has(workload.id) && (subject === "pods" || workload.run === "serving"))
        .map(notVisible);
    },
  };
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
