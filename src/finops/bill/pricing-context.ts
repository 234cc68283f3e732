import type { Catalog } from "../../catalog/catalog.ts";
import { type Fact, factReason } from "../../catalog/fact.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { currencyWithoutRate } from "../../estate/assumptions/cost-rules.ts";
import type { Reason } from "../../estate/figures/figure.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { Placement } from "../../scheduling/placement.ts";

/** The currency of the bill and how list prices get into it. */
export interface BillCurrency {
  readonly code: string;
  readonly perUsd: number;
  /** False when the estate's own currency has no rate: money declared in it cannot be added to a bill in USD. */
  readonly declaredMoneyCounts: boolean;
  readonly reasons: readonly Reason[];
  readonly assumptions: readonly Assumption[];
}

/** What every area of pricing needs. */
export interface PricingContext {
  readonly estate: Estate;
  readonly catalog: Catalog;
  readonly placement: Placement;
  /** The same estate with every autoscaler at its maximum; undefined where there is none. */
  readonly ceiling: Placement | undefined;
  readonly currency: BillCurrency;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

/** A list price with discount and exchange rate applied, and why it is what it is. */
export interface UnitPrice {
  readonly amount: number;
  /** In the report's currency, before the discount. */
  readonly list: number;
  readonly reasons: readonly Reason[];
}

export function billCurrency(estate: Estate): BillCurrency {
  const { currency, exchangeRate } = estate;
  if (currency === "USD") {
    return { code: "USD", perUsd: 1, declaredMoneyCounts: true, reasons: [], assumptions: [] };
  }
  if (exchangeRate === undefined || !(exchangeRate.perUsd > 0)) {
    const assumptions = [assume(currencyWithoutRate, "Estate", { currency })];
    return { code: "USD", perUsd: 1, declaredMoneyCounts: false, reasons: [], assumptions };
  }
  const { perUsd, asOf, place } = exchangeRate;
  const name = `${currency} for one USD on ${asOf}`;
  const reason: Reason = { kind: "declared", name, value: perUsd, ...(place === undefined ? {} : { place }) };
  return { code: currency, perUsd, declaredMoneyCounts: true, reasons: [reason], assumptions: [] };
}

/** The price of a unit of `service` (one of its names in the discounts) from a list price in USD. */
export function unitPrice(context: PricingContext, fact: Fact<number>, services: readonly string[]): UnitPrice {
  const discount = discountOn(context.estate, services);
  return {
    amount: fact.value * (1 - discount.ratio) * context.currency.perUsd,
    list: fact.value * context.currency.perUsd,
    reasons: [factReason(fact), ...discount.reasons, ...context.currency.reasons],
  };
}

/** A list price that no negotiated discount applies to: commitments and marketplace prices. */
export function undiscountedPrice(context: PricingContext, fact: Fact<number>): UnitPrice {
  return {
    amount: fact.value * context.currency.perUsd,
    list: fact.value * context.currency.perUsd,
    reasons: [factReason(fact), ...context.currency.reasons],
  };
}

function discountOn(estate: Estate, services: readonly string[]): { ratio: number; reasons: readonly Reason[] } {
  const wanted = new Set(services.map(keyOf));
  const found =
    estate.commercial.discounts.find(({ service }) => wanted.has(keyOf(service))) ??
    estate.commercial.discounts.find(({ service }) => keyOf(service) === "all");
  if (found === undefined) return { ratio: 0, reasons: [] };
  const ratio = Math.min(1, Math.max(0, found.ratio));
  const name = `negotiated discount on ${found.service}`;
  return { ratio, reasons: [{ kind: "declared", name, value: `${Number((ratio * 100).toFixed(6))} %` }] };
}

function keyOf(service: string): string {
  return service.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** The environment of what a cluster costs as a whole: known only when it serves one. */
export function onlyEnvironment(cluster: Cluster): string | undefined {
  return cluster.environments.length === 1 ? cluster.environments[0] : undefined;
}
