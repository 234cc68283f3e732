import { citation, type SourceTable } from "./catalog-source.ts";
import table from "./tables/commitment-exchange.json" with { type: "json" };

export const commitmentExchangeSources: SourceTable = table.sources;

/** Reservations of virtual machines bought before this day, `YYYY-MM-DD`, can be exchanged for others; later ones cannot. */
export function exchangeableBefore(): { readonly day: string; readonly source: string; readonly asOf: string } {
  const { boughtBefore, source } = table.virtualMachines;
  return { day: boughtBefore, ...citation(commitmentExchangeSources, source) };
}
