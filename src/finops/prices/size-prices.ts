import type { Catalog } from "../../catalog/catalog.ts";
import type { Fact } from "../../catalog/fact.ts";

/** A dated price in USD per hour with where it comes from. */
interface PriceRow {
  readonly value: number;
  readonly unit: "USD/hour";
  /** Per month of 730 hours. */
  readonly monthly: number;
  readonly source: string;
  readonly asOf: string;
  readonly verified: boolean;
  readonly note?: string;
}

/** A committed price beside pay as you go. */
interface CommittedPriceRow extends PriceRow {
  readonly termYears: 1 | 3;
  /** All that is paid over the term, in USD. */
  readonly termTotal: number;
  /** Share of the pay-as-you-go price; undefined where that is not known. */
  readonly ratio: number | undefined;
  /** Hours a day from which the commitment costs less than pay as you go: 24 × ratio. */
  readonly breakEvenHoursPerDay: number | undefined;
}

/** All prices of a size in a region that some source states. */
export interface SizePrices {
  readonly vmSize: string;
  readonly region: string;
  readonly vcpu: number | undefined;
  readonly memoryGiB: number | undefined;
  readonly payAsYouGo: PriceRow | undefined;
  readonly spot: PriceRow | undefined;
  readonly reservation: readonly CommittedPriceRow[];
  readonly savingsPlan: readonly CommittedPriceRow[];
  /** What no source states, in words. */
  readonly missing: readonly string[];
}

const hoursPerYear = 8_760;
const hoursPerMonth = 730;
const terms = [1, 3] as const;

/** The price rows of a size in a region; a price that no source states is named in `missing`, never guessed. */
export function sizePrices(catalog: Catalog, vmSize: string, region: string): SizePrices {
  const size = catalog.vmSize(vmSize);
  const name = size?.name ?? vmSize;
  const list = catalog.vmPrice(region, name, "payAsYouGo");
  const spot = catalog.vmPrice(region, name, "spot");
  const committed = (of: (termYears: 1 | 3) => Fact<number> | undefined) =>
    terms.flatMap((termYears) => {
      const fact = of(termYears);
      if (fact === undefined || isImplausible(fact, list)) return [];
      return [committedRow(fact, termYears, list?.value)];
    });
  const reservation = committed((termYears) => catalog.reservationPrice(region, name, termYears));
  const savingsPlan = committed((termYears) => catalog.savingsPlanPrice(region, name, termYears));
  const missingTerms = (rows: readonly CommittedPriceRow[], what: string) =>
    terms
      .filter((term) => !rows.some(({ termYears }) => termYears === term))
      .map((term) => `${what} of ${term} ${term === 1 ? "year" : "years"}`);
  return {
    vmSize: name,
    region,
    vcpu: size?.vcpu,
    memoryGiB: size?.memoryGiB,
    payAsYouGo: list === undefined ? undefined : rowOf(list),
    spot: spot === undefined ? undefined : rowOf(spot),
    reservation,
    savingsPlan,
    missing: [
      ...(list === undefined ? ["pay as you go"] : []),
      ...(spot === undefined ? ["spot"] : []),
      ...missingTerms(reservation, "reservation"),
      ...missingTerms(savingsPlan, "savings plan"),
    ],
  };
}

/** A price that was derived and is no discount says more of the derivation than of the size. */
function isImplausible({ value, verified }: Fact<number>, list: Fact<number> | undefined): boolean {
  return !verified && list !== undefined && value >= list.value;
}

function rowOf({ value, source, asOf, verified, note }: Fact<number>): PriceRow {
  const monthly = value * hoursPerMonth;
  return { value, unit: "USD/hour", monthly, source, asOf, verified, ...(note === undefined ? {} : { note }) };
}

function committedRow(fact: Fact<number>, termYears: 1 | 3, list: number | undefined): CommittedPriceRow {
  const ratio = list === undefined || list <= 0 ? undefined : fact.value / list;
  return {
    ...rowOf(fact),
    termYears,
    termTotal: fact.value * hoursPerYear * termYears,
    ratio,
    breakEvenHoursPerDay: ratio === undefined ? undefined : 24 * ratio,
  };
}
