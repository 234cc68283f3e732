import { DiagramCache } from "../../availability/fault-tree/diagram-cache.ts";
import type { CandidateChange } from "../../availability/improvements/candidate.ts";
import {
  type SolvedBeside,
  type SolvedJourney,
  solveJourneys,
} from "../../availability/improvements/solve-journeys.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import { likelyValue } from "../../estate/figures/figure.ts";
import { compensatedSum } from "../../estate/figures/money.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { priceEstate } from "../../finops/compute-cost.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import type { Placement } from "../../scheduling/placement.ts";
import type { BillChange } from "./improvement.ts";

/** The bill of a month as far as it is known. */
export interface KnownBill {
  readonly total: number;
  /** Likely cost by label of the line; lines of one label together. */
  readonly lines: ReadonlyMap<string, number>;
  /** Ids of what has no price, such as `cost/DataStore/carts`. */
  readonly unpriced: ReadonlySet<string>;
}

/** An estate with everything computed that changes are compared by. */
export interface TriedEstate {
  readonly journeys: ReadonlyMap<string, SolvedJourney>;
  readonly bill: KnownBill;
  /** Pods that find no node. */
  readonly waiting: number;
}

/** What changes to one estate are solved with. */
export interface TryContext {
  readonly catalog: Catalog;
  /** For prices, `YYYY-MM-DD`. */
  readonly today: string;
  /** Kept from one change to the next. */
  readonly diagrams: DiagramCache;
}

export function tryContext(catalog: Catalog, today: string): TryContext {
  return { catalog, today, diagrams: new DiagramCache() };
}

const nothingBeside: SolvedBeside = { crowded: false, upgrades: false };

/** Availability and bill of an estate as it is, or with a change made. */
export function tryEstate(estate: Estate, context: TryContext, beside: SolvedBeside = nothingBeside): TriedEstate {
  const { catalog, today } = context;
  const placement = placeWorkloads(estate, catalog);
  return solved(estate, placement, context, knownBill(estate, placement, catalog, today), beside);
}

/** The same, where the estate costs less than a bill; undefined, and not solved, where it does not. */
export function tryCheaper(estate: Estate, context: TryContext, than: KnownBill): TriedEstate | undefined {
  const { catalog, today } = context;
  const placement = placeWorkloads(estate, catalog);
  const bill = knownBill(estate, placement, catalog, today);
  if (bill.total >= than.total) return undefined;
  return solved(estate, placement, context, bill, nothingBeside);
}

function solved(
  estate: Estate,
  placement: Placement,
  { catalog, diagrams }: TryContext,
  bill: KnownBill,
  beside: SolvedBeside,
): TriedEstate {
  return {
    journeys: new Map(solveJourneys(estate, placement, catalog, beside, diagrams).map((each) => [each.journey, each])),
    bill,
    waiting: placement.unplaced.reduce((sum, { pods }) => sum + pods, 0),
  };
}

/** The bill as it is, with list prices in the place of declared ones for some services and stores. */
export function listPricedBill(
  estate: Estate,
  catalog: Catalog,
  today: string,
  listPriced: readonly string[],
): KnownBill {
  const withoutPrice = <Document extends { readonly name: string }>(kind: string, documents: readonly Document[]) =>
    documents.map((each) => (listPriced.includes(`${kind}/${each.name}`) ? { ...each, price: undefined } : each));
  const changed = {
    ...estate,
    dataStores: withoutPrice("DataStore", estate.dataStores),
    cloudServices: withoutPrice("CloudService", estate.cloudServices),
  };
  return knownBill(changed, placeWorkloads(changed, catalog), catalog, today);
}

/** Why a change cannot be compared with what is; undefined where it can. */
export function obstacleOf(before: TriedEstate, after: TriedEstate): string | undefined {
  if (after.waiting > before.waiting) {
    const more = after.waiting - before.waiting;
    return `${more} ${more === 1 ? "pod finds" : "pods find"} no node with it`;
  }
  for (const [id, { missing, unavailability }] of after.journeys) {
    const known = before.journeys.get(id);
    const added = missing.find((each) => !known?.missing.includes(each));
    if (added !== undefined) return `it needs ${added}`;
    if (unavailability === undefined) return "the fault tree is too large to be solved exactly";
  }
  return undefined;
}

/** What keeps the price of a change from being known; undefined where it is. */
export function unknownPriceOf({ priceOf }: CandidateChange, before: KnownBill, after: KnownBill): string | undefined {
  if (priceOf !== undefined && after.unpriced.has(`cost/${priceOf}`)) return `a price of ${priceOf} as proposed`;
  if (priceOf !== undefined && before.unpriced.has(`cost/${priceOf}`)) return `a price of ${priceOf} as it is`;
  // What has no price on one cluster has none on its copy: neither is in the comparison.
  const kinds = new Set([...before.unpriced].map(lastPart));
  const added = [...after.unpriced].find((id) => !before.unpriced.has(id) && !kinds.has(lastPart(id)));
  return added === undefined ? undefined : `a price of ${added.slice("cost/".length)}`;
}

function lastPart(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

/** The lines of the bill that differ, the largest difference first. */
export function billChanges(before: KnownBill, after: KnownBill): readonly BillChange[] {
  const labels = new Set([...before.lines.keys(), ...after.lines.keys()]);
  return [...labels]
    .map((line) => ({ line, before: before.lines.get(line) ?? 0, after: after.lines.get(line) ?? 0 }))
    .filter((each) => Math.abs(each.after - each.before) >= 0.005)
    .sort(
      (left, right) =>
        Math.abs(right.after - right.before) - Math.abs(left.after - left.before) || (left.line < right.line ? -1 : 1),
    );
}

function knownBill(estate: Estate, placement: Placement, catalog: Catalog, today: string): KnownBill {
  // The ceiling only widens the range; changes are compared by what is likely.
  const { charges, unpriced } = priceEstate(estate, placement, catalog, { today, ceiling: undefined });
  const lines = new Map<string, number>();
  for (const { line } of charges) {
    const cost = likelyValue(line.monthlyCost) ?? 0;
    lines.set(line.label, (lines.get(line.label) ?? 0) + cost);
  }
  return {
    total: compensatedSum(charges.map(({ line }) => likelyValue(line.monthlyCost) ?? 0)),
    lines,
    unpriced: new Set(unpriced.map(({ id }) => id)),
  };
}
