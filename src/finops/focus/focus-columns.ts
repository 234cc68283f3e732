import table from "./focus-columns.json" with { type: "json" };

type FocusType = "String" | "Decimal" | "DateTime" | "JSON";

/** A column of the FOCUS cost and usage dataset. */
export interface FocusColumn {
  readonly name: string;
  readonly featureLevel: "mandatory" | "conditional" | "recommended";
  readonly nullable: boolean;
  readonly type: FocusType;
  readonly allowedValues: readonly string[] | undefined;
}

type Row = readonly [
  name: string,
  kind: string,
  featureLevel: string,
  nullable: boolean,
  type: string,
  allowedValues?: readonly string[],
];

/** The 57 columns of FOCUS 1.2, by name. */
export const focusColumns: readonly FocusColumn[] = columnsOf(table.columns as unknown as readonly Row[]);

/** The columns that FOCUS 1.3 adds for costs that are split. */
export const splitCostColumns: readonly FocusColumn[] = columnsOf(
  table.splitCostColumns.columns as unknown as readonly Row[],
);

/** Where the columns were read. */
export const focusSource = { source: table.source, asOf: table.asOf } as const;

/** Subcategories that FOCUS allows in each service category. */
export const serviceSubcategories: { readonly [category: string]: readonly string[] } = table.serviceSubcategories;

function columnsOf(rows: readonly Row[]): readonly FocusColumn[] {
  return rows.map(([name, , featureLevel, nullable, type, allowedValues]) => ({
    name,
    featureLevel: featureLevel as FocusColumn["featureLevel"],
    nullable,
    type: type as FocusType,
    allowedValues,
  }));
}
