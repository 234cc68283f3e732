import type { Figure, FigureResult, Reason } from "../../estate/figures/figure.ts";
import { compensatedSum } from "../../estate/figures/money.ts";
import { roundTogether } from "../allocation/round-together.ts";
import { type Charge, hoursPerMonth, type Purchase } from "../bill/charge.ts";
import type { PricedEstate } from "../compute-cost.ts";
import { decimalsOf, hoursOf, type Period, perPeriod } from "../period.ts";

/** One line of the invoice; money in its currency for its period, rounded so that the lines add up to the total. */
interface InvoiceLine {
  /** Also the id of the figure that says why. */
  readonly id: string;
  readonly category: string;
  readonly label: string;
  readonly environment: string | undefined;
  readonly region: string | undefined;
  readonly purchase: Purchase;
  readonly quantity: number;
  readonly unit: string;
  /** Per unit and hour, day or month, as the price list has it; after discounts. */
  readonly unitPrice: number;
  /** Units of time of the price in the period: `amount = quantity × unitPrice × times`. */
  readonly times: number;
  /** What it would cost at the list price, pay as you go; undefined where no list has it. */
  readonly listAmount: number | undefined;
  readonly amount: number;
  readonly figure: Figure;
}

/** The lines of a cluster, of the services, or of what is committed and not used. */
interface InvoiceSection {
  readonly kind: "cluster" | "services" | "unusedCommitment";
  readonly title: string;
  readonly lines: readonly InvoiceLine[];
  readonly subtotal: number;
}

/** What a commitment costs in the period and how much of it is used. */
interface CommitmentUse {
  readonly id: string;
  readonly label: string;
  readonly used: number;
  readonly unused: number;
  /** Share of its cost that covers something. */
  readonly utilisation: number;
  /** What the nodes that it covers would cost more without it. */
  readonly saved: number;
}

export interface Invoice {
  readonly period: Period;
  readonly hours: number;
  readonly currency: string;
  readonly sections: readonly InvoiceSection[];
  /** At list prices, where there are any; the others at what they cost. */
  readonly listTotal: number;
  /** List price less what negotiated discounts, spot and commitments take off; unused commitments are in the total. */
  readonly discounts: { readonly negotiated: number; readonly spot: number; readonly commitments: number };
  readonly commitments: readonly CommitmentUse[];
  readonly total: Figure;
}

/** The bill of a period, line by line. */
export function invoiceOf({ context, charges }: PricedEstate, period: Period): Invoice {
  const decimals = decimalsOf(period);
  const total = perPeriod(compensatedSum(charges.map(({ likely }) => likely)), period);
  const amounts = roundTogether(
    charges.map(({ likely }) => perPeriod(likely, period)),
    total,
    decimals,
  );
  const lines = charges.map((charge, index) => ({ charge, line: lineOf(charge, amounts[index] ?? 0, period) }));
  const round = (amount: number) => roundTo(amount, decimals);
  const sections = sectionsOf(lines).map((section) => ({
    ...section,
    subtotal: round(section.lines.reduce((sum, { amount }) => sum + amount, 0)),
  }));
  return {
    period,
    hours: hoursOf(period),
    currency: context.currency.code,
    sections,
    listTotal: round(perPeriod(compensatedSum(charges.map(listAmountOf)), period)),
    discounts: discountsOf(charges, period, round),
    commitments: commitmentUse(charges, period, round),
    total: totalFigure(charges, context.currency.code, period, round),
  };
}

function lineOf({ line, tariff, likely }: Charge, amount: number, period: Period): InvoiceLine {
  const times = (line.hoursPerMonth * hoursOf(period)) / hoursPerMonth;
  return {
    id: line.id,
    category: line.category,
    label: line.label,
    environment: line.environment,
    region: tariff.region,
    purchase: tariff.purchase,
    quantity: line.quantity,
    unit: line.unit,
    unitPrice: line.unitPrice,
    times,
    listAmount: tariff.listUnitPrice === undefined ? undefined : line.quantity * tariff.listUnitPrice * times,
    amount,
    figure: inPeriod(line.monthlyCost, likely, period),
  };
}

/** The figure of a line for the period; that of the month is the one that every report has. */
function inPeriod(figure: Figure, likely: number, period: Period): Figure {
  if (period === "month") return figure;
  const { result } = figure;
  const scaled: FigureResult =
    result.kind === "range"
      ? {
          kind: "range",
          low: perPeriod(result.low, period),
          likely: perPeriod(likely, period),
          high: perPeriod(result.high, period),
        }
      : { kind: "exact", value: perPeriod(likely, period) };
  const text = `a month × ${hoursOf(period)} h / ${hoursPerMonth} h`;
  return {
    id: `${figure.id}/${period}`,
    label: figure.label,
    unit: figure.unit.replace(/month$/, period),
    result: scaled,
    reasons: [
      { kind: "formula", text },
      { kind: "figure", figure },
    ],
  };
}

function sectionsOf(
  lines: readonly { readonly charge: Charge; readonly line: InvoiceLine }[],
): Omit<InvoiceSection, "subtotal">[] {
  const bySection = Map.groupBy(lines, ({ charge: { line } }) =>
    line.category === "unusedCommitment" ? "unusedCommitment" : line.cluster === undefined ? "services" : line.cluster,
  );
  const named = [...bySection].map(([name, members]) => ({ name, lines: members.map(({ line }) => line) }));
  const clusters = named.filter(({ name }) => name !== "services" && name !== "unusedCommitment");
  const of = (wanted: string) => named.find(({ name }) => name === wanted)?.lines ?? [];
  return [
    ...clusters
      .toSorted((left, right) => (left.name < right.name ? -1 : 1))
      .map(({ name, lines: own }) => ({ kind: "cluster" as const, title: `Cluster ${name}`, lines: own })),
    { kind: "services" as const, title: "Services and data stores", lines: of("services") },
    { kind: "unusedCommitment" as const, title: "Commitments that nothing used", lines: of("unusedCommitment") },
  ].filter((section) => section.lines.length > 0);
}

function listAmountOf({ line, tariff, likely }: Charge): number {
  return tariff.listUnitPrice === undefined ? likely : line.quantity * tariff.listUnitPrice * line.hoursPerMonth;
}

/**
 * As FOCUS tells discounts apart: negotiated is list less contracted price, whatever pays for it then; a commitment or
 * spot takes off what is left to the price that is paid.
 */
function discountsOf(
  charges: readonly Charge[],
  period: Period,
  round: (amount: number) => number,
): Invoice["discounts"] {
  const off = (of: readonly Charge[], amount: (charge: Charge) => number) =>
    round(perPeriod(compensatedSum(of.map(amount)), period));
  const paidBy = (...purchases: readonly Purchase[]) =>
    charges.filter(({ tariff }) => purchases.includes(tariff.purchase));
  const belowContract = (each: Charge) => contractedAmountOf(each) - each.likely;
  return {
    negotiated: off(charges, (each) => listAmountOf(each) - contractedAmountOf(each)),
    spot: off(paidBy("spot"), belowContract),
    commitments: off(paidBy("reservation", "savingsPlan"), belowContract),
  };
}

/** At the negotiated price, pay as you go: commitments replace it, spot takes no negotiated discount. */
function contractedAmountOf(charge: Charge): number {
  const { line, tariff, likely } = charge;
  if (tariff.purchase === "spot") return listAmountOf(charge);
  if (tariff.purchase !== "reservation" && tariff.purchase !== "savingsPlan") return likely;
  const price = tariff.contractedUnitPrice;
  return price === undefined ? likely : line.quantity * price * line.hoursPerMonth;
}

function commitmentUse(
  charges: readonly Charge[],
  period: Period,
  round: (amount: number) => number,
): readonly CommitmentUse[] {
  const byCommitment = Map.groupBy(
    charges.filter(({ tariff }) => tariff.commitment !== undefined),
    ({ tariff }) => tariff.commitment?.id ?? "",
  );
  return [...byCommitment].map(([id, members]) => {
    const sum = (of: readonly Charge[], amount: (charge: Charge) => number) =>
      perPeriod(compensatedSum(of.map(amount)), period);
    const used = members.filter(({ line }) => line.category !== "unusedCommitment");
    const unused = members.filter(({ line }) => line.category === "unusedCommitment");
    const [usedCost, unusedCost] = [sum(used, ({ likely }) => likely), sum(unused, ({ likely }) => likely)];
    const without = sum(used, contractedAmountOf);
    return {
      id,
      label: members[0]?.tariff.commitment?.label ?? id,
      used: round(usedCost),
      unused: round(unusedCost),
      utilisation: usedCost + unusedCost > 0 ? usedCost / (usedCost + unusedCost) : 0,
      saved: round(without - usedCost),
    };
  });
}

function totalFigure(
  charges: readonly Charge[],
  currency: string,
  period: Period,
  round: (amount: number) => number,
): Figure {
  const sum = (of: (charge: Charge) => number) => round(perPeriod(compensatedSum(charges.map(of)), period));
  const likely = sum((charge) => charge.likely);
  const low = Math.min(
    likely,
    sum((charge) => charge.low),
  );
  const high = Math.max(
    likely,
    sum((charge) => charge.high),
  );
  return {
    id: `cost/bill/${period}`,
    label: `Bill of ${period === "hour" ? "an" : "a"} ${period}`,
    unit: `${currency}/${period}`,
    result: low === high ? { kind: "exact", value: likely } : { kind: "range", low, likely, high },
    reasons: [
      { kind: "formula", text: `sum of the lines; ${hoursOf(period)} hours, a month is ${hoursPerMonth} hours` },
      ...charges.map(({ line }): Reason => ({ kind: "figure", figure: line.monthlyCost })),
    ],
  };
}

function roundTo(amount: number, decimals: number): number {
  return Math.round(amount * 10 ** decimals) / 10 ** decimals;
}
