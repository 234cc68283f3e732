import { roundTogether } from "../../finops/allocation/round-together.ts";
import {
  instancesByQuantile,
  type LoadDurationCurve,
  loadDurationCurves,
} from "../../finops/commitments/demand/load-duration-curve.ts";
import type { NodeDemand } from "../../finops/commitments/demand/node-demand.ts";
import { billMix, type MixBill } from "../../finops/commitments/mix/bill-mix.ts";
import { type ChosenMix, chooseMix } from "../../finops/commitments/mix/choose-mix.ts";
import {
  type CommitmentOffers,
  emptyMix,
  type OwnedCommitments,
  type ReservationOffer,
} from "../../finops/commitments/mix/commitment-mix.ts";
import type { SpotCandidate } from "../../finops/commitments/offers/spot-candidates.ts";
import type { FallRisk } from "../../finops/commitments/risk/falling-demand.ts";
import type { ChoiceBasis } from "../../finops/commitments/risk/rate-sensitivity.ts";
import type { TenantUse } from "../../finops/commitments/risk/tenant-use.ts";
import type {
  BillParts,
  CommitmentCurve,
  CostCommitments,
  SpotChoice,
  TenantCommitments,
  WayToPay,
} from "./cost-commit-report.ts";

/** The parts of a bill, a month, to the cent: rounded so that they add up to its rounded total, as all reports have it. */
export function billParts(bill: MixBill, months: number): BillParts {
  const sum = (uses: readonly { readonly cost: number }[]) => uses.reduce((total, { cost }) => total + cost, 0);
  const owned = sum(bill.ownedReservations) + sum(bill.ownedPlans);
  const bought = sum(bill.reservations) + sum(bill.plans);
  const parts = [bill.payAsYouGo, bill.spot, owned, bought].map((amount) => amount / months);
  const total = cents(bill.total / months);
  const [payAsYouGo = 0, spot = 0, ownedCommitments = 0, purchases = 0] = roundTogether(parts, total, 2);
  return {
    payAsYouGo,
    spot,
    ownedCommitments,
    purchases,
    total,
    unused: cents(bill.unused / months),
    coverage: round(coverageOf(bill), 4),
  };
}

/** The same hours paid in other ways; each with the quantity that is best for it. */
export function waysToPay(basis: ChoiceBasis, chosen: ChosenMix): readonly WayToPay[] {
  const { demand, owned, offers, solver } = basis;
  const now = billMix(demand, owned, emptyMix);
  const nowTotal = billParts(now, demand.months).total;
  const row = (way: WayToPay["way"], termYears: 1 | 3 | undefined, label: string, bill: MixBill): WayToPay => {
    const { total, unused, coverage } = billParts(bill, demand.months);
    return { way, termYears, label, monthly: total, difference: cents(total - nowTotal), unused, coverage };
  };
  const only = (kept: Partial<CommitmentOffers>) =>
    chooseMix(demand, owned, { reservations: [], plans: [], spot: [], ...kept }, solver).bill;
  const nothingOwned: OwnedCommitments = { reservations: [], plans: [] };
  const terms = [1, 3] as const;
  const added = owned.reservations.length + owned.plans.length > 0 ? "as now, and " : "";
  return [
    row("asNow", undefined, "As now", now),
    row("payAsYouGo", undefined, "All pay as you go, nothing owned", billMix(demand, nothingOwned, emptyMix)),
    ...terms.flatMap((termYears) => {
      const reservations = offers.reservations.filter((each) => each.termYears === termYears);
      if (reservations.length === 0) return [];
      return [row("reservations", termYears, `${added}reservations of ${years(termYears)}`, only({ reservations }))];
    }),
    ...terms.flatMap((termYears) => {
      const plans = offers.plans.filter((each) => each.termYears === termYears);
      if (plans.length === 0) return [];
      return [row("savingsPlan", termYears, `${added}a savings plan of ${years(termYears)}`, only({ plans }))];
    }),
    row("best", undefined, "What is advised", chosen.bill),
  ];
}

/** Curves with what is owned, bought and worth a commitment. */
export function commitmentCurves(
  demand: NodeDemand,
  owned: OwnedCommitments,
  reservations: readonly ReservationOffer[],
  { mix }: ChosenMix,
): readonly CommitmentCurve[] {
  return loadDurationCurves(demand).map((curve) => {
    const isOwn = (each: { readonly region: string; readonly group: string }) =>
      each.region === curve.region && each.group === curve.group;
    const offers = reservations.filter(isOwn);
    const list = unitPrice(demand, curve);
    const ratioOf = ({ price, units }: ReservationOffer) => (list > 0 ? price / units / list : 1);
    return {
      region: curve.region,
      group: curve.group,
      vmSizes: curve.vmSizes,
      steps: curve.steps.map(({ units, share }) => ({ units, hoursPerDay: round(24 * share, 4) })),
      meanUnits: round(curve.meanUnits, 4),
      peakUnits: curve.peakUnits,
      ownedUnits: owned.reservations.filter(isOwn).reduce((sum, { units }) => sum + units, 0),
      boughtUnits: mix.reservations
        .filter(({ offer, year }) => isOwn(offer) && (year ?? 0) === 0)
        .reduce((sum, { offer, instances }) => sum + offer.units * instances, 0),
      breakEvens: offers.map((offer) => ({
        termYears: offer.termYears,
        hoursPerDay: round(24 * ratioOf(offer), 4),
      })),
      unitsByQuantile: offers.map((offer) => ({
        termYears: offer.termYears,
        units: offer.units * instancesByQuantile(curve, offer.units, ratioOf(offer)),
      })),
    };
  });
}

/** Pay-as-you-go price of a unit of a group; sizes of a group cost the same a unit but for rounding. */
function unitPrice({ pools }: NodeDemand, { region, group }: LoadDurationCurve): number {
  const own = pools.filter((pool) => pool.region === region && pool.group === group);
  const prices = own.flatMap(({ payAsYouGo, ratio }) => (payAsYouGo === undefined ? [] : [payAsYouGo / ratio]));
  return prices.toSorted((left, right) => left - right)[Math.floor((prices.length - 1) / 2)] ?? 0;
}

export function spotChoices(
  candidates: readonly SpotCandidate[],
  allowed: boolean,
  { mix }: ChosenMix,
): readonly SpotChoice[] {
  return candidates.map(({ pool, cluster, name, vmSize, price, payAsYouGo, obstacle }) => {
    const chosen = mix.spot.some((each) => each.pool === pool);
    const reason = obstacle ?? (allowed ? "commitments cost less for it" : "left out as asked");
    return {
      pool: `${cluster}/${name}`,
      vmSize,
      spot: price,
      payAsYouGo,
      chosen,
      reason: chosen ? undefined : reason,
    };
  });
}

export function tenantRows(rows: readonly TenantUse[]): readonly TenantCommitments[] {
  return rows.map(({ part, tenant, list, covered, cost, unused }) => ({
    part,
    tenant,
    list: cents(list),
    cost: cents(cost),
    unused: cents(unused),
    coverage: round(list > 0 ? covered / list : 0, 4),
  }));
}

export function riskView(risk: FallRisk): CostCommitments["risk"] {
  return {
    mostFallPercent: round(100 * risk.mostFall, 2),
    breakEvenFallPercent: risk.breakEvenFall === undefined ? undefined : round(100 * risk.breakEvenFall, 1),
    chanceOfLoss: round(risk.chanceOfLoss, 4),
    expectedUnused: cents(risk.expectedUnused),
    expectedSaving: cents(risk.expectedSaving),
    falls: risk.points.map(({ fall, withMix, without, unused }) => ({
      fallPercent: round(100 * fall, 2),
      withPurchases: cents(withMix),
      without: cents(without),
      unused: cents(unused),
    })),
  };
}

function coverageOf({ pools }: MixBill): number {
  const list = pools.reduce((sum, pool) => sum + pool.list, 0);
  return list > 0 ? pools.reduce((sum, pool) => sum + pool.coveredList, 0) / list : 0;
}

function years(term: 1 | 3): string {
  return term === 1 ? "1 year" : "3 years";
}

function cents(value: number): number {
  return round(value, 2);
}

function round(value: number, digits: number): number {
  const rounded = Number(value.toFixed(digits));
  return rounded === 0 ? 0 : rounded;
}
