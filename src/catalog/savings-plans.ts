import { citation, type SourceTable } from "./catalog-source.ts";
import type { Fact } from "./fact.ts";
import table from "./tables/savings-plans.json" with { type: "json" };
import { vmPrice } from "./vm-prices.ts";

export const savingsPlanSources: SourceTable = table.sources;

type Row = readonly [name: string, ...rates: (number | null)[]];
type SingleRow = readonly [
  region: string,
  name: string,
  paygPerHour: number | null,
  rate1y: number | null,
  rate3y: number | null,
  source: string,
];

const SAME_PRICE = 0.01;
const rowOf = new Map((table.rows as unknown as readonly Row[]).map((row) => [row[0].toLowerCase(), row]));
const single = table.single as unknown as readonly SingleRow[];

/** USD per hour under a compute savings plan; three-year rates are known for few sizes. */
export function savingsPlanPrice(region: string, vmSize: string, termYears: 1 | 3): Fact<number> | undefined {
  const name = vmSize.toLowerCase().replace(/^standard_/, "");
  const row = rowOf.get(name);
  const rate = termYears === 1 ? row?.[table.columns.indexOf(region)] : undefined;
  if (row !== undefined && typeof rate === "number") return factOf(region, row[0], 1, rate, "radar-2026-08-20");
  for (const each of single) {
    const [knownRegion, knownName, payAsYouGo, oneYear, threeYears, source] = each;
    const value = termYears === 1 ? oneYear : threeYears;
    if (knownRegion !== region || knownName.toLowerCase() !== name || value === null) continue;
    return { ...factOf(region, knownName, termYears, value, source), ...doubt(region, knownName, payAsYouGo) };
  }
  return undefined;
}

/** A rate read beside another pay-as-you-go price than today's is of another price level. */
function doubt(region: string, name: string, beside: number | null): { verified?: false; note?: string } {
  const now = vmPrice(region, `Standard_${name}`, "payAsYouGo")?.value;
  if (now === undefined || beside === null || Math.abs(now / beside - 1) <= SAME_PRICE) return {};
  return { verified: false, note: `read beside a pay-as-you-go price of ${beside}; it is ${now} now` };
}

function factOf(region: string, name: string, termYears: 1 | 3, value: number, source: string): Fact<number> {
  return {
    name: `Standard_${name} in ${region}, ${termYears}-year savings plan`,
    value,
    unit: "USD/hour",
    ...citation(savingsPlanSources, source),
    verified: true,
  };
}

/** Every rate with the pay-as-you-go price that its source states beside it, for the self-checks. */
export function savingsPlanSingles(): readonly SingleRow[] {
  return single;
}
