import { citation, type SourceTable } from "./catalog-source.ts";
import type { Fact } from "./fact.ts";
import { sizeFlexibility } from "./size-flexibility.ts";
import table from "./tables/reservations.json" with { type: "json" };
import { vmPrice } from "./vm-prices.ts";

export const reservationSources: SourceTable = table.sources;

type Row = readonly [
  region: string,
  name: string,
  paygPerHour: number,
  total1y: number | null,
  total3y: number | null,
  source: string,
  verified: 0 | 1,
  effective?: string | null,
  note?: string | null,
];

/** One published reservation price: the totals hold for the whole term, whatever the unit of measure says. */
export interface Reservation {
  readonly region: string;
  readonly vmSize: string;
  readonly payAsYouGoPerHour: number;
  readonly totals: { readonly 1: number | undefined; readonly 3: number | undefined };
  readonly source: string;
  readonly verified: boolean;
  readonly note: string | undefined;
}

const HOURS_OF_TERM = { 1: 8_760, 3: 26_280 } as const;

export const reservations: readonly Reservation[] = (table.rows as unknown as readonly Row[]).map((row) => ({
  region: row[0],
  vmSize: `Standard_${row[1]}`,
  payAsYouGoPerHour: row[2],
  totals: { 1: row[3] ?? undefined, 3: row[4] ?? undefined },
  source: row[5],
  verified: row[6] === 1,
  note: row[8] ?? undefined,
}));

/** Reservations of platform services (databases, caches, plans), as term totals in USD. */
export const platformReservations: readonly {
  readonly service: string;
  readonly item: string;
  readonly region: string;
  readonly total1y: number;
  readonly total3y: number;
  readonly paygPerHour: number | null;
  readonly source: string;
}[] = table.platformServices;

/**
 * USD per hour of a reservation, amortised over its term. In this order: published for the size; derived in the same
 * region from another size of its flexibility group; the ratio of April 2020 of its series in the region. Ratios are
 * never carried across regions here.
 */
export function reservationPrice(region: string, vmSize: string, termYears: 1 | 3): Fact<number> | undefined {
  return (
    publishedPrice(region, vmSize, termYears) ??
    priceInGroup(region, vmSize, termYears) ??
    priceByRatioOf2020(region, vmSize, termYears)
  );
}

function hourly(reservation: Reservation, termYears: 1 | 3): number | undefined {
  const total = reservation.totals[termYears];
  return total === undefined ? undefined : total / HOURS_OF_TERM[termYears];
}

function nameOf(region: string, vmSize: string, termYears: 1 | 3): string {
  return `${vmSize} in ${region}, ${termYears}-year reservation`;
}

function publishedPrice(region: string, vmSize: string, termYears: 1 | 3): Fact<number> | undefined {
  const published = reservations.filter((each) => each.region === region && sameSize(each.vmSize, vmSize));
  const [first, ...others] = published.filter((each) => each.totals[termYears] !== undefined);
  const price = first === undefined ? undefined : hourly(first, termYears);
  if (first === undefined || price === undefined) return undefined;
  const conflicts = others.filter((other) => other.totals[termYears] !== first.totals[termYears]);
  const conflict = conflicts.map((other) => `${other.source} says ${other.totals[termYears]} for the term`).join("; ");
  const note = [first.note, conflict === "" ? undefined : conflict].filter((each) => each !== undefined).join("; ");
  return {
    name: nameOf(region, first.vmSize, termYears),
    value: price,
    unit: "USD/hour",
    ...citation(reservationSources, first.source),
    verified: first.verified,
    ...(note === "" ? {} : { note }),
  };
}

function priceInGroup(region: string, vmSize: string, termYears: 1 | 3): Fact<number> | undefined {
  const own = sizeFlexibility(vmSize);
  if (own === undefined) return undefined;
  const payAsYouGo = vmPrice(region, vmSize, "payAsYouGo");
  for (const known of reservations) {
    const flexibility = sizeFlexibility(known.vmSize);
    const price = hourly(known, termYears);
    if (known.region !== region || flexibility?.group !== own.group || price === undefined) continue;
    const value = (price * own.ratio.value) / flexibility.ratio.value;
    // No reservation costs more than it saves: sources disagree on the ratios of this group.
    if (value >= (payAsYouGo?.value ?? Number.POSITIVE_INFINITY)) continue;
    return {
      name: nameOf(region, vmSize, termYears),
      value,
      unit: "USD/hour",
      ...citation(reservationSources, known.source),
      verified: false,
      note: `derived from ${known.vmSize} by the ratios of ${own.group}`,
    };
  }
  return undefined;
}

function priceByRatioOf2020(region: string, vmSize: string, termYears: 1 | 3): Fact<number> | undefined {
  const series = seriesOf(vmSize);
  const payAsYouGo = vmPrice(region, vmSize, "payAsYouGo");
  const ratios: { readonly [series: string]: { readonly [region: string]: { ratio1y: number; ratio3y: number } } } =
    table.ratios2020;
  const key = Object.keys(ratios).find((each) => each.toLowerCase() === series?.toLowerCase());
  const ratio = key === undefined ? undefined : ratios[key]?.[region];
  if (payAsYouGo === undefined || ratio === undefined) return undefined;
  const value = termYears === 1 ? ratio.ratio1y : ratio.ratio3y;
  return {
    name: nameOf(region, vmSize, termYears),
    value: payAsYouGo.value * value,
    unit: "USD/hour",
    ...citation(reservationSources, "vmchooser-2020"),
    verified: false,
    note: `median ratio ${value} of series ${key} in April 2020 on today's pay-as-you-go price`,
  };
}

/** Series as the table of 2020 writes it (`Dsv3`, `Esv3`, `Bs`); undefined for names of another form. */
function seriesOf(vmSize: string): string | undefined {
  const parts = /^Standard_([A-Z]+?)(S?)\d+(?:-\d+)?([a-z]*)(?:_v(\d+))?$/.exec(vmSize);
  if (parts === null) return undefined;
  const [, family = "", premium = "", features = "", version] = parts;
  if (family === "M") return version === undefined ? "M" : `Mv${version}`;
  const kept = `${premium.toLowerCase()}${features.replace(/[mirt]/g, "")}`;
  return `${family}${kept}${version === undefined ? "" : `v${version}`}`;
}

/**
 * Median ratio of reserved to pay-as-you-go price over the published reservations of the size's flexibility group in
 * any region. Never verified: ratios differ between regions.
 */
export function reservationRatioElsewhere(vmSize: string, termYears: 1 | 3): Fact<number> | undefined {
  const group = sizeFlexibility(vmSize)?.group;
  if (group === undefined) return undefined;
  const known = reservations
    .filter((each) => each.totals[termYears] !== undefined && sizeFlexibility(each.vmSize)?.group === group)
    .map((each) => ({ ratio: (hourly(each, termYears) ?? 0) / each.payAsYouGoPerHour, reservation: each }))
    .toSorted((left, right) => left.ratio - right.ratio);
  const middle = known[Math.floor((known.length - 1) / 2)];
  const [lowest, highest] = [known[0], known.at(-1)];
  if (middle === undefined || lowest === undefined || highest === undefined) return undefined;
  const regions = [...new Set(known.map((each) => each.reservation.region))].toSorted().join(", ");
  return {
    name: `reserved to pay-as-you-go price of ${group}, ${termYears} years, other regions`,
    value: middle.ratio,
    unit: "ratio",
    ...citation(reservationSources, middle.reservation.source),
    verified: false,
    note: `median of ${known.length} in ${regions}, ${lowest.ratio.toFixed(3)} to ${highest.ratio.toFixed(3)}; ratios differ between regions`,
  };
}

function sameSize(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
