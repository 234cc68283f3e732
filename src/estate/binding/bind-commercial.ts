import { exchangeRateMissing } from "../diagnostics/objective-diagnostics.ts";
import type { CommercialTerms, Estate, Region } from "../model/estate.ts";
import type { BindingLog } from "./binding-log.ts";
import type { DocumentSet } from "./document-set.ts";

/** Currency of the estate and its rate; US dollars need none. */
export function bindCurrency({ estate }: DocumentSet, log: BindingLog): Pick<Estate, "currency" | "exchangeRate"> {
  const currency = estate?.value.spec?.currency ?? "USD";
  const rate = estate?.value.spec?.exchangeRates?.[currency];
  if (estate === undefined || currency === "USD") return { currency, exchangeRate: undefined };
  if (rate === undefined) {
    const context = { place: estate.locate(["spec", "currency"]), affects: [estate.id] };
    log.report(exchangeRateMissing, { currency }, context);
    return { currency, exchangeRate: undefined };
  }
  const place = estate.locate(["spec", "exchangeRates", currency]);
  return { currency, exchangeRate: { perUsd: rate.perUsd, asOf: rate.asOf ?? "", place } };
}

/** Discounts and commitments, discounts as ratios. */
export function bindCommercial(
  { estate }: DocumentSet,
  regions: readonly Region[] | undefined,
  log: BindingLog,
): CommercialTerms {
  const terms = estate?.value.spec?.commercial;
  if (estate === undefined || terms === undefined) {
    return { discounts: [], reservations: [], savingsPlans: [], operatorHourCost: undefined };
  }
  const base = ["spec", "commercial"];
  (terms.reservations ?? []).forEach((reservation, index) => {
    if (regions === undefined || regions.some(({ name }) => name === reservation.region)) return;
    const field = `spec.commercial.reservations[${index}].region`;
    const candidates = regions.map(({ name }) => name);
    const place = estate.locate([...base, "reservations", index, "region"]);
    log.dangling({ field, what: "region", target: reservation.region, candidates }, { place });
  });
  return {
    discounts: (terms.discounts ?? []).map(({ service, percent }) => ({ service, ratio: percent / 100 })),
    reservations: (terms.reservations ?? []).map((reservation, index) => ({
      ...reservation,
      until: reservation.until,
      place: estate.locate([...base, "reservations", index]),
    })),
    savingsPlans: (terms.savingsPlans ?? []).map((plan, index) => ({
      ...plan,
      until: plan.until,
      place: estate.locate([...base, "savingsPlans", index]),
    })),
    operatorHourCost: terms.operatorHourCost,
  };
}
