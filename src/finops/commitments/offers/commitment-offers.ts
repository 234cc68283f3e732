import type { Assumption } from "../../../estate/assumptions/assumption.ts";
import { assume } from "../../../estate/assumptions/assumption-rule.ts";
import { savingsPlanRateUnknown } from "../../../estate/assumptions/cost-rules.ts";
import type { Reason } from "../../../estate/figures/figure.ts";
import type { PricingContext } from "../../bill/pricing-context.ts";
import type { UnpricedItem } from "../../cost-report.ts";
import { planRate, reservedPrice } from "../declared-commitments.ts";
import type { CommittablePool } from "../demand/node-demand.ts";
import type { PlanOffer, ReservationOffer } from "../mix/commitment-mix.ts";
import { usageOf } from "../mix/commitment-mix.ts";

/** A reserved instance on offer with where its price comes from. */
export interface PricedReservationOffer extends ReservationOffer {
  /** False: derived, recalled or of other regions. */
  readonly verified: boolean;
  readonly reasons: readonly Reason[];
}

/** What may be bought for the pools, and what has no price. */
export interface PricedOffers {
  readonly reservations: readonly PricedReservationOffer[];
  readonly plans: readonly PlanOffer[];
  readonly unpriced: readonly UnpricedItem[];
  readonly assumptions: readonly Assumption[];
}

const terms = [1, 3] as const;

/**
 * Reservations of the smallest size that each flexibility group has in each region, and savings plans, for the terms asked
 * for. A price that is missing, zero or no discount makes no offer; the first two are named as unpriced.
 */
export function commitmentOffers(context: PricingContext, pools: readonly CommittablePool[]): PricedOffers {
  const unpriced: UnpricedItem[] = unpricedPools(pools);
  const assumptions: Assumption[] = [];
  const groups = Map.groupBy(
    pools.filter(({ payAsYouGo }) => payAsYouGo !== undefined),
    ({ region, group }) => `${region}/${group}`,
  );
  const reservations = [...groups].flatMap(([key, members]) =>
    terms.flatMap((termYears) => {
      const offer = reservationOffer(context, key, members, termYears);
      assumptions.push(...offer.assumptions);
      if (offer.missing !== undefined) unpriced.push(offer.missing);
      return offer.offer === undefined ? [] : [offer.offer];
    }),
  );
  const plans = terms.flatMap((termYears) => {
    const plan = planOffer(context, pools, termYears);
    assumptions.push(...plan.assumptions);
    unpriced.push(...plan.unpriced);
    return plan.offer === undefined ? [] : [plan.offer];
  });
  return { reservations, plans, unpriced, assumptions };
}

function unpricedPools(pools: readonly CommittablePool[]): UnpricedItem[] {
  return pools
    .filter(({ payAsYouGo }) => payAsYouGo === undefined)
    .map(({ cluster, pool, vmSize, region }) => ({
      id: `commit/${cluster}/${pool}`,
      label: `Nodes of ${cluster}/${pool}`,
      reason: `the catalog has no price of ${vmSize} in ${region}`,
      hint: "check the size's name, or choose a priced size or region",
    }));
}

function reservationOffer(
  context: PricingContext,
  key: string,
  members: readonly CommittablePool[],
  termYears: 1 | 3,
): { readonly offer?: PricedReservationOffer; readonly missing?: UnpricedItem; readonly assumptions: Assumption[] } {
  const bySize = new Map(members.map((pool) => [pool.vmSize, pool]));
  const ascending = [...bySize.values()].toSorted(
    (left, right) => left.ratio - right.ratio || (left.vmSize < right.vmSize ? -1 : 1),
  );
  const id = `commit/${key}/${termYears}y`;
  for (const { vmSize, region, group, ratio, payAsYouGo = 0 } of ascending) {
    const price = reservedPrice(context, { vmSize, region, termYears }, id);
    if (price.amount === undefined || price.amount <= 0) continue;
    // A reservation is no better than pay as you go: nothing to buy, and nothing missing.
    if (price.amount >= payAsYouGo) return { assumptions: [] };
    const isKnown =
      price.assumptions.length === 0 && price.reasons.every((reason) => reason.kind !== "fact" || reason.verified);
    const offer = { id, region, group, vmSize, units: ratio, termYears, price: price.amount };
    return { offer: { ...offer, verified: isKnown, reasons: price.reasons }, assumptions: [...price.assumptions] };
  }
  const years = termYears === 1 ? "1-year" : "3-year";
  const sizes = ascending.map(({ vmSize }) => vmSize).join(", ");
  return {
    missing: {
      id,
      label: `${years} reservation of ${sizes} in ${ascending[0]?.region ?? key}`,
      reason: "no source of the catalog states a price, in this region or for the group elsewhere",
      hint: "refresh the price catalog for the region; until then it is no choice here",
    },
    assumptions: [],
  };
}

function planOffer(
  context: PricingContext,
  pools: readonly CommittablePool[],
  termYears: 1 | 3,
): {
  readonly offer: PlanOffer | undefined;
  readonly unpriced: readonly UnpricedItem[];
  readonly assumptions: readonly Assumption[];
} {
  const sizes = new Map(
    pools.filter(({ payAsYouGo }) => payAsYouGo !== undefined).map((pool) => [`${pool.region}/${pool.vmSize}`, pool]),
  );
  const rates = new Map<string, number>();
  for (const [key, pool] of sizes) {
    const rate = planRate(context, usageOf(pool, 0), termYears)?.amount;
    if (rate !== undefined && rate > 0) rates.set(key, rate);
  }
  const id = `commit/savings-plan/${termYears}y`;
  const without = [...sizes].filter(([key]) => !rates.has(key)).map(([, pool]) => pool);
  const saves = [...sizes].some(([key, { payAsYouGo = 0 }]) => (rates.get(key) ?? payAsYouGo) < payAsYouGo);
  if (!saves)
    return { offer: undefined, unpriced: without.map((pool) => missingRate(id, pool, termYears)), assumptions: [] };
  const rateOf = (pool: CommittablePool) => rates.get(`${pool.region}/${pool.vmSize}`) ?? pool.payAsYouGo ?? 0;
  const assumptions = without.map(({ vmSize, region }) =>
    assume(savingsPlanRateUnknown, `${id}/${region}/${vmSize}`, { vmSize, region, termYears }),
  );
  return {
    offer: { id, termYears, rateOf },
    unpriced: without.map((pool) => missingRate(id, pool, termYears)),
    assumptions,
  };
}

function missingRate(id: string, { vmSize, region }: CommittablePool, termYears: 1 | 3): UnpricedItem {
  return {
    id: `${id}/${region}/${vmSize}`,
    label: `${termYears === 1 ? "1-year" : "3-year"} savings-plan rate of ${vmSize} in ${region}`,
    reason: "no source of the catalog states it",
    hint: "refresh the price catalog for the region; until then a plan gives no discount on it here",
  };
}
