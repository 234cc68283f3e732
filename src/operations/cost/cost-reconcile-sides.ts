import type { Assumption } from "../../estate/assumptions/assumption.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import type { AllocationKey } from "../../finops/allocation/allocation-key.ts";
import type { ItemKind } from "../../finops/reconciliation/bill-item.ts";
import type { CostFileFormat } from "../../finops/reconciliation/billed-row.ts";
import type { BillingWindow } from "../../finops/reconciliation/billing-window.ts";
import type { DifferencePart } from "../../finops/reconciliation/difference-reason.ts";

/** Both sides of an item before rounding; undefined where a side has none of it. */
export interface ItemSides {
  readonly kind: ItemKind;
  readonly label: string;
  readonly cluster?: string | undefined;
  readonly declared: number | undefined;
  readonly billed: number | undefined;
  readonly parts: readonly DifferencePart[];
}

/** What comparing with one file gives. */
export interface Reconciled {
  readonly format: CostFileFormat | "OpenCost allocation";
  /** Rows of the file, or names of the answer. */
  readonly rows: number;
  readonly window: BillingWindow | undefined;
  readonly months: number;
  readonly items: readonly ItemSides[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface ReconcileOptions {
  /** `YYYY-MM-DD`: decides which commitments hold. */
  readonly today: string;
  /** Name of the file, for messages. */
  readonly file: string;
  readonly chunks: AsyncIterable<string>;
  /** What rows of an allocation are by. */
  readonly by: AllocationKey;
  /** Currency of an allocation, which names none. */
  readonly currency?: string | undefined;
  readonly onProgress?: (text: string) => void;
  readonly signal?: AbortSignal;
}

/** A file that cannot be compared, and why. */
export interface NotReconciled {
  readonly items?: undefined;
  readonly diagnostics: readonly Diagnostic[];
}
