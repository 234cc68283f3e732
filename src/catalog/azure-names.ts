import table from "./tables/azure-names.json" with { type: "json" };

export interface AzureNameRule {
  readonly kind: string;
  /** ARM type. */
  readonly type: string;
  /** Abbreviation that names begin with. */
  readonly prefix: string;
  readonly shortest: number;
  readonly longest: number;
  readonly characters: "hyphens" | "lowerHyphens" | "alphanumerics" | "lowerAlphanumerics";
  /** True where nobody else in the world may have the name. */
  readonly isGlobal: boolean;
}

type NameRow = readonly [string, string, string, number, number, AzureNameRule["characters"], number];

/** What Azure takes as names of resources, by kind. */
export const azureNameRules: ReadonlyMap<string, AzureNameRule> = new Map(
  (table.rows as unknown as readonly NameRow[]).map(([kind, type, prefix, shortest, longest, characters, global]) => [
    kind,
    { kind, type, prefix, shortest, longest, characters, isGlobal: global === 1 },
  ]),
);
