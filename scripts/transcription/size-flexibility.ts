import { priceSource, sourcesOf } from "./price-sources.ts";
import type { Table } from "./table.ts";

/** Instance-size-flexibility groups: one reservation of ratio r serves sizes of its group that sum to r. */
export function transcribeSizeFlexibility(raw: {
  readonly instanceSizeFlexibility: {
    readonly note: string;
    readonly groups: readonly {
      readonly group: string;
      readonly source: string;
      readonly sizes: { readonly [size: string]: number };
    }[];
  };
}): Table {
  const { groups, note } = raw.instanceSizeFlexibility;
  const rows = groups.map((group) => [
    group.group,
    priceSource(group.source),
    Object.fromEntries(Object.entries(group.sizes).map(([size, ratio]) => [size.replace(/^Standard_/, ""), ratio])),
  ]);
  return {
    title: "Instance size flexibility groups of virtual machine reservations",
    sources: sourcesOf(groups.map((group) => group.source)),
    note,
    columns: ["group", "source", "ratios"],
    rows,
  };
}
