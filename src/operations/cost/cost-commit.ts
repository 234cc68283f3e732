import type { Catalog } from "../../catalog/catalog.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { billCurrency, type PricingContext } from "../../finops/bill/pricing-context.ts";
import { declaredCommitments } from "../../finops/commitments/declared-commitments.ts";
import { declaredDemand } from "../../finops/commitments/demand/declared-demand.ts";
import { averageStates, demandOver, mergeStates } from "../../finops/commitments/demand/node-demand.ts";
import { billMix } from "../../finops/commitments/mix/bill-mix.ts";
import { type ChosenMix, chooseMix } from "../../finops/commitments/mix/choose-mix.ts";
import {
  type CommitmentOffers,
  emptyMix,
  type SpotOffer,
  usageOf,
} from "../../finops/commitments/mix/commitment-mix.ts";
import { breakEvens, ruleOfThumbHoursPerDay } from "../../finops/commitments/offers/break-even.ts";
import { commitmentOffers, type PricedOffers } from "../../finops/commitments/offers/commitment-offers.ts";
import { type SpotCandidate, spotCandidates } from "../../finops/commitments/offers/spot-candidates.ts";
import { fallRisk } from "../../finops/commitments/risk/falling-demand.ts";
import type { ChoiceBasis } from "../../finops/commitments/risk/rate-sensitivity.ts";
import { tenantUse } from "../../finops/commitments/risk/tenant-use.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import { type DemandPattern, demandPattern } from "./cost-commit-demand.ts";
import { purchaseRows } from "./cost-commit-purchases.ts";
import type { CostCommitments } from "./cost-commit-report.ts";
import {
  type CommitmentOptions,
  gapsOf,
  isAsked,
  ownedRows,
  planReasonsOf,
  type Study,
  totals,
  trifle,
  usedPools,
} from "./cost-commit-study.ts";
import { billParts, commitmentCurves, riskView, spotChoices, tenantRows, waysToPay } from "./cost-commit-views.ts";

/** Chooses which commitments to buy for the nodes of an estate. Pure: the solver is passed in, so that a page can load it. */
export function chooseCommitments(estate: Estate, catalog: Catalog, options: CommitmentOptions): CostCommitments {
  const { today, onProgress, signal } = options;
  onProgress?.("placing workloads");
  const placement = placeWorkloads(estate, catalog);
  const context: PricingContext = {
    estate,
    catalog,
    placement,
    ceiling: undefined,
    currency: billCurrency(estate),
    today,
  };
  const declared = declaredDemand(context, options.stopOutsideHours);
  const months = options.months ?? 12 * Math.max(1, ...options.terms);
  const growthPerMonth = options.growthPercent / 100;
  const hours = demandPattern(declared, options.demand, {
    estate,
    catalog,
    placement,
    today,
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(signal === undefined ? {} : { signal }),
  });
  const pattern = boundedPattern(hours, growthPerMonth === 0 ? 1 : months);
  signal?.throwIfAborted();
  const demand = demandOver(declared.pools, pattern.pattern, { months, growthPerMonth });
  const owned = declaredCommitments(
    context,
    declared.pools.map((pool, index) => usageOf(pool, declared.nodes[index] ?? 0)),
  );
  const priced = commitmentOffers(context, usedPools(declared, pattern));
  const candidates = spotCandidates(context, declared.pools);
  const choice: ChoiceBasis = { demand, owned, offers: offersOf(priced, candidates, options), solver: options.solver };
  onProgress?.("choosing commitments");
  const exact = chooseMix(demand, owned, choice.offers, options.solver);
  const chosen = withoutTrifles(choice, exact);
  signal?.throwIfAborted();
  return reportOf({ context, options, declared, pattern, owned, priced, candidates, choice, exact, chosen, months });
}

/** Different hours that are billed one by one: a year and more of hourly measurements, or a month that grows. */
const mostStates = 30_000;

function boundedPattern(pattern: DemandPattern, monthsApart: number): DemandPattern {
  const states = mergeStates(pattern.pattern);
  const most = Math.floor(mostStates / monthsApart);
  if (states.length <= most) return { ...pattern, pattern: states };
  const description = `${pattern.description} (${states.length} different hours, averaged to ${most} or fewer)`;
  return { ...pattern, description, pattern: averageStates(states, most) };
}

function reportOf(study: Study): CostCommitments {
  const { context, options, declared, pattern, owned, priced, candidates, choice, exact, chosen, months } = study;
  const { onProgress, signal } = options;
  const { demand } = choice;
  const nowBill = billMix(demand, owned, emptyMix);
  const now = billParts(nowBill, months);
  const best = billParts(chosen.bill, months);
  onProgress?.("how far prices may move");
  const planReasons = planReasonsOf(study);
  const rows = purchaseRows({
    choice,
    chosen,
    exact,
    offers: priced.reservations,
    planReasons,
    currency: context.currency.code,
    today: options.today,
  });
  signal?.throwIfAborted();
  const purchases = rows.filter(({ afterYears }) => afterYears === 0);
  onProgress?.("other ways to pay");
  const { assumptions, diagnostics } = gapsOf(study);
  const unpriced = [...owned.unpriced, ...priced.unpriced.filter(({ id }) => isAsked(id, options))];
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "CostCommitments",
    estate: context.estate.name,
    currency: context.currency.code,
    pricesAsOf: context.catalog.pricesAsOf,
    demand: {
      source: pattern.source,
      description: pattern.description,
      months,
      growthPercentPerMonth: options.growthPercent,
      stopped: declared.stopped,
    },
    ...totals(study, now, best, purchases),
    leastPossible: Math.min(best.total, Number((chosen.bound / months).toFixed(2))),
    parts: { now, best },
    purchases,
    later: rows.filter(({ afterYears }) => afterYears > 0),
    owned: ownedRows(study, nowBill, purchases),
    ways: waysToPay(choice, chosen),
    curves: commitmentCurves(demand, owned, choice.offers.reservations, chosen),
    ruleOfThumbHoursPerDay,
    breakEvens: breakEvens(context, usedPools(declared, pattern)).filter(({ termYears }) =>
      options.terms.includes(termYears),
    ),
    risk: riskView(fallRisk(demand, owned, chosen.mix, options.mostFallPercent / 100)),
    spot: spotChoices(candidates, options.spot, chosen),
    tenants: tenantRows(tenantUse(context, demand, owned, chosen.mix, chosen.bill)),
    partial: unpriced.length > 0,
    unpriced,
    assumptions,
    diagnostics,
  };
}

function offersOf(
  { reservations, plans }: PricedOffers,
  candidates: readonly SpotCandidate[],
  options: CommitmentOptions,
): CommitmentOffers {
  const isAskedTerm = ({ termYears }: { readonly termYears: 1 | 3 }) => options.terms.includes(termYears);
  const spot = candidates.flatMap(({ pool, price, obstacle }): readonly SpotOffer[] =>
    obstacle === undefined && price !== undefined ? [{ pool, price }] : [],
  );
  return {
    reservations: options.reservations ? reservations.filter(isAskedTerm) : [],
    plans: options.savingsPlans ? plans.filter(isAskedTerm) : [],
    spot: options.spot ? spot : [],
  };
}

function withoutTrifles({ demand, owned }: ChoiceBasis, chosen: ChosenMix): ChosenMix {
  const plans = chosen.mix.plans.filter((_, index) => {
    const { cost = 0, replaced = 0 } = chosen.bill.plans[index] ?? {};
    return replaced - cost >= trifle * chosen.bill.total;
  });
  if (plans.length === chosen.mix.plans.length) return chosen;
  const mix = { ...chosen.mix, plans };
  return { mix, bill: billMix(demand, owned, mix), bound: chosen.bound };
}
