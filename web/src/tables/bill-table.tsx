import { likelyValue } from "../../../src/estate/figures/figure.ts";
import { formatValue } from "../../../src/estate/figures/format-figure.ts";
import type { BillLine } from "../../../src/finops/cost-report.ts";
import { exactMoney } from "../figures/money.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import type { Column } from "./column.ts";
import { DataTable } from "./data-table.tsx";
import classes from "./tables.module.css";

/** Every line of the bill, dearest first, then what has no price. */
export function BillTable() {
  const { assessment, change, view } = useWorkbench();
  const { lines, unpriced, currency } = assessment.cost;
  const rows = lines.toSorted((a, b) => amountOf(b) - amountOf(a));
  return (
    <div className={classes.stack}>
      <DataTable
        caption="Lines of the bill"
        rows={rows}
        columns={columnsFor(currency)}
        rowKey={(row) => row.id}
        empty="Nothing is billed."
        onSelect={(row) => change({ why: row.monthlyCost.id })}
        isSelected={(row) => view.why === row.monthlyCost.id}
      />
      {unpriced.length === 0 ? null : (
        <section className={classes.unpriced}>
          <h3>Without a price: {unpriced.length}</h3>
          <ul>
            {unpriced.map((item) => (
              <li key={item.id}>
                <strong>{item.label}</strong>: {item.reason}. {item.hint}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function amountOf(line: BillLine): number {
  return likelyValue(line.monthlyCost) ?? 0;
}

function columnsFor(currency: string): readonly Column<BillLine>[] {
  return [
    { key: "label", title: "Line", cell: (row) => row.label, sortBy: (row) => row.label, grow: true },
    { key: "category", title: "Category", cell: (row) => row.category, sortBy: (row) => row.category, wideOnly: true },
    {
      key: "cluster",
      title: "Cluster",
      cell: (row) => row.cluster ?? "–",
      sortBy: (row) => row.cluster,
      wideOnly: true,
    },
    {
      key: "quantity",
      title: "Quantity",
      cell: (row) => `${formatValue(row.quantity, "")} ${row.unit}`,
      sortBy: (row) => row.quantity,
      numeric: true,
      wideOnly: true,
    },
    {
      key: "price",
      title: "Unit price",
      cell: (row) => formatValue(row.unitPrice, currency),
      sortBy: (row) => row.unitPrice,
      numeric: true,
      wideOnly: true,
    },
    {
      key: "hours",
      title: "Hours",
      cell: (row) => formatValue(row.hoursPerMonth, ""),
      sortBy: (row) => row.hoursPerMonth,
      numeric: true,
      wideOnly: true,
    },
    {
      key: "amount",
      title: "A month",
      cell: (row) => exactMoney(amountOf(row), currency),
      sortBy: amountOf,
      numeric: true,
    },
  ];
}
