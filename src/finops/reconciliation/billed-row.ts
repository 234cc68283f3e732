/** How a billed row was paid for, or what it is instead of usage. */
export type BilledKind =
  | "payAsYouGo"
  | "spot"
  | "commitment"
  | "unusedCommitment"
  | "purchase"
  | "tax"
  | "credit"
  | "marketplace";

/** One row of a bill, whatever format it came in. Money is in the row's currency. */
export interface BilledRow {
  readonly kind: BilledKind;
  readonly cost: number;
  readonly currency: string;
  readonly quantity: number | undefined;
  /** Lower case, such as `1 hour`, `hours` or `1/month`. */
  readonly unit: string;
  /** Name of the service in the price list: `Virtual Machines`. */
  readonly service: string;
  /** Subcategory, product and meter, for what the service alone does not tell. */
  readonly meter: string;
  readonly resourceId: string;
  readonly resourceName: string;
  readonly tags: string;
  /** `YYYY-MM-DD`, first day and the day after the last one; empty where the row has none. */
  readonly start: string;
  readonly end: string;
}

/** What a cost file is. */
export type CostFileFormat = "FOCUS" | "Azure cost export";
