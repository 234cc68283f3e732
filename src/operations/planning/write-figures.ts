import type { Catalog } from "../../catalog/catalog.ts";
import { likelyValue } from "../../estate/figures/figure.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { priceEstate } from "../../finops/compute-cost.ts";
import { invoiceOf } from "../../finops/invoice/invoice.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import { valueStructure } from "./value-structure.ts";

/** What an estate comes to, by the engines that assess it. */
export interface EstateFigures {
  readonly clusters: number;
  readonly pools: number;
  /** Bill of a month in the estate's currency, as invoices have it. */
  readonly monthly: number;
  readonly currency: string;
  /** Minutes down a month by journey; undefined where it is not known. */
  readonly minutes: ReadonlyMap<string, number | undefined>;
  readonly downtimeMinutes: number;
}

export function estateFigures(estate: Estate, catalog: Catalog, today: string): EstateFigures {
  const priced = priceEstate(estate, placeWorkloads(estate, catalog), catalog, { today });
  const { minutes, downtimeMinutes } = valueStructure(estate, catalog, today);
  return {
    clusters: estate.clusters.length,
    pools: estate.clusters.reduce((sum, { nodePools }) => sum + nodePools.length, 0),
    monthly: likelyValue(invoiceOf(priced, "month").total) ?? 0,
    currency: priced.context.currency.code,
    minutes,
    downtimeMinutes,
  };
}
