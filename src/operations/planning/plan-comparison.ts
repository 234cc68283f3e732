import type { Catalog } from "../../catalog/catalog.ts";
import { likelyValue } from "../../estate/figures/figure.ts";
import { compensatedSum } from "../../estate/figures/money.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { MixedIntegerSolver } from "../../finops/commitments/mix/mixed-integer-solver.ts";
import type { PricedEstate } from "../../finops/compute-cost.ts";
import { invoiceOf } from "../../finops/invoice/invoice.ts";
import { chooseCommitments } from "../cost/cost-commit.ts";
import type { StructureValue } from "./value-structure.ts";

/** What an estate comes to a month, with everything that speaks for or against it in money. */
export interface PlanOutcome {
  /** The invoice, declared commitments counted. */
  readonly bill: number;
  /** Part of the bill: commitments that are declared, paid, and cover nothing. */
  readonly unusedCommitments: number;
  /** What the downtime of journeys costs, where they say what a minute costs. */
  readonly downtimeCost: number;
  /** The bill once the best reservations and savings plans are bought for its nodes beside those declared. */
  readonly billCommitted: number;
  /** VM sizes of its nodes whose reservations have no known price in some region: for these, only savings plans count. */
  readonly sizesWithoutReservation: readonly string[];
  readonly objectivesMissed: number;
}

export interface OutcomeContext {
  readonly catalog: Catalog;
  /** `YYYY-MM-DD` in UTC. */
  readonly today: string;
  readonly solver: MixedIntegerSolver;
  readonly signal?: AbortSignal | undefined;
}

const terms = [1, 3] as const;

/** One side of the comparison; both are priced, solved and offered the same commitments. */
export function outcomeOf(
  estate: Estate,
  priced: PricedEstate,
  { downtimeCost, objectivesMissed }: StructureValue,
  { catalog, today, solver, signal }: OutcomeContext,
): PlanOutcome {
  const { total, commitments } = invoiceOf(priced, "month");
  const bill = likelyValue(total) ?? 0;
  const { parts } = chooseCommitments(estate, catalog, {
    today,
    solver,
    terms,
    reservations: true,
    savingsPlans: true,
    spot: false,
    growthPercent: 0,
    mostFallPercent: 0,
    stopOutsideHours: false,
    ...(signal === undefined ? {} : { signal }),
  });
  return {
    bill,
    unusedCommitments: cents(compensatedSum(commitments.map(({ unused }) => unused))),
    downtimeCost: cents(downtimeCost),
    billCommitted: cents(bill - (parts.now.total - parts.best.total)),
    sizesWithoutReservation: sizesWithoutReservation(estate, catalog),
    objectivesMissed,
  };
}

function sizesWithoutReservation({ clusters }: Estate, catalog: Catalog): readonly string[] {
  const isKnown = (region: string, vmSize: string) =>
    terms.some(
      (years) =>
        catalog.reservationPrice(region, vmSize, years) !== undefined ||
        catalog.reservationRatioElsewhere(vmSize, years) !== undefined,
    );
  const sizes = clusters.flatMap(({ region, nodePools }) =>
    nodePools.filter(({ vmSize, spot }) => !spot && !isKnown(region, vmSize)).map(({ vmSize }) => vmSize),
  );
  return [...new Set(sizes)].toSorted();
}

function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}
