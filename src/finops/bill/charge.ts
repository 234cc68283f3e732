import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { exactFigure, type Figure, type FigureResult, type Reason } from "../../estate/figures/figure.ts";
import type { BillLine, BillPart, UnpricedItem } from "../cost-report.ts";

/** Hours of a month: 8,760 / 12. */
export const hoursPerMonth = 730;

/** Who bears a charge when it is a part of its own. */
export interface Bearer {
  readonly part: BillPart;
  readonly subject: string;
  readonly tenant?: string | undefined;
  readonly application?: string | undefined;
  readonly environment?: string | undefined;
  readonly cluster?: string | undefined;
  readonly workload?: string | undefined;
  /** Where no workload says it. */
  readonly namespace?: string | undefined;
}

/** How a charge is shared out: by what runs on a pool, or as a whole to one bearer. */
type ChargeSharing =
  | { readonly kind: "pool"; readonly cluster: string; readonly pool: string }
  | { readonly kind: "bearer"; readonly bearer: Bearer };

/** How a thing is paid for. `declared`: its price stands in the estate's documents. */
export type Purchase = "payAsYouGo" | "spot" | "reservation" | "savingsPlan" | "declared";

/** What a price came from, before and after what was negotiated; per unit and hour, in the report's currency. */
export interface ChargeTariff {
  readonly purchase: Purchase;
  /** As the price list has it, whatever the purchase; undefined where no list has it. */
  readonly listUnitPrice: number | undefined;
  /** List price less the negotiated discount, before any commitment. */
  readonly contractedUnitPrice: number | undefined;
  /** The commitment that covers it, or whose unused part it is. */
  readonly commitment?: { readonly id: string; readonly label: string };
  readonly region?: string | undefined;
  readonly vmSize?: string;
  /** Of the cloud, as its document names it. */
  readonly service?: string;
}

/** A bill line with the way it is shared out. Amounts are monthly, in the report's currency, unrounded. */
export interface Charge {
  readonly line: BillLine;
  readonly tariff: ChargeTariff;
  readonly likely: number;
  readonly low: number;
  readonly high: number;
  readonly sharing: ChargeSharing;
}

/** What pricing one area gave. */
export interface Pricing {
  readonly charges: readonly Charge[];
  readonly unpriced: readonly UnpricedItem[];
  readonly assumptions: readonly Assumption[];
}

export const nothingPriced: Pricing = { charges: [], unpriced: [], assumptions: [] };

export function mergePricings(pricings: readonly Pricing[]): Pricing {
  return {
    charges: pricings.flatMap(({ charges }) => charges),
    unpriced: pricings.flatMap(({ unpriced }) => unpriced),
    assumptions: pricings.flatMap(({ assumptions }) => assumptions),
  };
}

/** What a charge is made of; `low` and `high` default to the likely amount. */
export interface ChargeTerms {
  readonly id: string;
  readonly category: string;
  readonly label: string;
  readonly environment?: string | undefined;
  readonly cluster?: string | undefined;
  readonly quantity: number;
  /** In the plural. */
  readonly unit: string;
  readonly unitPrice: number;
  /** Hours, days or months of a month by which the price counts: 730, 365 / 12 or 1. */
  readonly hoursPerMonth: number;
  readonly low?: number;
  readonly high?: number;
  readonly currency: string;
  readonly reasons: readonly Reason[];
  readonly sharing: ChargeSharing;
  /** Pay as you go at `unitPrice` when absent. */
  readonly tariff?: Partial<ChargeTariff>;
}

/** A charge of quantity × unit price × hours, with the figure that says so. */
export function charge(terms: ChargeTerms): Charge {
  const likely = terms.quantity * terms.unitPrice * terms.hoursPerMonth;
  const low = Math.min(likely, terms.low ?? likely);
  const high = Math.max(likely, terms.high ?? likely);
  const unit = terms.quantity === 1 ? singular(terms.unit) : terms.unit;
  const text = `${shown(terms.quantity)} ${unit} × ${shown(terms.unitPrice)} ${terms.currency}${periodText(terms.hoursPerMonth)}`;
  const figure: Figure = {
    ...exactFigure(terms.id, terms.label, `${terms.currency}/month`, likely, [
      { kind: "formula", text },
      ...terms.reasons,
    ]),
    result: resultOf(low, likely, high),
  };
  const { id, category, label, environment, cluster, quantity, unitPrice } = terms;
  return {
    line: {
      id,
      category,
      label,
      environment,
      cluster,
      quantity,
      unit,
      unitPrice,
      hoursPerMonth: terms.hoursPerMonth,
      monthlyCost: figure,
    },
    likely,
    low,
    high,
    sharing: terms.sharing,
    tariff: {
      purchase: "payAsYouGo",
      listUnitPrice: terms.unitPrice,
      contractedUnitPrice: terms.unitPrice,
      ...terms.tariff,
    },
  };
}

/** A range where the ends differ from the likely value, the exact value otherwise. */
export function resultOf(low: number, likely: number, high: number): FigureResult {
  return low === likely && high === likely ? { kind: "exact", value: likely } : { kind: "range", low, likely, high };
}

/** The assumption as a reason of a figure. */
export function assumptionReason({ id, text, value }: Assumption): Reason {
  return { kind: "assumption", id, text, value };
}

/** `nodes` as `node`, `registries` as `registry`; rates such as `100 RU/s` stay. */
function singular(unit: string): string {
  if (unit.endsWith("/s")) return unit;
  if (unit.endsWith("ies")) return `${unit.slice(0, -3)}y`;
  return unit.replace(/sses$/, "ss").replace(/([^s])s$/, "$1");
}

function periodText(periods: number): string {
  if (periods === 1) return "";
  return periods === hoursPerMonth ? ` × ${hoursPerMonth} h` : ` × ${shown(periods)} days`;
}

function shown(value: number): string {
  return String(Number(value.toPrecision(8)));
}
