import { formatMoney } from "../../estate/figures/format-figure.ts";
import type { CostReconciliation } from "../../operations/cost/cost-reconcile.ts";
import { type Document, heading, paragraph, table } from "./document.ts";
import { counted } from "./words.ts";

type Item = CostReconciliation["items"][number];

const right = (title: string) => ({ title, align: "right" }) as const;

/** Why the bill is not the declared one: reasons first, then the items, then what only one side has. */
export function reconciliationDocument(report: CostReconciliation): Document {
  const { estate, against, totals, byReason, items, currency } = report;
  const money = (amount: number) => formatMoney(amount, currency).replace(`${currency} `, "");
  const signed = (amount: number) => (amount > 0 ? `+${money(amount)}` : money(amount));
  const both = items.filter(({ match }) => match === "both");
  return [
    heading(1, `${estate} declared and billed`),
    paragraph(againstText(report)),
    ...table(
      [{ title: "" }, right("Declared"), right("Billed"), right("Difference")],
      [
        sideRow("On both sides", totals.matchedDeclared, totals.matchedBilled),
        sideRow("Only declared", totals.onlyDeclared, 0),
        sideRow("Only billed", 0, totals.onlyBilled),
        sideRow(`All, ${currency}`, totals.declared, totals.billed),
      ],
    ),
    ...(byReason.length === 0 ? [paragraph("Both sides agree to the cent.")] : [heading(2, "Why they differ")]),
    ...table(
      [{ title: "Reason" }, right(currency)],
      byReason.length === 0
        ? []
        : [...byReason.map(({ what, amount }) => [what, signed(amount)]), ["Difference", signed(totals.difference)]],
    ),
    ...(both.length === 0 ? [] : [heading(2, "Item by item")]),
    ...itemTable(both),
    ...oneSided("Billed, not declared", items, "onlyBilled"),
    ...oneSided("Declared, not billed", items, "onlyDeclared"),
    ...(against.from === undefined ? [] : [paragraph("Differences are billed less declared.")]),
  ];

  function sideRow(title: string, declared: number, billed: number): readonly string[] {
    return [title, money(declared), money(billed), signed(Math.round((billed - declared) * 100) / 100)];
  }

  function itemTable(own: readonly Item[]): Document {
    return table(
      [{ title: "Item" }, right("Declared"), right("Billed"), right("Differ"), { title: "Why" }],
      own
        .toSorted(byDifference)
        .map((item) => [
          item.label,
          money(item.declared),
          money(item.billed),
          item.difference === 0 ? "" : signed(item.difference),
          item.reasons.map(({ amount, text }) => `${signed(amount)} ${text}`).join("; "),
        ]),
    );
  }

  function oneSided(title: string, all: readonly Item[], match: Item["match"]): Document {
    const own = all.filter((item) => item.match === match && item.difference !== 0).toSorted(byDifference);
    if (own.length === 0) return [];
    const isBilled = match === "onlyBilled";
    return [
      heading(2, title),
      ...table(
        [{ title: "Item" }, right(currency), ...(isBilled ? [{ title: "What it is" }] : [])],
        own.map((item) => [
          item.label,
          money(isBilled ? item.billed : item.declared),
          ...(isBilled ? [item.reasons.map(({ text }) => text).join("; ")] : []),
        ]),
      ),
    ];
  }
}

function againstText({ against, currency }: CostReconciliation): string {
  const { file, format, rows, from, to, hours, months } = against;
  const what = format === "OpenCost allocation" ? counted(rows, "name") : counted(rows, "row");
  const window = from === undefined ? "without dates" : `from ${from} to before ${to}, ${hours} h`;
  const span = months === 1 ? "a month" : `${Number(months.toFixed(3))} months`;
  return `${file}: ${format}, ${what} ${window}; beside ${span} of 730 h of what is declared, in ${currency}.`;
}

function byDifference(left: Item, right: Item): number {
  return Math.abs(right.difference) - Math.abs(left.difference) || (left.label < right.label ? -1 : 1);
}
