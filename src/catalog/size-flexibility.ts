import type { SizeFlexibility } from "./catalog.ts";
import { citation, type SourceTable } from "./catalog-source.ts";
import table from "./tables/size-flexibility.json" with { type: "json" };

export const sizeFlexibilitySources: SourceTable = table.sources;

type Row = readonly [group: string, source: string, ratios: { readonly [size: string]: number }];

const bySize = new Map<string, SizeFlexibility>();
const sizesOfGroup = new Map<string, readonly string[]>();
for (const [group, source, ratios] of table.rows as unknown as readonly Row[]) {
  sizesOfGroup.set(group, Object.keys(ratios).map(armName));
  for (const [size, ratio] of Object.entries(ratios)) {
    bySize.set(armName(size).toLowerCase(), {
      group,
      ratio: {
        name: `instance size flexibility ratio of ${armName(size)} in ${group}`,
        value: ratio,
        unit: "ratio",
        ...citation(sizeFlexibilitySources, source),
        verified: true,
      },
    });
  }
}

/** Sizes of other services than virtual machines stand under their own names. */
function armName(size: string): string {
  return size.startsWith("azure_") ? size : `Standard_${size}`;
}

/** The group and ratio by which one reservation covers other sizes; undefined for sizes without a group. */
export function sizeFlexibility(vmSize: string): SizeFlexibility | undefined {
  return bySize.get(vmSize.toLowerCase());
}

export function sizesInFlexibilityGroup(group: string): readonly string[] {
  return sizesOfGroup.get(group) ?? [];
}
