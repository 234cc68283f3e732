import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { allocationCurrency, billedMonth } from "../../estate/assumptions/reconciliation-rules.ts";
import {
  costCurrencyUnknown,
  costFileUndated,
  costFileUnreadable,
} from "../../estate/diagnostics/cost-source-diagnostics.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { allocateBy } from "../../finops/allocation/allocate-by.ts";
import { type AllocationKey, allocationKeyText, keyReader } from "../../finops/allocation/allocation-key.ts";
import { asOpenCost } from "../../finops/allocation/open-cost.ts";
import { shareCharges } from "../../finops/allocation/share-charges.ts";
import type { PricedEstate } from "../../finops/compute-cost.ts";
import { billingMonthOf } from "../../finops/focus/billing-month.ts";
import { billingWindow } from "../../finops/reconciliation/billing-window.ts";
import { explainAllocation, hasNodes, totalOf } from "../../finops/reconciliation/explain-allocation.ts";
import { type AllocatedCosts, readAllocation } from "../../finops/reconciliation/read-allocation.ts";
import type { ItemSides, NotReconciled, Reconciled, ReconcileOptions } from "./cost-reconcile-sides.ts";

/** An answer longer than this is no answer of one estate. */
const longestAnswer = 256 * 2 ** 20;

/** Compares the allocation with an answer of `/allocation` of OpenCost or Kubecost. */
export async function reconcileAllocation(
  priced: PricedEstate,
  { file, chunks, by, currency, signal }: ReconcileOptions,
): Promise<Reconciled | NotReconciled> {
  const unusable = (problem: string) => ({ diagnostics: [diagnose(costFileUnreadable, { file, problem })] });
  let text = "";
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    text += chunk;
    if (text.length > longestAnswer) return unusable("it is longer than 256 MiB");
  }
  const answer = readAllocation(text.replace(/^\uFEFF/, ""), allocationKeyText(by));
  if (typeof answer === "string") return unusable(answer);
  const { code } = priced.context.currency;
  const rate = rateOf(priced, currency);
  if (rate === undefined) {
    const amount = [...answer.costs.values()].reduce((sum, costs) => sum + totalOf(costs), 0);
    return { diagnostics: [diagnose(costCurrencyUnknown, { currency: currency ?? "", amount, estateCurrency: code })] };
  }
  const window = billingWindow(answer.start.slice(0, 10), answer.end.slice(0, 10));
  const months = window?.months ?? 1;
  const ours = ownAllocation(priced, by, months);
  const theirs = new Map([...answer.costs].map(([name, costs]) => [name, times(costs, rate)]));
  const items = itemSides(ours, theirs);
  return {
    format: "OpenCost allocation",
    rows: answer.costs.size,
    window,
    months,
    items,
    assumptions: [
      ...(currency === undefined ? [assume(allocationCurrency, file, { currency: code })] : []),
      ...(window?.isWholeMonths === true ? [assume(billedMonth, file, { months, hours: window.hours })] : []),
    ],
    diagnostics: window === undefined ? [diagnose(costFileUndated, { file })] : [],
  };
}

function rateOf({ context }: PricedEstate, currency: string | undefined): number | undefined {
  if (currency === undefined || currency === context.currency.code) return 1;
  return currency === "USD" ? context.estate.exchangeRate?.perUsd : undefined;
}

/** Our own allocation in the shape of theirs, over so many months. */
function ownAllocation(priced: PricedEstate, by: AllocationKey, months: number): ReadonlyMap<string, AllocatedCosts> {
  const { context, charges } = priced;
  const { shares } = shareCharges(context, charges);
  const read = keyReader(context.estate.workloads);
  const none = { kind: "none" } as const;
  const rows = allocateBy(
    shares,
    { by, shareIdle: none, sharePlatform: none, filter: undefined, period: "month" },
    read,
  );
  const answer = asOpenCost(rows, shares, by, read, billingMonthOf(context.today), context.estate.workloads);
  const costs = rows.map((row, index): AllocatedCosts => {
    const name = Object.keys(answer.data[0] ?? {})[index] ?? "";
    // Idle and system overhead are nodes too, and are split by what they are of.
    const { cpu, memory, gpu } = row.resources;
    const cell = { name, cpu, memory, gpu, other: row.total - cpu - memory - gpu };
    return times(cell, months);
  });
  return new Map(costs.map((each) => [each.name, each]));
}

function times({ name, cpu, memory, gpu, other }: AllocatedCosts, factor: number): AllocatedCosts {
  return { name, cpu: cpu * factor, memory: memory * factor, gpu: gpu * factor, other: other * factor };
}

function itemSides(
  ours: ReadonlyMap<string, AllocatedCosts>,
  theirs: ReadonlyMap<string, AllocatedCosts>,
): readonly ItemSides[] {
  const isCompared = (name: string) =>
    [ours.get(name), theirs.get(name)].every((each) => each !== undefined && hasNodes(each));
  const levels = { declared: sumOf(ours, isCompared), billed: sumOf(theirs, isCompared) };
  return [...new Set([...ours.keys(), ...theirs.keys()])].toSorted().map((name) => {
    const [declared, billed] = [ours.get(name), theirs.get(name)];
    return {
      kind: "allocation",
      label: name,
      declared: declared === undefined ? undefined : totalOf(declared),
      billed: billed === undefined ? undefined : totalOf(billed),
      parts: explainAllocation(declared, billed, levels),
    };
  });
}

function sumOf(costs: ReadonlyMap<string, AllocatedCosts>, isCompared: (name: string) => boolean): AllocatedCosts {
  const sum = { name: "", cpu: 0, memory: 0, gpu: 0, other: 0 };
  for (const each of costs.values()) {
    if (!isCompared(each.name)) continue;
    sum.cpu += each.cpu;
    sum.memory += each.memory;
    sum.gpu += each.gpu;
    sum.other += each.other;
  }
  return sum;
}
