import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import {
  commitmentExpired,
  reservationPriceElsewhere,
  savingsPlanRateUnknown,
} from "../../estate/assumptions/cost-rules.ts";
import type { Reason } from "../../estate/figures/figure.ts";
import type { CommercialTerms } from "../../estate/model/estate.ts";
import { assumptionReason } from "../bill/charge.ts";
import { type PricingContext, undiscountedPrice } from "../bill/pricing-context.ts";
import type { UnpricedItem } from "../cost-report.ts";
import type { NodeUsage, ReservedUnits, SavingsPlan } from "./bill-hour.ts";

type Reservation = CommercialTerms["reservations"][number];

/** A commitment with the reasons that its covered and unused parts carry. */
interface PricedReservation extends ReservedUnits {
  readonly id: string;
  readonly reasons: readonly Reason[];
}

interface PricedSavingsPlan extends SavingsPlan {
  readonly id: string;
  readonly reasons: readonly Reason[];
}

export interface DeclaredCommitments {
  readonly reservations: readonly PricedReservation[];
  readonly plans: readonly PricedSavingsPlan[];
  readonly unpriced: readonly UnpricedItem[];
  readonly assumptions: readonly Assumption[];
}

/** The reservations and savings plans that still hold, priced. */
export function declaredCommitments(context: PricingContext, usages: readonly NodeUsage[]): DeclaredCommitments {
  const { commercial } = context.estate;
  const unpriced: UnpricedItem[] = [];
  const assumptions: Assumption[] = [];
  const reservations = commercial.reservations.flatMap((reservation, index) => {
    const id = `commitment/reservation-${index + 1}`;
    const expired = expiredAssumption(id, reservation.until, context.today);
    if (expired !== undefined) {
      assumptions.push(expired);
      return [];
    }
    const price = reservedPrice(context, reservation, id);
    assumptions.push(...price.assumptions);
    if (price.amount === undefined) unpriced.push(unpricedReservation(id, reservation));
    const flexibility = context.catalog.sizeFlexibility(reservation.vmSize);
    const ratio = flexibility?.ratio.value ?? 1;
    const priced: PricedReservation = {
      id,
      label: reservationLabel(reservation),
      region: reservation.region,
      group: flexibility?.group ?? reservation.vmSize,
      units: reservation.quantity * ratio,
      pricePerUnit: price.amount === undefined ? undefined : price.amount / ratio,
      reasons: [declaredReservation(reservation), ...price.reasons],
    };
    return [priced];
  });
  const plans = savingsPlans(context, usages);
  return {
    reservations,
    plans: plans.plans,
    unpriced: [...unpriced, ...plans.unpriced],
    assumptions: [...assumptions, ...plans.assumptions],
  };
}

function expiredAssumption(id: string, until: string | undefined, today: string): Assumption | undefined {
  return until !== undefined && until < today ? assume(commitmentExpired, id, { until, today }) : undefined;
}

function reservationLabel({ quantity, vmSize, region, termYears }: Reservation): string {
  return `reservation of ${quantity} ${vmSize} in ${region}, ${termYears} ${termYears === 1 ? "year" : "years"}`;
}

function declaredReservation({ quantity, vmSize, place }: Reservation): Reason {
  const name = `Estate commercial.reservations ${vmSize}`;
  return { kind: "declared", name, value: quantity, unit: "instances", ...(place === undefined ? {} : { place }) };
}

function unpricedReservation(id: string, reservation: Reservation): UnpricedItem {
  return {
    id: `cost/${id}`,
    label: reservationLabel(reservation),
    reason:
      "the catalog has no reservation price of the size; the nodes it covers are priced at pay as you go, which is more",
    hint: "refresh the price catalog for the region",
  };
}

interface HourlyPrice {
  readonly amount: number | undefined;
  readonly reasons: readonly Reason[];
  readonly assumptions: readonly Assumption[];
}

/** USD an hour, amortised, in the report's currency: of the catalog, else by the ratio seen in other regions. */
export function reservedPrice(
  context: PricingContext,
  reservation: Pick<Reservation, "region" | "vmSize" | "termYears">,
  id: string,
): HourlyPrice {
  const { region, vmSize, termYears } = reservation;
  const fact = context.catalog.reservationPrice(region, vmSize, termYears);
  if (fact !== undefined) {
    const price = undiscountedPrice(context, fact);
    return { amount: price.amount, reasons: price.reasons, assumptions: [] };
  }
  const ratio = context.catalog.reservationRatioElsewhere(vmSize, termYears);
  const list = context.catalog.vmPrice(region, vmSize, "payAsYouGo");
  if (ratio === undefined || list === undefined) return { amount: undefined, reasons: [], assumptions: [] };
  const price = undiscountedPrice(context, list);
  const assumption = assume(reservationPriceElsewhere, id, {
    vmSize,
    region,
    ratio: ratio.value,
    note: ratio.note ?? ratio.source,
  });
  return {
    amount: price.amount * ratio.value,
    reasons: [...price.reasons, assumptionReason(assumption)],
    assumptions: [assumption],
  };
}

function savingsPlans(
  context: PricingContext,
  usages: readonly NodeUsage[],
): {
  readonly plans: readonly PricedSavingsPlan[];
  readonly unpriced: readonly UnpricedItem[];
  readonly assumptions: readonly Assumption[];
} {
  const plans: PricedSavingsPlan[] = [];
  const unpriced: UnpricedItem[] = [];
  const assumptions: Assumption[] = [];
  for (const [index, declared] of context.estate.commercial.savingsPlans.entries()) {
    const id = `commitment/savings-plan-${index + 1}`;
    const { hourlyCommitment, termYears, until, place } = declared;
    const label = `savings plan of ${hourlyCommitment} an hour, ${termYears} ${termYears === 1 ? "year" : "years"}`;
    const expired = expiredAssumption(id, until, context.today);
    if (expired !== undefined) assumptions.push(expired);
    else if (!context.currency.declaredMoneyCounts) unpriced.push(unconvertedPlan(id, label));
    else {
      assumptions.push(...unknownRates(context, usages, termYears, id));
      plans.push({
        id,
        label,
        termYears,
        hourlyCommitment: Math.max(0, hourlyCommitment),
        rateOf: (usage) => planRate(context, usage, termYears)?.amount ?? usage.payAsYouGo ?? 0,
        reasons: [
          {
            kind: "declared",
            name: "Estate commercial.savingsPlans hourlyCommitment",
            value: hourlyCommitment,
            unit: `${context.currency.code}/hour`,
            ...(place === undefined ? {} : { place }),
          },
        ],
      });
    }
  }
  return { plans, unpriced, assumptions };
}

/** The catalog's rate of a usage under a savings plan; undefined when it has none. */
export function planRate(context: PricingContext, usage: NodeUsage, termYears: 1 | 3) {
  const fact = context.catalog.savingsPlanPrice(usage.region, usage.vmSize, termYears);
  return fact === undefined ? undefined : undiscountedPrice(context, fact);
}

function unknownRates(
  context: PricingContext,
  usages: readonly NodeUsage[],
  termYears: 1 | 3,
  id: string,
): readonly Assumption[] {
  const seen = new Map<string, Assumption>();
  for (const usage of usages) {
    const { vmSize, region } = usage;
    if (usage.nodes === 0 || planRate(context, usage, termYears) !== undefined) continue;
    const subject = `${id}/${region}/${vmSize}`;
    if (!seen.has(subject)) seen.set(subject, assume(savingsPlanRateUnknown, subject, { vmSize, region, termYears }));
  }
  return [...seen.values()];
}

function unconvertedPlan(id: string, label: string): UnpricedItem {
  return {
    id: `cost/${id}`,
    label,
    reason: "its commitment is in the estate's currency, which has no exchange rate",
    hint: "declare Estate.spec.exchangeRates",
  };
}
