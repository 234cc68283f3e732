import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { billedMonth } from "../../estate/assumptions/reconciliation-rules.ts";
import {
  costCurrencyUnknown,
  costExportActual,
  costFileUndated,
  costFileUnreadable,
  costRowsUnreadable,
} from "../../estate/diagnostics/cost-source-diagnostics.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import type { PricedEstate } from "../../finops/compute-cost.ts";
import { type BilledItem, billedItems } from "../../finops/reconciliation/billed-items.ts";
import type { BilledRow, CostFileFormat } from "../../finops/reconciliation/billed-row.ts";
import { type BillingWindow, billingWindow } from "../../finops/reconciliation/billing-window.ts";
import { type DeclaredItem, declaredItems, overMonths } from "../../finops/reconciliation/declared-items.ts";
import { explainItem } from "../../finops/reconciliation/explain-item.ts";
import { readCostExport } from "../../finops/reconciliation/read-cost-export.ts";
import type { ItemSides, NotReconciled, Reconciled, ReconcileOptions } from "./cost-reconcile-sides.ts";

const reportedEvery = 50_000;

/** Compares the bill with a FOCUS file or a cost export of Azure, which is read as a stream. */
export async function reconcileExport(
  priced: PricedEstate,
  { file, chunks, onProgress, signal }: ReconcileOptions,
): Promise<Reconciled | NotReconciled> {
  const declared = declaredItems(priced);
  const billed = billedItems(declared);
  const money = moneyReader(priced);
  const days = { from: "", to: "" };
  let format: CostFileFormat = "FOCUS";
  let rows = 0;
  let unreadable: { count: number; readonly first: string; readonly problem: string } | undefined;
  for await (const event of readCostExport(chunks)) {
    switch (event.kind) {
      case "noCostFile":
        return { diagnostics: [diagnose(costFileUnreadable, { file, problem: event.problem })] };
      case "header":
        format = event.format;
        break;
      case "unreadable":
        if (unreadable === undefined) unreadable = { count: 1, first: `line ${event.line}`, problem: event.problem };
        else unreadable.count += 1;
        break;
      case "row": {
        rows += 1;
        if (rows % reportedEvery === 0) {
          signal?.throwIfAborted();
          onProgress?.(`${rows.toLocaleString("en-US")} rows`);
        }
        const cost = money.read(event.row);
        if (cost === undefined) break;
        widen(days, event.row);
        billed.add(event.row, cost);
      }
    }
  }
  if (rows === 0)
    return { diagnostics: [diagnose(costFileUnreadable, { file, problem: "it has no row that can be read" })] };
  const window = billingWindow(days.from, days.to);
  const months = window?.months ?? 1;
  const items = itemSides(declared.items, billed.items, months);
  return {
    format,
    rows,
    window,
    months,
    items,
    assumptions: windowAssumptions(file, window),
    diagnostics: [
      ...(unreadable === undefined ? [] : [diagnose(costRowsUnreadable, unreadable)]),
      ...money.diagnostics(),
      ...(window === undefined ? [diagnose(costFileUndated, { file })] : []),
      ...actualNote(billed.items, priced.context.currency.code),
    ],
  };
}

/** Credits and taxes may be dated outside the days of usage, and do not widen them. */
function widen(days: { from: string; to: string }, { kind, start, end }: BilledRow): void {
  if (start === "" || kind === "tax" || kind === "credit" || kind === "purchase") return;
  if (days.from === "" || start < days.from) days.from = start;
  if (end > days.to) days.to = end;
}

function windowAssumptions(file: string, window: BillingWindow | undefined): readonly Assumption[] {
  if (window === undefined || !window.isWholeMonths) return [];
  return [assume(billedMonth, file, { months: window.months, hours: window.hours })];
}

/** Says costs in the report's currency; what has no rate is counted and left out. */
function moneyReader({ context }: PricedEstate): {
  readonly read: (row: BilledRow) => number | undefined;
  readonly diagnostics: () => readonly Diagnostic[];
} {
  const { code } = context.currency;
  const rate = context.estate.exchangeRate?.perUsd;
  const unknown = new Map<string, number>();
  return {
    read: ({ cost, currency }) => {
      if (currency === code) return cost;
      if (currency === "USD" && rate !== undefined) return cost * rate;
      unknown.set(currency, (unknown.get(currency) ?? 0) + cost);
      return undefined;
    },
    diagnostics: () =>
      [...unknown]
        .toSorted(([left], [right]) => (left < right ? -1 : 1))
        .map(([currency, amount]) =>
          diagnose(costCurrencyUnknown, {
            currency: currency === "" ? "no currency" : currency,
            amount,
            estateCurrency: code,
          }),
        ),
  };
}

function itemSides(
  declared: ReadonlyMap<string, DeclaredItem>,
  billed: ReadonlyMap<string, BilledItem>,
  months: number,
): readonly ItemSides[] {
  const keys = [...new Set([...declared.keys(), ...billed.keys()])].toSorted();
  return keys.flatMap((key): readonly ItemSides[] => {
    const ours = declared.get(key);
    const theirs = billed.get(key);
    const item = ours?.item ?? theirs?.item;
    if (item === undefined) return [];
    const scaled = ours === undefined ? undefined : overMonths(ours, months);
    return [{ ...item, declared: scaled?.cost, billed: theirs?.cost, parts: explainItem(scaled, theirs) }];
  });
}

/** An actual export bills commitments when they are bought, and what they cover with nothing. */
function actualNote(items: ReadonlyMap<string, BilledItem>, currency: string): readonly Diagnostic[] {
  const all = [...items.values()];
  const purchases = all.filter(({ item }) => item.kind === "purchase").reduce((sum, { cost }) => sum + cost, 0);
  const covered = all.flatMap(({ byKind }) => byKind.get("commitment") ?? []);
  const isFree = covered.length > 0 && covered.every(({ cost }) => cost === 0);
  return purchases > 0 && isFree ? [diagnose(costExportActual, { amount: `${purchases.toFixed(2)} ${currency}` })] : [];
}
