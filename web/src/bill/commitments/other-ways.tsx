import type { CostCommitments } from "../../../../src/operations/cost/cost-commit-report.ts";
import { exactMoney, wholeMoney } from "../../figures/money.ts";
import type { Column } from "../../tables/column.ts";
import { DataTable } from "../../tables/data-table.tsx";
import { signedMoney } from "../bill-money.ts";
import classes from "../bill-view.module.css";

type Way = CostCommitments["ways"][number];
type BreakEven = CostCommitments["breakEvens"][number];
type Fall = CostCommitments["risk"]["falls"][number];

/** The same hours paid otherwise, what a fall of demand does, and break-even hours beside the rule of thumb. */
export function OtherWays({ report }: { readonly report: CostCommitments }) {
  const { currency, ways, breakEvens, ruleOfThumbHoursPerDay, risk } = report;
  return (
    <>
      <h3 className={classes.subtitle}>The same hours paid in other ways</h3>
      <DataTable
        caption="The same hours paid in other ways"
        rows={ways.toSorted((left, right) => left.monthly - right.monthly)}
        columns={wayColumns(currency)}
        rowKey={({ way, termYears }) => `${way}/${termYears ?? ""}`}
        empty="Nothing to compare."
      />
      <h3 className={classes.subtitle}>If demand falls</h3>
      <DataTable
        caption="The bill of the nodes if demand falls"
        rows={risk.falls}
        columns={fallColumns(currency)}
        rowKey={({ fallPercent }) => String(fallPercent)}
        empty="No fall was played."
      />
      <h3 className={classes.subtitle}>From how many hours a day on it pays</h3>
      <p className={classes.words}>
        The rule of thumb says {ruleOfThumbHoursPerDay} hours a day; these are the prices of the sizes that run here.
      </p>
      <DataTable
        caption="Break-even hours a day"
        rows={breakEvens}
        columns={breakEvenColumns}
        rowKey={({ region, vmSize, kind, termYears }) => `${region}/${vmSize}/${kind}/${termYears}`}
        empty="No size that runs has the price of a commitment."
      />
    </>
  );
}

function wayColumns(currency: string): readonly Column<Way>[] {
  return [
    { key: "label", title: "Way", cell: (row) => row.label, sortBy: (row) => row.label, grow: true },
    {
      key: "monthly",
      title: "A month",
      cell: (row) => exactMoney(row.monthly, currency),
      sortBy: (row) => row.monthly,
      numeric: true,
    },
    {
      key: "difference",
      title: "Against now",
      cell: (row) => signedMoney(row.difference, currency),
      sortBy: (row) => row.difference,
      numeric: true,
    },
    {
      key: "unused",
      title: "Unused",
      cell: (row) => exactMoney(row.unused, currency),
      sortBy: (row) => row.unused,
      numeric: true,
      wideOnly: true,
    },
    {
      key: "coverage",
      title: "Covered",
      cell: (row) => `${Math.round(100 * row.coverage)}%`,
      sortBy: (row) => row.coverage,
      numeric: true,
      wideOnly: true,
    },
  ];
}

function fallColumns(currency: string): readonly Column<Fall>[] {
  const money = (key: "withPurchases" | "without" | "unused", title: string, wideOnly: boolean): Column<Fall> => ({
    key,
    title,
    cell: (row) => wholeMoney(row[key], currency),
    sortBy: (row) => row[key],
    numeric: true,
    wideOnly,
  });
  return [
    { key: "fall", title: "Fall", cell: (row) => `${row.fallPercent}%`, sortBy: (row) => row.fallPercent, grow: true },
    money("withPurchases", "With purchases", false),
    money("without", "Without", false),
    money("unused", "Paid for nothing", true),
  ];
}

const breakEvenColumns: readonly Column<BreakEven>[] = [
  {
    key: "size",
    title: "Size",
    cell: (row) => row.vmSize.replace("Standard_", ""),
    sortBy: (row) => row.vmSize,
    grow: true,
  },
  { key: "region", title: "Region", cell: (row) => row.region, sortBy: (row) => row.region, wideOnly: true },
  {
    key: "kind",
    title: "Commitment",
    cell: (row) => `${row.kind === "reservation" ? "reservation" : "savings plan"}, ${row.termYears} y`,
    sortBy: (row) => `${row.kind}/${row.termYears}`,
  },
  {
    key: "hours",
    title: "Hours a day",
    cell: (row) => row.hoursPerDay.toFixed(1),
    sortBy: (row) => row.hoursPerDay,
    numeric: true,
  },
  {
    key: "verified",
    title: "Price",
    cell: (row) => (row.verified ? "verified" : <span title={row.note}>not verified</span>),
    sortBy: (row) => Number(row.verified),
    wideOnly: true,
  },
];
