import type { FindingSeverity } from "../../../src/audit/finding.ts";
import type { AuditFinding } from "../../../src/audit/report/group-findings.ts";
import { type FilterTerm, matchesFilter } from "../graph/filter.ts";
import { type FindingState, findingStates } from "../view-state/view-state.ts";
import type { FactedFinding } from "./finding-facts.ts";

/** Whether a finding belongs to what is listed. */
export function isInState({ verdict, status }: AuditFinding, state: FindingState): boolean {
  switch (state) {
    case "open":
      return verdict === "fail" && status === "open";
    case "notEvaluable":
      return verdict === "notEvaluable" && status === "open";
    case "silenced":
      return status !== "open";
    case "all":
      return true;
  }
}

/** Findings that meet the filter, worst first as they came. */
export function filterFindings(
  findings: readonly FactedFinding[],
  terms: readonly FilterTerm[],
): readonly FactedFinding[] {
  return findings.filter(({ facts, words }) => matchesFilter(terms, facts, words));
}

/** How many findings there are in each state. */
export function countByState(findings: readonly FactedFinding[]): { readonly [state in FindingState]: number } {
  const count = (state: FindingState) => findings.filter(({ finding }) => isInState(finding, state)).length;
  const [open, notEvaluable, silenced, all] = findingStates.map(count);
  return { open: open ?? 0, notEvaluable: notEvaluable ?? 0, silenced: silenced ?? 0, all: all ?? 0 };
}

export type SeverityCounts = { readonly [severity in FindingSeverity]: number };

export function countBySeverity(findings: readonly FactedFinding[]): SeverityCounts {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const { finding } of findings) counts[finding.severity] += 1;
  return counts;
}
