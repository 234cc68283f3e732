import type { Catalog } from "../../catalog/catalog.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { roundTogether } from "../../finops/allocation/round-together.ts";
import { type PricedEstate, priceEstate } from "../../finops/compute-cost.ts";
import type { ItemKind } from "../../finops/reconciliation/bill-item.ts";
import type { CostFileFormat } from "../../finops/reconciliation/billed-row.ts";
import {
  type DifferencePart,
  type DifferenceReason,
  differenceReasons,
} from "../../finops/reconciliation/difference-reason.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import { reconcileAllocation } from "./cost-reconcile-allocation.ts";
import { reconcileExport } from "./cost-reconcile-export.ts";
import type { ItemSides, Reconciled, ReconcileOptions } from "./cost-reconcile-sides.ts";

/** One item on both sides with why they differ; money in the report's currency, rounded so that everything adds up. */
interface ReconciledItem {
  readonly kind: ItemKind;
  readonly label: string;
  readonly cluster?: string;
  readonly match: "both" | "onlyDeclared" | "onlyBilled";
  readonly declared: number;
  readonly billed: number;
  /** Billed − declared: the sum of the reasons. */
  readonly difference: number;
  readonly reasons: readonly DifferencePart[];
}

/** A declared estate beside what was billed for it. */
export interface CostReconciliation {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "CostReconciliation";
  readonly estate: string;
  readonly currency: string;
  readonly against: {
    readonly file: string;
    readonly format: CostFileFormat | "OpenCost allocation";
    readonly rows: number;
    readonly from: string | undefined;
    readonly to: string | undefined;
    readonly hours: number | undefined;
    /** Months of 730 hours of the declared side. */
    readonly months: number;
  };
  readonly totals: {
    readonly declared: number;
    readonly billed: number;
    readonly difference: number;
    readonly matchedDeclared: number;
    readonly matchedBilled: number;
    readonly onlyDeclared: number;
    readonly onlyBilled: number;
  };
  /** The difference by reason; adds up to it. */
  readonly byReason: readonly { readonly reason: DifferenceReason; readonly what: string; readonly amount: number }[];
  readonly items: readonly ReconciledItem[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Compares the bill of an estate with a bill, or its allocation with another one, item by item. */
export async function reconcileCost(
  estate: Estate,
  catalog: Catalog,
  options: ReconcileOptions,
): Promise<CostReconciliation | { readonly diagnostics: readonly Diagnostic[] }> {
  const placement = placeWorkloads(estate, catalog);
  const priced = priceEstate(estate, placement, catalog, options);
  const { isJson, chunks } = await peek(options.chunks);
  const input = { ...options, chunks };
  const reconciled = isJson ? await reconcileAllocation(priced, input) : await reconcileExport(priced, input);
  if (reconciled.items === undefined) return { diagnostics: reconciled.diagnostics };
  const assumptions = [...placement.assumptions, ...priced.assumptions, ...reconciled.assumptions];
  return reportOf(priced, reconciled, options.file, assumptions);
}

/** Whether a text is JSON, and the text again: its first chunks have been read. */
async function peek(
  chunks: AsyncIterable<string>,
): Promise<{ readonly isJson: boolean; readonly chunks: AsyncIterable<string> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  let begin = "";
  while (begin.trim() === "") {
    const next = await iterator.next();
    if (next.done === true) break;
    begin += next.value;
  }
  async function* again(): AsyncGenerator<string> {
    yield begin;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  }
  return { isJson: /^\uFEFF?\s*[{[]/.test(begin), chunks: again() };
}

function reportOf(
  { context }: PricedEstate,
  { format, rows, window, months, items, diagnostics }: Reconciled,
  file: string,
  assumptions: readonly Assumption[],
): CostReconciliation {
  const rounded = roundItems(items);
  const cents = (of: (item: ReconciledItem) => number) =>
    positiveZero(rounded.reduce((sum, item) => sum + Math.round(of(item) * 100), 0) / 100);
  const only = (match: ReconciledItem["match"], of: (item: ReconciledItem) => number) =>
    cents((item) => (item.match === match ? of(item) : 0));
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "CostReconciliation",
    estate: context.estate.name,
    currency: context.currency.code,
    against: { file, format, rows, from: window?.from, to: window?.to, hours: window?.hours, months },
    totals: {
      declared: cents(({ declared }) => declared),
      billed: cents(({ billed }) => billed),
      difference: cents(({ difference }) => difference),
      matchedDeclared: only("both", ({ declared }) => declared),
      matchedBilled: only("both", ({ billed }) => billed),
      onlyDeclared: only("onlyDeclared", ({ declared }) => declared),
      onlyBilled: only("onlyBilled", ({ billed }) => billed),
    },
    byReason: byReason(rounded),
    items: rounded,
    assumptions,
    diagnostics,
  };
}

/** Each side is rounded together; the difference of an item is that of its rounded sides, and its reasons add up to it. */
function roundItems(items: readonly ItemSides[]): readonly ReconciledItem[] {
  const side = (of: (item: ItemSides) => number | undefined) => {
    // What the arithmetic of many terms adds must not decide who gets a cent.
    const amounts = items.map((item) => positiveZero(Number((of(item) ?? 0).toFixed(6))));
    const total = amounts.reduce((sum, amount) => sum + amount, 0);
    return roundTogether(amounts, total, 2);
  };
  const declared = side((item) => item.declared);
  const billed = side((item) => item.billed);
  return items.map((item, index) => {
    const [ours, theirs] = [declared[index] ?? 0, billed[index] ?? 0];
    const difference = positiveZero(Math.round((theirs - ours) * 100) / 100);
    const parts = item.parts.length > 0 || difference === 0 ? item.parts : [roundingPart];
    const amounts = roundTogether(
      parts.map(({ amount }) => amount),
      difference,
      2,
    );
    return {
      kind: item.kind,
      label: item.label,
      ...(item.cluster === undefined ? {} : { cluster: item.cluster }),
      match: item.billed === undefined ? "onlyDeclared" : item.declared === undefined ? "onlyBilled" : "both",
      declared: ours,
      billed: theirs,
      difference,
      reasons: parts
        .map((part, at) => ({ ...part, amount: amounts[at] ?? 0 }))
        .filter(({ amount }) => amount !== 0)
        .toSorted((left, right) => Math.abs(right.amount) - Math.abs(left.amount)),
    };
  });
}

/** Nobody wants to read -0.00. */
function positiveZero(amount: number): number {
  return amount === 0 ? 0 : amount;
}

const roundingPart: DifferencePart = { reason: "rounding", amount: 0, text: differenceReasons.rounding };

function byReason(items: readonly ReconciledItem[]): CostReconciliation["byReason"] {
  const cents = new Map<DifferenceReason, number>();
  for (const { reasons } of items)
    for (const { reason, amount } of reasons) cents.set(reason, (cents.get(reason) ?? 0) + Math.round(amount * 100));
  return (Object.keys(differenceReasons) as DifferenceReason[]).flatMap((reason) => {
    const amount = cents.get(reason);
    return amount === undefined ? [] : [{ reason, what: differenceReasons[reason], amount: amount / 100 }];
  });
}
