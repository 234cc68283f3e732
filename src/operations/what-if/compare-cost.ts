import type { Catalog } from "../../catalog/catalog.ts";
import { exactFigure, type Figure, likelyValue, type Reason } from "../../estate/figures/figure.ts";
import { compensatedSum } from "../../estate/figures/money.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { type PricedEstate, priceEstate } from "../../finops/compute-cost.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import type { Placement } from "../../scheduling/placement.ts";

/** An estate placed and priced: one side of a comparison. */
export interface PricedSide {
  readonly placement: Placement;
  readonly priced: PricedEstate;
}

/** A line of the bill that differs; 0 where there is none. */
interface ChangedLine {
  readonly label: string;
  readonly before: number;
  readonly after: number;
}

/** What changes do to the bill of a month, by what is likely. */
export interface WhatIfCost {
  readonly currency: string;
  readonly before: Figure;
  readonly after: Figure;
  /** After less before. */
  readonly difference: Figure;
  /** The largest difference first. */
  readonly lines: readonly ChangedLine[];
  /** Pods that find no node. */
  readonly waiting: { readonly before: number; readonly after: number };
  /** What has no price with the changes and had one, or was not there, before. */
  readonly newlyUnpriced: readonly string[];
}

/** `today`: `YYYY-MM-DD`; commitments that ended before do not count. */
export function priceSide(estate: Estate, catalog: Catalog, today: string): PricedSide {
  const placement = placeWorkloads(estate, catalog);
  // Changes are compared by what is likely; the ceiling of autoscalers would only widen the range.
  return { placement, priced: priceEstate(estate, placement, catalog, { today, ceiling: undefined }) };
}

const id = "what-if/cost";

export function compareCost(before: PricedSide, after: PricedSide): WhatIfCost {
  const currency = before.priced.context.currency.code;
  const unit = `${currency}/month`;
  const differing = differingLines(before.priced, after.priced, unit);
  const [sumBefore, sumAfter] = [totalOf(before.priced), totalOf(after.priced)];
  const was = exactFigure(`${id}/before`, "bill of a month as declared", unit, sumBefore, [
    { kind: "formula", text: "sum of the likely cost of every line of the bill" },
  ]);
  // A line that only moves between sums can leave a rest far below a cent.
  const value = differing.length === 0 ? 0 : sumAfter - sumBefore;
  const difference = exactFigure(`${id}/difference`, "added to the bill of a month by the changes", unit, value, [
    { kind: "formula", text: "sum over lines of the bill that differ: with the changes - as declared" },
    ...differing.map(({ figure }): Reason => ({ kind: "figure", figure })),
  ]);
  const is = exactFigure(`${id}/after`, "bill of a month with the changes", unit, sumBefore + value, [
    { kind: "formula", text: "bill as declared + what the changes add" },
    { kind: "figure", figure: was },
    { kind: "figure", figure: difference },
  ]);
  const unpriced = new Set(before.priced.unpriced.map((item) => item.id));
  return {
    currency,
    before: was,
    after: is,
    difference,
    lines: differing.map(({ line }) => line),
    waiting: { before: waitingPods(before.placement), after: waitingPods(after.placement) },
    newlyUnpriced: after.priced.unpriced.filter((item) => !unpriced.has(item.id)).map(({ label }) => label),
  };
}

const halfACent = 0.005;

function differingLines(before: PricedEstate, after: PricedEstate, unit: string) {
  const sides = [linesOf(before), linesOf(after)] as const;
  return [...new Set([...sides[0].keys(), ...sides[1].keys()])]
    .map((lineId) => {
      const [was, is] = [sides[0].get(lineId), sides[1].get(lineId)];
      const line = { label: (is ?? was)?.label ?? lineId, before: was?.cost ?? 0, after: is?.cost ?? 0 };
      const reasons = [was?.figure, is?.figure].flatMap((figure): readonly Reason[] =>
        figure === undefined ? [] : [{ kind: "figure", figure }],
      );
      const figure = exactFigure(`${id}/line/${lineId}`, line.label, unit, line.after - line.before, reasons);
      return { lineId, line, figure };
    })
    .filter(({ line }) => Math.abs(line.after - line.before) >= halfACent)
    .toSorted(
      (left, right) =>
        Math.abs(right.line.after - right.line.before) - Math.abs(left.line.after - left.line.before) ||
        (left.lineId < right.lineId ? -1 : 1),
    );
}

function linesOf({ charges }: PricedEstate) {
  return new Map(
    charges.map(({ line }) => [
      line.id,
      { label: line.label, cost: likelyValue(line.monthlyCost) ?? 0, figure: line.monthlyCost },
    ]),
  );
}

function totalOf({ charges }: PricedEstate): number {
  return compensatedSum(charges.map(({ line }) => likelyValue(line.monthlyCost) ?? 0));
}

function waitingPods({ unplaced }: Placement): number {
  return unplaced.reduce((sum, { pods }) => sum + pods, 0);
}
