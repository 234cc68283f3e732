import type { Finding } from "../../../src/audit/finding.ts";
import { exemptionInWords } from "../../../src/audit/report/exemption-words.ts";
import { formatMinutes } from "../../../src/estate/figures/format-figure.ts";
import { exactMoney } from "../figures/money.ts";
import { severities } from "../graph/measure-boxes.ts";
import { selectionOfSubject } from "../graph/selection.ts";
import { PlaceLink } from "../places/place-link.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import type { Column } from "./column.ts";
import { DataTable } from "./data-table.tsx";
import { SeverityWord } from "./severity-word.tsx";
import classes from "./tables.module.css";

/** All findings, worst first; what could not be evaluated comes last, with what is missing. */
export function FindingsTable() {
  const { assessment, keeps, terms, boxes, change } = useWorkbench();
  const rows = assessment.findings
    .map((finding, index) => ({ ...finding, index }))
    .filter((finding) => terms.length === 0 || keeps(finding.subject))
    .toSorted((a, b) => rankOf(a) - rankOf(b));
  return (
    <DataTable
      caption="Findings"
      rows={rows}
      columns={columnsFor(assessment.cost.currency).filter((column) => isUsed(column, rows))}
      rowKey={(row) => String(row.index)}
      empty="No finding: every rule that applies is met, or nothing meets the filter."
      onSelect={(row) => change({ selection: selectionOfSubject(row.subject, boxes), why: undefined })}
    />
  );
}

/** Prices are left out where no finding has one. */
function isUsed(column: Column<Finding>, rows: readonly Finding[]): boolean {
  return column.numeric !== true || rows.some((row) => column.sortBy?.(row) !== undefined);
}

/** Open by severity, then not evaluable, then exempted. */
function rankOf(finding: Finding): number {
  const group = finding.exemptedBy !== undefined ? 2 : finding.verdict === "fail" ? 0 : 1;
  return group * severities.length + severities.indexOf(finding.severity);
}

function columnsFor(currency: string): readonly Column<Finding>[] {
  return [
    {
      key: "rule",
      title: "Rule",
      cell: (row) => <code className={classes.rule}>{row.rule}</code>,
      sortBy: (row) => row.rule,
    },
    { key: "severity", title: "Severity", cell: (row) => <State finding={row} />, sortBy: rankOf },
    { key: "message", title: "What", cell: (row) => <What finding={row} />, grow: true },
    { key: "subject", title: "On", cell: (row) => row.subjectLabel, sortBy: (row) => row.subjectLabel, wideOnly: true },
    {
      key: "cost",
      title: "A month",
      cell: (row) => (row.monthlyCost === undefined ? "–" : exactMoney(row.monthlyCost, currency)),
      sortBy: (row) => row.monthlyCost,
      numeric: true,
      wideOnly: true,
    },
    {
      key: "downtime",
      title: "Down a year",
      cell: (row) => (row.downtimeMinutesPerYear === undefined ? "–" : formatMinutes(row.downtimeMinutesPerYear)),
      sortBy: (row) => row.downtimeMinutesPerYear,
      numeric: true,
      wideOnly: true,
    },
  ];
}

function State({ finding }: { readonly finding: Finding }) {
  if (finding.exemptedBy !== undefined)
    return <span title={finding.exemptedBy.reason}>{exemptionInWords(finding.exemptedBy)}</span>;
  if (finding.verdict === "notEvaluable") return "not evaluable";
  return <SeverityWord severity={finding.severity} />;
}

function What({ finding }: { readonly finding: Finding }) {
  return (
    <>
      {finding.message} {finding.missing === undefined ? null : `Needs ${finding.missing.join(", ")}. `}
      <PlaceLink place={finding.place} />
    </>
  );
}
