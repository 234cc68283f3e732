import { exactFigure, type Figure, type Reason } from "../../estate/figures/figure.ts";
import type { CommitmentUse } from "../../finops/commitments/mix/bill-mix.ts";
import type { ChosenMix } from "../../finops/commitments/mix/choose-mix.ts";
import type { PlanPurchase, ReservationPurchase } from "../../finops/commitments/mix/commitment-mix.ts";
import type { PricedReservationOffer } from "../../finops/commitments/offers/commitment-offers.ts";
import {
  type ChoiceBasis,
  planSensitivity,
  type RateSensitivity,
  reservationSensitivity,
} from "../../finops/commitments/risk/rate-sensitivity.ts";
import type { CommitmentPurchase } from "./cost-commit-report.ts";

/** What the rows of purchases stand on. */
export interface PurchaseBasis {
  readonly choice: ChoiceBasis;
  readonly chosen: ChosenMix;
  /** The mix with the trifles that the chosen one leaves out: neighbours are compared with it. */
  readonly exact: ChosenMix;
  readonly offers: readonly PricedReservationOffer[];
  /** Reasons of a plan's rates. */
  readonly planReasons: readonly Reason[];
  readonly currency: string;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

const hoursPerMonth = 730;
const hoursPerYear = 8_760;

/** Every purchase of a mix: first those of now, the dearest first. */
export function purchaseRows(basis: PurchaseBasis): readonly CommitmentPurchase[] {
  const { mix, bill } = basis.chosen;
  const rows = [
    ...mix.reservations.map((purchase, index) => reservationRow(basis, purchase, bill.reservations[index])),
    ...mix.plans.map((purchase, index) => planRow(basis, purchase, bill.plans[index])),
  ];
  return rows.toSorted(
    (left, right) =>
      left.afterYears - right.afterYears || right.termTotal / right.termYears - left.termTotal / left.termYears,
  );
}

const notUsed: CommitmentUse = { cost: 0, unused: 0, replaced: 0 };

function reservationRow(
  basis: PurchaseBasis,
  purchase: ReservationPurchase,
  use: CommitmentUse = notUsed,
): CommitmentPurchase {
  const { offer, year, instances } = purchase;
  const { termYears, vmSize, region, group, price } = offer;
  const priced = basis.offers.find(({ id }) => id === offer.id);
  const sensitivity = firstYear(year) === 0 ? reservationSensitivity(basis.choice, basis.exact, purchase) : undefined;
  const text = `${instances} × ${amount(price)} ${basis.currency} × ${hoursPerMonth} h: ${instances * offer.units} units of ${group}, each ${vmSize} is ${offer.units}`;
  return row(basis, {
    id: `${offer.id}${suffix(year)}`,
    kind: "reservation",
    label: `${instances} × ${vmSize} in ${region}, ${years(termYears)}`,
    termYears,
    region,
    group,
    vmSize,
    instances,
    unitPrice: price,
    priceVerified: priced?.verified ?? false,
    year,
    hourly: instances * price,
    use,
    sensitivity,
    reasons: [{ kind: "formula", text }, ...(priced?.reasons ?? [])],
  });
}

function planRow(basis: PurchaseBasis, purchase: PlanPurchase, use: CommitmentUse = notUsed): CommitmentPurchase {
  const { offer, year, hourlyCommitment } = purchase;
  const sensitivity = firstYear(year) === 0 ? planSensitivity(basis.choice, basis.exact, purchase) : undefined;
  const text = `${amount(hourlyCommitment)} ${basis.currency} an hour × ${hoursPerMonth} h, spent on what it discounts most first`;
  return row(basis, {
    id: `${offer.id}${suffix(year)}`,
    kind: "savingsPlan",
    label: `Compute savings plan, ${years(offer.termYears)}`,
    termYears: offer.termYears,
    region: undefined,
    group: undefined,
    vmSize: undefined,
    instances: undefined,
    unitPrice: hourlyCommitment,
    priceVerified: basis.planReasons.every((reason) => reason.kind !== "fact" || reason.verified),
    year,
    hourly: hourlyCommitment,
    use,
    sensitivity,
    reasons: [{ kind: "formula", text, source: "savings-plan discount-application, 2025-01" }, ...basis.planReasons],
  });
}

interface RowTerms
  extends Pick<
    CommitmentPurchase,
    "id" | "kind" | "label" | "termYears" | "region" | "group" | "vmSize" | "instances" | "unitPrice" | "priceVerified"
  > {
  readonly year: number | undefined;
  /** Money committed in an hour. */
  readonly hourly: number;
  readonly use: CommitmentUse;
  readonly sensitivity: RateSensitivity | undefined;
  readonly reasons: readonly Reason[];
}

function row(basis: PurchaseBasis, terms: RowTerms): CommitmentPurchase {
  const { year, hourly, use, sensitivity, reasons, ...own } = terms;
  const { demand } = basis.choice;
  const months = monthsOf(basis, year);
  const utilisation = use.cost > 0 ? 1 - use.unused / use.cost : 0;
  // What it costs when all of it is used, against what it replaces then.
  const ratio = use.replaced > 0 ? (use.cost * utilisation) / use.replaced : undefined;
  const breakEven = ratio === undefined || utilisation <= 0 ? undefined : ratio;
  const monthly: Figure = exactFigure(
    own.id,
    own.label,
    `${basis.currency}/month`,
    cents(hourly * hoursPerMonth),
    reasons,
  );
  const savesReasons: Reason[] = [
    {
      kind: "formula",
      text: `${cents(use.replaced / months)} at pay as you go for what it covers − ${cents(use.cost / months)} that it costs a month, ${cents(use.unused / months)} of it unused, over ${demand.months} months`,
    },
    { kind: "figure", figure: monthly },
  ];
  return {
    ...own,
    afterYears: firstYear(year),
    monthly,
    saves: exactFigure(
      `${own.id}/saves`,
      `Saved by: ${own.label}`,
      `${basis.currency}/month`,
      cents((use.replaced - use.cost) / months),
      savesReasons,
    ),
    unused: cents(use.unused / months),
    utilisation: round(utilisation, 4),
    termTotal: cents(hourly * hoursPerYear * own.termYears),
    breakEvenUtilisation: breakEven === undefined ? undefined : round(breakEven, 4),
    breakEvenHoursPerDay: breakEven === undefined ? undefined : round(24 * breakEven, 2),
    priceMayRisePercent: sensitivity === undefined ? undefined : round(100 * sensitivity.mayRise, 1),
    priceMayFallPercent: sensitivity?.mayFall === undefined ? undefined : round(100 * sensitivity.mayFall, 1),
    lockedUntil: endOfTerm(basis.today, firstYear(year), own.termYears),
  };
}

function firstYear(year: number | undefined): number {
  return year ?? 0;
}

function suffix(year: number | undefined): string {
  return firstYear(year) === 0 ? "" : `/after-${firstYear(year)}y`;
}

/** Months in which a purchase counts: all, or those of its year and the years like it. */
function monthsOf({ choice: { demand } }: PurchaseBasis, year: number | undefined): number {
  if (year === undefined) return demand.months;
  const { months = demand.months, times = 1 } = demand.years[year] ?? {};
  return months * times;
}

/** The last day of a term that begins today, or so many years later. */
function endOfTerm(today: string, afterYears: number, termYears: number): string {
  const [year = 1970, month = 1, date = 1] = today.split("-").map(Number);
  return new Date(Date.UTC(year + afterYears + termYears, month - 1, date - 1)).toISOString().slice(0, 10);
}

function years(term: 1 | 3): string {
  return term === 1 ? "1 year" : "3 years";
}

function amount(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function cents(value: number): number {
  return round(value, 2);
}

function round(value: number, digits: number): number {
  const rounded = Number(value.toFixed(digits));
  return rounded === 0 ? 0 : rounded;
}
