import type { Diagnostic, DiagnosticSeverity } from "../../../src/estate/diagnostics/diagnostic.ts";
import { PlaceLink } from "../places/place-link.tsx";
import { Badge } from "../symbols/badge.tsx";
import { useWorkbench } from "../workbench/workbench.ts";
import type { Column } from "./column.ts";
import { DataTable } from "./data-table.tsx";
import classes from "./tables.module.css";

const order: readonly DiagnosticSeverity[] = ["error", "warning", "note"];

/** What went wrong while reading, errors first, with what it leaves not evaluable. */
export function ProblemsTable() {
  const { assessment } = useWorkbench();
  const rows = assessment.diagnostics
    .map((diagnostic, index) => ({ ...diagnostic, index }))
    .toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  return (
    <DataTable
      caption="Problems of the input"
      rows={rows}
      columns={columns}
      rowKey={(row) => String(row.index)}
      empty="Everything could be read."
    />
  );
}

const columns: readonly Column<Diagnostic>[] = [
  {
    key: "code",
    title: "Code",
    cell: (row) => <code className={classes.rule}>{row.code}</code>,
    sortBy: (row) => row.code,
  },
  {
    key: "severity",
    title: "Severity",
    cell: (row) => <SeverityBadge severity={row.severity} />,
    sortBy: (row) => order.indexOf(row.severity),
  },
  { key: "message", title: "What", cell: (row) => <Message diagnostic={row} />, grow: true },
  {
    key: "place",
    title: "Where",
    cell: (row) => (row.place === undefined ? "–" : <PlaceLink place={row.place} />),
    wideOnly: true,
  },
];

function SeverityBadge({ severity }: { readonly severity: DiagnosticSeverity }) {
  const tone = severity === "error" ? "bad" : severity === "warning" ? "warn" : "plain";
  const symbol = severity === "error" ? "cross" : severity === "warning" ? "alert" : "ring";
  return <Badge badge={{ symbol, text: severity, tone, title: severity }} />;
}

function Message({ diagnostic }: { readonly diagnostic: Diagnostic }) {
  return (
    <>
      {diagnostic.message}
      {diagnostic.hint === undefined ? null : <div className={classes.hint}>{diagnostic.hint}</div>}
      {diagnostic.affects === undefined || diagnostic.affects.length === 0 ? null : (
        <div className={classes.hint}>Not evaluable because of it: {diagnostic.affects.join(", ")}</div>
      )}
    </>
  );
}
