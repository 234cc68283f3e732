import { formatMoney, formatResult } from "../../estate/figures/format-figure.ts";
import type { Bill } from "../../operations/cost/cost-bill.ts";
import { bullets, type Document, heading, paragraph, table } from "./document.ts";
import { counted } from "./words.ts";

type Section = Bill["sections"][number];
type Line = Section["lines"][number];

const purchases: { readonly [purchase in Line["purchase"]]: string } = {
  payAsYouGo: "pay as you go",
  spot: "spot",
  reservation: "reserved",
  savingsPlan: "savings plan",
  declared: "declared",
};

/** The bill as an invoice: sections of lines with subtotals, what was taken off, commitments, total, what is missing. */
export function billDocument(bill: Bill): Document {
  return [
    heading(1, `Bill of ${bill.estate}, ${bill.period === "hour" ? "an" : "a"} ${bill.period}`),
    paragraph(terms(bill)),
    ...bill.sections.flatMap((section) => sectionItems(bill, section)),
    ...summary(bill),
    ...commitments(bill),
    ...missing(bill),
  ];
}

function terms({ currency, exchangeRate, pricesAsOf, hours, period }: Bill): string {
  const rate =
    exchangeRate === undefined
      ? `All money is ${currency}`
      : `All money is ${currency}, list prices in USD at ${exchangeRate.perUsd} of ${exchangeRate.asOf}`;
  const span = period === "hour" ? "" : ` A ${period} is ${hours.toLocaleString("en-US")} hours.`;
  return `${rate}; prices of ${pricesAsOf}.${span} Amount = quantity × unit price × times.`;
}

function sectionItems(bill: Bill, { title, lines, subtotal }: Section): Document {
  return [
    heading(2, title),
    ...table(
      [
        { title: "Line" },
        { title: "Paid" },
        { title: "Quantity", align: "right" },
        { title: "Unit price", align: "right" },
        { title: "Times", align: "right" },
        { title: "Amount", align: "right" },
      ],
      [...lines.map((line) => lineCells(bill, line, title)), ["Subtotal", "", "", "", "", amountText(bill, subtotal)]],
    ),
  ];
}

function lineCells(bill: Bill, line: Line, title: string): string[] {
  return [
    shortLabel(line, title),
    purchases[line.purchase],
    `${plain(line.quantity)} ${line.unit}`,
    plain(line.unitPrice),
    line.times === 1 ? "1" : `${plain(line.times)} ${unitOfTime(bill, line)}`,
    amountText(bill, line.amount),
  ];
}

/** The cluster stands in the title, how it is paid in a column of its own. */
function shortLabel({ label, purchase }: Line, title: string): string {
  const cluster = /^Cluster (.*)$/.exec(title)?.[1];
  const own =
    cluster === undefined
      ? label.replace(/^(?:CloudService|DataStore)\//, "").replace(/ \(\w+\): /, ": ")
      : label
          .replace(` of ${cluster}/`, " of ")
          .replace(` on ${cluster},`, ",")
          .replaceAll(new RegExp(` (?:of|on) ${escaped(cluster)}$`, "g"), "");
  return purchase === "reservation" || purchase === "savingsPlan"
    ? own.replace(/, (?:reservation|savings plan) of .*$/, "")
    : own.replace(/, (?:pay as you go|spot)$/, "");
}

/** For a regular expression. */
function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function unitOfTime({ hours }: Bill, { times }: Line): string {
  return times === hours ? "h" : Number.isInteger((times / hours) * 730) ? "months" : "days";
}

function summary(bill: Bill): Document {
  const { discounts, listTotal, total, partial, currency } = bill;
  const unused = bill.commitments.reduce((sum, commitment) => sum + commitment.unused, 0);
  const rows: [string, string][] = [
    ["At list prices, pay as you go", amountText(bill, listTotal)],
    ...(
      [
        ["Negotiated discounts", discounts.negotiated],
        ["Spot", discounts.spot],
        ["Commitments, where they are used", discounts.commitments],
      ] as const
    )
      .filter(([, amount]) => amount !== 0)
      .map(([label, amount]): [string, string] => [label, amountText(bill, -amount)]),
    ...(unused > 0 ? [["Of it unused commitments", amountText(bill, unused)] as [string, string]] : []),
  ];
  const end = partial ? `, partial: ${counted(bill.unpriced.length, "thing")} without a price` : "";
  return [
    heading(2, "Total"),
    ...table([{ title: `In ${currency}` }, { title: "Amount", align: "right" }], rows),
    paragraph(`${total.label}: ${formatResult(total.result, total.unit)}${end}.`),
  ];
}

function commitments(bill: Bill): Document {
  if (bill.commitments.length === 0) return [];
  return [
    heading(2, "Commitments"),
    ...table(
      [
        { title: "Commitment" },
        { title: "Used", align: "right" },
        { title: "Unused", align: "right" },
        { title: "Utilisation", align: "right" },
        { title: "Saves", align: "right" },
      ],
      bill.commitments.map(({ label, used, unused, utilisation, saved }) => [
        label,
        amountText(bill, used),
        amountText(bill, unused),
        `${(utilisation * 100).toFixed(1)}%`,
        amountText(bill, saved - unused),
      ]),
    ),
  ];
}

function missing({ unpriced, assumptions }: Bill): Document {
  const left = Map.groupBy(
    assumptions.filter(({ name }) => name.endsWith("-not-priced")),
    ({ id }) => id,
  );
  const notes = [...left.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [`${first.id}${others.length === 0 ? "" : ` (${others.length + 1} times)`}: ${first.text}`],
  );
  return [
    ...(unpriced.length === 0
      ? []
      : [
          heading(2, "Without a price, not in the total"),
          ...bullets(unpriced.map(({ label, reason, hint }) => `${label}: ${reason}; ${hint}`)),
        ]),
    ...(notes.length === 0 ? [] : [heading(2, "Left out by assumption"), ...bullets(notes)]),
  ];
}

/** Without the currency, which the head says; an hour has four decimals. */
function amountText({ period, currency }: Bill, amount: number): string {
  if (period !== "hour") return formatMoney(amount, currency).slice(currency.length + 1);
  return amount.toFixed(4);
}

function plain(value: number): string {
  return Number(value.toPrecision(6)).toLocaleString("en-US", { maximumFractionDigits: 8 });
}
