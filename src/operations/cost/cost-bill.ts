import type { Catalog } from "../../catalog/catalog.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { PricedEstate } from "../../finops/compute-cost.ts";
import { computeCost, priceEstate } from "../../finops/compute-cost.ts";
import type { CostReport, UnpricedItem } from "../../finops/cost-report.ts";
import { billingMonthOf } from "../../finops/focus/billing-month.ts";
import { focusCsv } from "../../finops/focus/focus-csv.ts";
import { billAsFocus } from "../../finops/focus/focus-rows.ts";
import { type Invoice, invoiceOf } from "../../finops/invoice/invoice.ts";
import type { Period } from "../../finops/period.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";

/** The bill of an estate, line by line. */
export interface Bill extends Invoice {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "Bill";
  readonly estate: string;
  /** Units of the bill's currency for one USD, where prices were converted. */
  readonly exchangeRate: { readonly perUsd: number; readonly asOf: string } | undefined;
  readonly pricesAsOf: string;
  /** True when something has no price. */
  readonly partial: boolean;
  /** Parts of the month's bill; they add up to it. */
  readonly monthlyParts: CostReport["parts"];
  readonly unpriced: readonly UnpricedItem[];
  readonly assumptions: readonly Assumption[];
}

export interface BillOptions {
  /** `YYYY-MM-DD` in UTC: decides which commitments still hold. */
  readonly today: string;
  readonly period: Period;
}

/** What an estate costs in a period, line by line, with discounts, commitments and what has no price. */
export function billOf(estate: Estate, catalog: Catalog, options: BillOptions): Bill {
  const placement = placeWorkloads(estate, catalog);
  const priced = priceEstate(estate, placement, catalog, options);
  const cost = computeCost(estate, placement, catalog, options);
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "Bill",
    estate: estate.name,
    exchangeRate: exchangeRateOf(priced),
    pricesAsOf: cost.pricesAsOf,
    partial: cost.partial,
    ...invoiceOf(priced, options.period),
    monthlyParts: cost.parts,
    unpriced: cost.unpriced,
    assumptions: [...placement.assumptions, ...cost.assumptions],
  };
}

/** The bill of the month of `today` as FOCUS 1.2 CSV. */
export function billAsFocusCsv(estate: Estate, catalog: Catalog, today: string): string {
  const priced = priceEstate(estate, placeWorkloads(estate, catalog), catalog, { today });
  return focusCsv(billAsFocus(priced, billingMonthOf(today)), { split: false });
}

function exchangeRateOf({ context: { estate, currency } }: PricedEstate): Bill["exchangeRate"] {
  const { exchangeRate } = estate;
  if (exchangeRate === undefined || currency.code === "USD") return undefined;
  return { perUsd: exchangeRate.perUsd, asOf: exchangeRate.asOf };
}
