import { priceSource, sourcesOf } from "./price-sources.ts";
import { bySizeName, shortSize, type Table } from "./table.ts";
import type { RawSavingsPlans } from "./vm-prices.ts";

interface RawReservation {
  readonly region: string;
  readonly sku: string;
  readonly paygPerHour: number;
  readonly total1y?: number;
  readonly total3y?: number;
  readonly effective?: string;
  readonly source: string;
  readonly verified: boolean;
  readonly note?: string;
}

interface RawSixReservations {
  readonly reservations: readonly {
    readonly region: string;
    readonly sku: string;
    readonly paygPerHour: number;
    readonly src: string;
    readonly reservation1yTotal?: number;
    readonly reservation3yTotal?: number;
    readonly savingsPlan1yPerHour?: number;
    readonly savingsPlan3yPerHour?: number;
  }[];
  readonly reservationRatios2020: {
    readonly series: {
      readonly [series: string]: {
        readonly [region: string]: { readonly n: number; readonly ratio1y: number; readonly ratio3y: number };
      };
    };
  };
}

interface RawPlatformReservations {
  readonly reservations: readonly RawReservation[];
  readonly paasReservations: readonly {
    readonly service: string;
    readonly item: string;
    readonly region: string;
    readonly total1y: number;
    readonly total3y: number;
    readonly paygPerHour: number | null;
    readonly source: string;
    readonly note?: string;
  }[];
}

/**
 * Reservations as term totals in USD. Where two sources differ for the same size, the row preferred stands first:
 * the undated snapshot is probably the later one, and it is dearer.
 */
export function transcribeCommitments(six: RawSixReservations, platform: RawPlatformReservations): Table {
  const rows: unknown[][] = [];
  const seen = new Set<string>();
  const add = (row: RawReservation) => {
    const source = priceSource(row.source);
    const key = `${row.region} ${row.sku} ${source}`;
    if (seen.has(key)) return;
    seen.add(key);
    rows.push([
      row.region,
      shortSize(row.sku),
      row.paygPerHour,
      row.total1y ?? null,
      row.total3y ?? null,
      source,
      row.verified ? 1 : 0,
      row.effective ?? null,
      row.note ?? null,
    ]);
  };
  for (const row of six.reservations) {
    const source = priceSource(row.src);
    const lowTrust = source === "code-comment-2026-08" || source === "test-fixture-2020";
    add({
      region: row.region,
      sku: row.sku,
      paygPerHour: row.paygPerHour,
      ...(row.reservation1yTotal === undefined ? {} : { total1y: row.reservation1yTotal }),
      ...(row.reservation3yTotal === undefined ? {} : { total3y: row.reservation3yTotal }),
      source,
      verified: !lowTrust,
      ...(lowTrust ? { note: "source of low trust" } : {}),
    });
  }
  for (const row of platform.reservations) add(row);
  return {
    title: "Virtual machine reservations, USD for the whole term",
    sources: sourcesOf([...new Set(rows.map((row) => String(row[5]))), "vmchooser-2020"]),
    ratios2020: six.reservationRatios2020.series,
    platformServices: platform.paasReservations.map(
      ({ service, item, region, total1y, total3y, paygPerHour, source, note }) => ({
        service,
        item,
        region,
        total1y,
        total3y,
        paygPerHour,
        source: priceSource(source),
        ...(note === undefined ? {} : { note }),
      }),
    ),
    columns: ["region", "name", "paygPerHour", "total1y", "total3y", "source", "verified", "effective", "note"],
    rows,
  };
}

/** Savings-plan rates in USD per hour: the big regions as columns (1 year), every other rate as a row of its own. */
export function transcribeSavingsPlans(platform: RawSavingsPlans): Table {
  const big = platform.savingsPlans.filter((plan) => plan.source === "radar-2026-08-20");
  const names = new Set(big.flatMap((plan) => Object.keys(plan.rates)));
  const rows = [...names]
    .toSorted(bySizeName)
    .map((name) => [shortSize(name), ...big.map((plan) => plan.rates[name]?.[1] ?? null)]);
  const single = platform.savingsPlans
    .filter((plan) => !big.includes(plan))
    .flatMap((plan) =>
      Object.entries(plan.rates).map(([size, [payg, oneYear, threeYears]]) => [
        plan.region,
        shortSize(size),
        payg ?? null,
        oneYear ?? null,
        threeYears ?? null,
        priceSource(plan.source),
      ]),
    )
    // The later source first: a look-up takes the first row.
    .toSorted(
      (left, right) => Number(right[5] === "finops-snapshot-2026") - Number(left[5] === "finops-snapshot-2026"),
    );
  return {
    title: "Compute savings-plan rates, USD per hour",
    sources: sourcesOf(["radar-2026-08-20", ...new Set(single.map((row) => String(row[5])))]),
    regions: big.map((plan) => plan.region),
    singleColumns: ["region", "name", "paygPerHour", "rate1y", "rate3y", "source"],
    single,
    columns: ["name", ...big.map((plan) => plan.region)],
    rows,
  };
}
