import type { Catalog } from "../../catalog/catalog.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import type { Figure } from "../../estate/figures/figure.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { Alternative } from "../../finops/comparison/alternative.ts";
import { commitmentAlternatives } from "../../finops/comparison/commitment-alternatives.ts";
import {
  familyAlternatives,
  regionAlternatives,
  spotAlternative,
} from "../../finops/comparison/placement-alternatives.ts";
import { type PricedEstate, priceEstate } from "../../finops/compute-cost.ts";
import { invoiceOf } from "../../finops/invoice/invoice.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import type { Placement } from "../../scheduling/placement.ts";

/** One way to run or pay for the estate, with its bill of a month. */
export interface ComparedAlternative {
  readonly kind: Alternative["kind"];
  readonly label: string;
  readonly monthly: Figure;
  readonly likely: number;
  /** Against the declared estate; negative is cheaper. */
  readonly difference: number;
  readonly unusedCommitment: number;
  /** Things without a price that the declared estate has a price of: the bill is then lower than it should be. */
  readonly newlyUnpriced: readonly string[];
  /** Pods that find no place, which they have in the declared estate. */
  readonly newlyUnplaced: number;
  readonly notes: readonly string[];
}

/** The bill of an estate beside those of other ways to pay for it and to place it. */
export interface CostComparison {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "CostComparison";
  readonly estate: string;
  readonly currency: string;
  readonly declared: ComparedAlternative;
  /** By kind, the cheapest of each kind first. */
  readonly alternatives: readonly ComparedAlternative[];
  readonly assumptions: readonly Assumption[];
}

export interface ComparisonOptions {
  /** `YYYY-MM-DD` in UTC. */
  readonly today: string;
  readonly onProgress?: (text: string) => void;
  readonly signal?: AbortSignal;
}

interface Placed {
  readonly placement: Placement;
  readonly ceiling: Placement | undefined;
}

const kindOrder: readonly Alternative["kind"][] = [
  "payAsYouGo",
  "reservations",
  "savingsPlan",
  "spot",
  "vmFamily",
  "region",
];

/** Prices the estate as declared and in every other way that can be priced. */
export function compareCost(estate: Estate, catalog: Catalog, options: ComparisonOptions): CostComparison {
  const placement = placeWorkloads(estate, catalog);
  const declared = priceEstate(estate, placement, catalog, options);
  const here: Placed = { placement, ceiling: declared.context.ceiling };
  const base = compared(
    { kind: "declared", label: "As declared", estate, notes: [], moves: false },
    declared,
    declared,
  );
  const alternatives = [
    ...commitmentAlternatives(declared),
    ...spotAlternative(estate),
    ...familyAlternatives(estate, catalog),
    ...regionAlternatives(estate, catalog),
  ];
  const priced = alternatives.map((alternative, index) => {
    options.signal?.throwIfAborted();
    options.onProgress?.(`alternative ${index + 1} of ${alternatives.length}`);
    return compared(alternative, priceAlternative(alternative, here, catalog, options), declared);
  });
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "CostComparison",
    estate: estate.name,
    currency: declared.context.currency.code,
    declared: base,
    alternatives: priced.toSorted(
      (left, right) =>
        kindOrder.indexOf(left.kind) - kindOrder.indexOf(right.kind) ||
        // What lacks prices only looks cheap.
        Number(left.newlyUnpriced.length > 0) - Number(right.newlyUnpriced.length > 0) ||
        left.likely - right.likely,
    ),
    assumptions: [...placement.assumptions, ...declared.assumptions],
  };
}

/** Where pods keep their nodes, the placement is the declared one. */
function priceAlternative(
  { estate, moves }: Alternative,
  here: Placed,
  catalog: Catalog,
  { today }: ComparisonOptions,
): PricedEstate {
  if (moves) return priceEstate(estate, placeWorkloads(estate, catalog), catalog, { today });
  return priceEstate(estate, here.placement, catalog, { today, ceiling: here.ceiling });
}

function compared(alternative: Alternative, priced: PricedEstate, declared: PricedEstate): ComparedAlternative {
  const { total } = invoiceOf(priced, "month");
  const likely = likelyOf(total);
  const known = new Set(declared.unpriced.map(({ id }) => id));
  return {
    kind: alternative.kind,
    label: alternative.label,
    monthly: total,
    likely,
    difference: Math.round((likely - likelyOf(invoiceOf(declared, "month").total)) * 100) / 100,
    unusedCommitment: unusedOf(priced),
    newlyUnpriced: priced.unpriced.filter(({ id }) => !known.has(id)).map(({ label }) => label),
    newlyUnplaced: Math.max(0, unplacedPods(priced) - unplacedPods(declared)),
    notes: alternative.notes,
  };
}

function likelyOf({ result }: Figure): number {
  return result.kind === "exact" ? result.value : result.kind === "range" ? result.likely : 0;
}

function unusedOf({ charges }: PricedEstate): number {
  const unused = charges.filter(({ line }) => line.category === "unusedCommitment");
  return Math.round(unused.reduce((sum, { likely }) => sum + likely, 0) * 100) / 100;
}

function unplacedPods({ context }: PricedEstate): number {
  return context.placement.unplaced.reduce((sum, { pods }) => sum + pods, 0);
}
