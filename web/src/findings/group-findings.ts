import type { AuditedRule } from "../../../src/operations/audit/audit-report.ts";
import { ruleId } from "../graph/filter.ts";
import { severities } from "../graph/measure-boxes.ts";
import type { FindingGrouping } from "../view-state/view-state.ts";
import type { FactedFinding } from "./finding-facts.ts";
import { countBySeverity, type SeverityCounts } from "./select-findings.ts";

/** Findings that are listed together. */
export interface FindingGroup {
  readonly key: string;
  readonly title: string;
  /** What the title stands for, a sentence or a few words. */
  readonly detail: string;
  readonly findings: readonly FactedFinding[];
  readonly counts: SeverityCounts;
}

/** Findings by what they are put together by; the group with the worst findings first, then the one with most of them. */
export function groupFindings(
  findings: readonly FactedFinding[],
  by: Exclude<FindingGrouping, "none">,
  rules: readonly AuditedRule[],
): readonly FindingGroup[] {
  const titles = new Map(rules.map(({ id, title }) => [id, title]));
  const groups = [...Map.groupBy(findings, (one) => groupKey(one, by))].map(([key, members]) => ({
    key,
    title: key,
    detail: by === "rule" ? (titles.get(key) ?? "") : detailOf(members, by),
    findings: members,
    counts: countBySeverity(members),
  }));
  return groups.toSorted(worstFirst);
}

function groupKey({ finding, facts }: FactedFinding, by: Exclude<FindingGrouping, "none">): string {
  switch (by) {
    case "rule":
      return ruleId(finding.rule);
    case "object":
      return objectOf(finding.subject);
    case "tenant":
      return facts.tenant.length === 0 ? "no tenant" : facts.tenant.join(", ");
  }
}

/** `shop/Deployment/web` wherever it is rendered to; what is of a cluster keeps its whole name. */
function objectOf(subject: string): string {
  const segments = subject.split("/");
  return segments.length > 4 ? segments.slice(2).join("/") : segments.slice(-2).join("/");
}

function detailOf(members: readonly FactedFinding[], by: "object" | "tenant"): string {
  if (by === "tenant") return "";
  const tenants = new Set(members.flatMap(({ facts }) => facts.tenant));
  return [...tenants].join(", ");
}

function worstFirst(left: FindingGroup, right: FindingGroup): number {
  for (const severity of severities) {
    const difference = right.counts[severity] - left.counts[severity];
    if (difference !== 0) return difference;
  }
  return left.key < right.key ? -1 : 1;
}
