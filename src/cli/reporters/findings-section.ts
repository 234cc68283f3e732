import type { AuditReport, Finding, FindingSeverity } from "../../audit/finding.ts";
import { formatPlace } from "../../estate/sources/place.ts";
import { type Document, heading, paragraph, table } from "./document.ts";
import { counted } from "./words.ts";

const severityOrder: readonly FindingSeverity[] = ["critical", "high", "medium", "low", "info"];

/** Findings by rule, worst first, each with its first place; exempted ones are counted, not listed. */
export function findingsSection(findings: readonly Finding[], verdicts: AuditReport["verdicts"]): Document {
  const rules = Object.keys(verdicts).length;
  const open = findings.filter((finding) => finding.exemptedBy === undefined);
  if (open.length === 0) {
    return [heading(2, "Findings"), paragraph(`None of ${counted(rules, "rule")} that apply found anything.`)];
  }
  return [
    heading(2, "Findings"),
    ...table(
      [
        { title: "Severity" },
        { title: "Rule" },
        { title: "Count", align: "right" },
        { title: "First place" },
        { title: "First finding" },
      ],
      groupByRule(open).map(([first, count]) => [
        first.verdict === "notEvaluable" ? "not evaluable" : first.severity,
        `${first.rule} ${first.name}`,
        String(count),
        formatPlace(first.place),
        first.verdict === "notEvaluable" ? `${first.message} (${(first.missing ?? []).join(", ")})` : first.message,
      ]),
    ),
  ];
}

function groupByRule(findings: readonly Finding[]): [Finding, number][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.verdict} ${finding.rule} ${finding.severity}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()]
    .flatMap((group): [Finding, number][] => (group[0] === undefined ? [] : [[group[0], group.length]]))
    .sort(([left], [right]) => rank(left) - rank(right) || (left.rule < right.rule ? -1 : 1));
}

function rank(finding: Finding): number {
  return (finding.verdict === "fail" ? 0 : severityOrder.length) + severityOrder.indexOf(finding.severity);
}
