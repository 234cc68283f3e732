import type { Assumption } from "../estate/assumptions/assumption.ts";
import type { Figure } from "../estate/figures/figure.ts";

/** The parts of the bill identity, see `estate-model`: they add up to the bill, to the cent. */
export type BillPart = "tenant" | "sharedPlatform" | "systemOverhead" | "idle" | "fees" | "unusedCommitment";

/** One priced thing. Unit price unrounded; `monthlyCost` in the report's currency, unrounded. */
export interface BillLine {
  /** Also the id of the figure `monthlyCost`. */
  readonly id: string;
  /**
   * Field's standard names: `node`, `osDisk`, `dataDisk`, `fileShare`, `loadBalancer`, `publicIp`, `natGateway`,
   * `clusterTier`, `defender`, `service`, `unusedCommitment`.
   */
  readonly category: string;
  readonly label: string;
  readonly environment: string | undefined;
  readonly cluster: string | undefined;
  readonly quantity: number;
  readonly unit: string;
  /** Per unit and hour, day or month, as the price list has it. */
  readonly unitPrice: number;
  /** `monthlyCost = quantity × unitPrice × hoursPerMonth`: 730, or 365 / 12 for prices by the day and 1 by the month. */
  readonly hoursPerMonth: number;
  readonly monthlyCost: Figure;
}

/** Something that costs money but has no price in the catalog or the documents. */
export interface UnpricedItem {
  readonly id: string;
  readonly label: string;
  readonly reason: string;
  readonly hint: string;
}

/** One row of the allocation: a tenant, application or workload, or a part that belongs to nobody. */
export interface AllocationRow {
  readonly part: BillPart;
  /** Tenant for `tenant`; cluster or service otherwise. */
  readonly subject: string;
  readonly tenant: string | undefined;
  readonly application: string | undefined;
  readonly environment: string | undefined;
  readonly cluster: string | undefined;
  readonly workload: string | undefined;
  /** Rounded to the cent by largest remainder: rows add up to the printed total. */
  readonly monthlyCost: number;
}

export interface CostReport {
  readonly currency: string;
  /** Date of the newest and oldest price used. */
  readonly pricesAsOf: string;
  /** The bill: low, likely and high where assumptions weigh. `partial` when something has no price. */
  readonly monthly: Figure;
  readonly partial: boolean;
  /** Sum of each part; adds up to the likely bill, to the cent. */
  readonly parts: { readonly [part in BillPart]: number };
  readonly lines: readonly BillLine[];
  readonly allocation: readonly AllocationRow[];
  readonly unpriced: readonly UnpricedItem[];
  readonly assumptions: readonly Assumption[];
}
