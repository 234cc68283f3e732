import { formatValue } from "../../../../src/estate/figures/format-figure.ts";
import type { Bill } from "../../../../src/operations/cost/cost-bill.ts";
import { plural } from "../../graph/plural.ts";
import type { Column } from "../../tables/column.ts";
import { DataTable } from "../../tables/data-table.tsx";
import { useWorkbench } from "../../workbench/workbench.ts";
import { BigNumber, BigNumbers } from "../big-numbers.tsx";
import { BillAnswer } from "../bill-answer.tsx";
import { periodMoney } from "../bill-money.ts";
import classes from "../bill-view.module.css";
import { Controls, PeriodChoice } from "../controls.tsx";
import { FigureButton } from "../figure-button.tsx";
import { Grounds, Unpriced } from "../grounds.tsx";

type Line = Bill["sections"][number]["lines"][number];

/** The bill line by line. */
export function InvoiceView() {
  return (
    <BillAnswer part="invoice" what="Pricing the estate">
      {(bill) => <Invoice bill={bill} />}
    </BillAnswer>
  );
}

function Invoice({ bill }: { readonly bill: Bill }) {
  const { view, change } = useWorkbench();
  const money = periodMoney(bill.currency, bill.period);
  const { negotiated, spot, commitments } = bill.discounts;
  return (
    <>
      <Controls>
        <PeriodChoice />
      </Controls>
      <Unpriced items={bill.unpriced} what="and the total is without it" />
      <BigNumbers>
        <BigNumber
          label={bill.partial ? "To pay, without what has no price" : "To pay"}
          value={<FigureButton figure={bill.total} format={money} />}
        />
        <BigNumber label="At list prices" value={money(bill.listTotal)} />
        <BigNumber label="Negotiated" value={less(negotiated, money)} />
        <BigNumber label="Spot" value={less(spot, money)} />
        <BigNumber label="Commitments" value={less(commitments, money)} />
      </BigNumbers>
      {bill.sections.length === 0 ? <p className={classes.words}>Nothing is billed.</p> : null}
      {bill.sections.map((section) => (
        <section key={section.title} aria-label={section.title}>
          <h3 className={classes.subtitle}>{section.title}</h3>
          <DataTable
            caption={`Lines: ${section.title}`}
            rows={section.lines.toSorted((left, right) => right.amount - left.amount)}
            columns={columnsFor(money)}
            rowKey={({ id }) => id}
            empty="No line."
            onSelect={({ figure }) => change({ why: figure.id })}
            isSelected={({ figure }) => view.why === figure.id}
          />
          <p className={classes.sum}>
            <span>{plural(section.lines.length, "line")}</span>
            <b>{money(section.subtotal)}</b>
          </p>
        </section>
      ))}
      <CommitmentUse bill={bill} money={money} />
      <Grounds assumptions={bill.assumptions} note={pricesWords(bill)} />
    </>
  );
}

function less(amount: number, money: (amount: number) => string): string {
  return amount === 0 ? "none" : `−${money(amount)}`;
}

function pricesWords({ pricesAsOf, exchangeRate, currency }: Bill): string {
  const rate =
    exchangeRate === undefined ? "" : ` One USD is ${exchangeRate.perUsd} ${currency} (${exchangeRate.asOf}).`;
  return `Prices of ${pricesAsOf}.${rate}`;
}

const purchaseWords: { readonly [purchase in Line["purchase"]]: string } = {
  payAsYouGo: "pay as you go",
  spot: "spot",
  reservation: "reservation",
  savingsPlan: "savings plan",
  declared: "declared",
};

function columnsFor(money: (amount: number) => string): readonly Column<Line>[] {
  return [
    { key: "label", title: "Line", cell: (line) => line.label, sortBy: (line) => line.label, grow: true },
    {
      key: "purchase",
      title: "Paid as",
      cell: (line) => purchaseWords[line.purchase],
      sortBy: (line) => line.purchase,
      wideOnly: true,
    },
    {
      key: "quantity",
      title: "Quantity",
      cell: (line) => `${formatValue(line.quantity, "")} ${line.unit}`,
      sortBy: (line) => line.quantity,
      numeric: true,
      wideOnly: true,
    },
    {
      key: "list",
      title: "List price",
      cell: (line) => (line.listAmount === undefined ? "–" : money(line.listAmount)),
      sortBy: (line) => line.listAmount,
      numeric: true,
      wideOnly: true,
    },
    {
      key: "amount",
      title: "Amount",
      cell: (line) => money(line.amount),
      sortBy: (line) => line.amount,
      numeric: true,
    },
  ];
}

function CommitmentUse({ bill, money }: { readonly bill: Bill; readonly money: (amount: number) => string }) {
  if (bill.commitments.length === 0) return null;
  const columns: readonly Column<Bill["commitments"][number]>[] = [
    { key: "label", title: "Commitment", cell: (row) => row.label, sortBy: (row) => row.label, grow: true },
    {
      key: "use",
      title: "Used",
      cell: (row) => `${Math.round(100 * row.utilisation)}%`,
      sortBy: (row) => row.utilisation,
      numeric: true,
    },
    { key: "unused", title: "Unused", cell: (row) => money(row.unused), sortBy: (row) => row.unused, numeric: true },
    {
      key: "saved",
      title: "Saves",
      cell: (row) => money(row.saved),
      sortBy: (row) => row.saved,
      numeric: true,
      wideOnly: true,
    },
  ];
  return (
    <section aria-label="Commitments in the bill">
      <h3 className={classes.subtitle}>Commitments in the bill</h3>
      <DataTable
        caption="Use of the commitments"
        rows={bill.commitments}
        columns={columns}
        rowKey={({ id }) => id}
        empty="None."
      />
    </section>
  );
}
