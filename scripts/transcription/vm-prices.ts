import { PRICE_SOURCES, priceSource, sourcesOf } from "./price-sources.ts";
import { bySizeName, shortSize, type Table } from "./table.ts";

interface RawPrice {
  readonly payg: number;
  readonly spot?: number;
  readonly src: string;
  readonly spotSrc?: string;
}

export interface RawPrices {
  readonly virtualMachines: { readonly [region: string]: { readonly [size: string]: RawPrice } };
}

export interface RawSavingsPlans {
  readonly savingsPlans: readonly {
    readonly region: string;
    readonly source: string;
    readonly columns: readonly string[];
    readonly rates: { readonly [size: string]: readonly (number | null)[] };
  }[];
}

const LETTERS: Readonly<Record<string, string>> = {
  "radar-2026-08-20": "R",
  "karpenter-2026-06-18": "K",
  "karpenter-2026-06-18-corrected": "C",
};
const SPOT_REGIONS = ["westeurope", "northeurope", "swedencentral", "eastus2"] as const;
/** Regions whose pay-as-you-go prices stand only beside their savings-plan rates. */
const SAVINGS_PLAN_REGIONS = ["francecentral", "belgiumcentral"] as const;

/**
 * Linux prices in USD per hour. A cell of `source` is one letter a region: R, K (as published) or C (corrected).
 * Spot values are one day's snapshot.
 */
export function transcribeVmPrices(raw: RawPrices, platform: RawSavingsPlans): Table {
  const regions = [...Object.keys(raw.virtualMachines), ...SAVINGS_PLAN_REGIONS];
  const byRegion = new Map<string, Map<string, RawPrice>>();
  for (const region of Object.keys(raw.virtualMachines)) {
    byRegion.set(region, new Map(Object.entries(raw.virtualMachines[region] ?? {})));
  }
  for (const region of SAVINGS_PLAN_REGIONS) byRegion.set(region, besideSavingsPlans(platform, region));
  const names = new Set([...byRegion.values()].flatMap((prices) => [...prices.keys()]));
  const rows = [...names].toSorted(bySizeName).map((name) => {
    const cells = regions.map((region) => byRegion.get(region)?.get(name));
    return [
      shortSize(name),
      cells.map((cell) => (cell === undefined ? "." : letter(cell.src))).join(""),
      ...cells.map((cell) => cell?.payg ?? null),
      ...SPOT_REGIONS.map((region) => byRegion.get(region)?.get(name)?.spot ?? null),
    ];
  });
  return {
    title: "Linux virtual machine list prices, USD per hour",
    sources: sourcesOf([...Object.keys(LETTERS), "finops-snapshot-2026"]),
    letters: Object.fromEntries(Object.entries(LETTERS).map(([id, short]) => [short, id])),
    regions,
    spotRegions: Object.fromEntries(
      SPOT_REGIONS.map((region) => [region, region === "eastus2" ? "finops-snapshot-2026" : "radar-2026-08-20"]),
    ),
    columns: ["name", "source", ...regions, ...SPOT_REGIONS.map((region) => `spot:${region}`)],
    rows,
  };
}

function besideSavingsPlans(platform: RawSavingsPlans, region: string): Map<string, RawPrice> {
  const plan = platform.savingsPlans.find((each) => each.region === region && each.source === "radar-2026-08-20");
  if (plan === undefined || plan.columns[0] !== "paygPerHour") throw new Error(`no savings-plan rates for ${region}`);
  const prices = Object.entries(plan.rates).map(([size, [payg]]) => {
    if (typeof payg !== "number" || payg <= 0) throw new Error(`no price of ${size} in ${region}`);
    return [size, { payg, src: "R" }] as const;
  });
  return new Map(prices);
}

function letter(source: string): string {
  const short = LETTERS[priceSource(source)];
  if (short === undefined) throw new Error(`no letter for source ${source} of ${Object.keys(PRICE_SOURCES).length}`);
  return short;
}
