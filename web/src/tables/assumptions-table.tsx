import type { Assumption } from "../../../src/estate/assumptions/assumption.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import type { Column } from "./column.ts";
import { DataTable } from "./data-table.tsx";
import classes from "./tables.module.css";

/** Everything that was filled in, those that weigh most first, with the field that replaces each. */
export function AssumptionsTable() {
  const { assessment } = useWorkbench();
  const weight = (assumption: Assumption) => {
    const index = assessment.sharpen.findIndex((fact) => fact.assumption === assumption.id);
    return index < 0 ? assessment.sharpen.length : index;
  };
  return (
    <DataTable
      caption="Assumptions"
      rows={assessment.assumptions.toSorted((a, b) => weight(a) - weight(b))}
      columns={columns}
      rowKey={(row) => `${row.id} ${row.subject}`}
      empty="Nothing is assumed: everything is declared."
    />
  );
}

const columns: readonly Column<Assumption>[] = [
  {
    key: "id",
    title: "Assumption",
    cell: (row) => <code className={classes.rule}>{row.id}</code>,
    sortBy: (row) => row.id,
  },
  { key: "text", title: "What is assumed", cell: (row) => row.text, grow: true },
  { key: "subject", title: "For", cell: (row) => row.subject, sortBy: (row) => row.subject, wideOnly: true },
  { key: "value", title: "Value", cell: (row) => row.value, sortBy: (row) => row.value, wideOnly: true },
  {
    key: "replaceBy",
    title: "Say it in",
    cell: (row) => <code>{row.replaceBy}</code>,
    sortBy: (row) => row.replaceBy,
    wideOnly: true,
  },
];
