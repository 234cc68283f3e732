import { likelyValue } from "../../estate/figures/figure.ts";
import { formatMoney, formatResult } from "../../estate/figures/format-figure.ts";
import type { BillPart, CostReport } from "../../finops/cost-report.ts";
import { bullets, type Document, heading, paragraph, table } from "./document.ts";
import { counted } from "./words.ts";

const partNames: { readonly [part in BillPart]: string } = {
  tenant: "tenants",
  sharedPlatform: "shared platform",
  systemOverhead: "system overhead",
  idle: "idle",
  fees: "fees",
  unusedCommitment: "unused commitment",
};

/** The bill, its parts, who pays, the largest lines, and what has no price. */
export function costSection(cost: CostReport): Document {
  const money = (amount: number) => formatMoney(amount, cost.currency);
  return [
    heading(2, "Cost: what it costs a month"),
    paragraph(
      `${formatResult(cost.monthly.result, cost.monthly.unit)}${cost.partial ? ", partial (see unpriced below)" : ""}.`,
    ),
    ...table(
      [{ title: "Part of the bill" }, { title: "Monthly", align: "right" }, { title: "Share", align: "right" }],
      parts(cost).map(([part, amount]) => [partNames[part], money(amount), share(amount, total(cost))]),
    ),
    ...table(
      [{ title: "Tenant" }, { title: "Application" }, { title: "Monthly", align: "right" }],
      byTenantAndApplication(cost).map(({ tenant, application, amount }) => [tenant, application, money(amount)]),
    ),
    ...largestLinesTable(cost),
    ...unpricedItems(cost),
  ];
}

/** The range stands in a column of its own, so that amounts can be compared down the column. */
function largestLinesTable(cost: CostReport): Document {
  const money = (amount: number) => formatMoney(amount, cost.currency);
  return table(
    [
      { title: "Largest lines" },
      { title: "Quantity", align: "right" },
      { title: "Unit price", align: "right" },
      { title: "Monthly", align: "right" },
      { title: "Low to high", align: "right" },
    ],
    largestLines(cost).map(({ label, quantity, unit, unitPrice, monthlyCost }) => [
      label,
      `${Number(quantity.toPrecision(6))} ${unit}`,
      formatMoneyPrecise(unitPrice, cost.currency),
      money(likelyValue(monthlyCost) ?? 0),
      monthlyCost.result.kind === "range"
        ? `${money(monthlyCost.result.low)} to ${money(monthlyCost.result.high)}`
        : "",
    ]),
  );
}

/** Assumptions by which a part of the cost is left out: as much "not in the total" as what has no price. */
function leftOut({ assumptions }: CostReport): string[] {
  const groups = Map.groupBy(
    assumptions.filter(({ name }) => name.endsWith("-not-priced")),
    ({ id }) => id,
  );
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [
          `${first.id} ${first.name}${others.length === 0 ? "" : ` (${first.subject} and ${others.length} more)`}: ${first.text}`,
        ],
  );
}

function unpricedItems(cost: CostReport): Document {
  const left = leftOut(cost);
  const notes = left.length === 0 ? [] : [paragraph("Left out of the total by assumption:"), ...bullets(left)];
  if (cost.unpriced.length === 0) return notes;
  return [
    paragraph(`${counted(cost.unpriced.length, "thing")} without a price, not in the total:`),
    ...bullets(cost.unpriced.map((item) => `${item.label}: ${item.reason}; ${item.hint}`)),
    ...notes,
  ];
}

function parts(cost: CostReport): [BillPart, number][] {
  const order: readonly BillPart[] = ["tenant", "sharedPlatform", "systemOverhead", "idle", "fees", "unusedCommitment"];
  return order.map((part) => [part, cost.parts[part]]);
}

function total(cost: CostReport): number {
  return likelyValue(cost.monthly) ?? 0;
}

function share(amount: number, whole: number): string {
  return whole === 0 ? "" : `${((amount / whole) * 100).toFixed(1)}%`;
}

function byTenantAndApplication(cost: CostReport): { tenant: string; application: string; amount: number }[] {
  const rows = new Map<string, { tenant: string; application: string; cents: number }>();
  for (const row of cost.allocation) {
    if (row.part !== "tenant") continue;
    const tenant = row.tenant ?? row.subject;
    const application = row.application ?? "(no application)";
    const key = `${tenant}\n${application}`;
    const existing = rows.get(key) ?? { tenant, application, cents: 0 };
    rows.set(key, { ...existing, cents: existing.cents + Math.round(row.monthlyCost * 100) });
  }
  return [...rows.values()]
    .sort(
      (left, right) =>
        right.cents - left.cents || (left.tenant + left.application < right.tenant + right.application ? -1 : 1),
    )
    .map(({ tenant, application, cents }) => ({ tenant, application, amount: cents / 100 }));
}

function largestLines(cost: CostReport): CostReport["lines"] {
  return cost.lines
    .toSorted((left, right) => (likelyValue(right.monthlyCost) ?? 0) - (likelyValue(left.monthlyCost) ?? 0))
    .slice(0, 10);
}

/** Unit prices as they stand in the price list, at most six significant digits. */
function formatMoneyPrecise(amount: number, currency: string): string {
  return `${currency} ${Number(amount.toPrecision(6))}`;
}
